import type { KeyValue } from '@spanseal/otlp';
import type { CheckpointOptions, SpanInRequest } from '@spanseal/seal';
import { addedStreamRows } from './added-attribute-rows.js';
import { checkpointItem } from './checkpoint-item.js';
import { checkpointTextSaying } from './checkpoint-steps.js';
import { forkRows } from './fork-rows.js';
import type { StreamExpected, ToldInput } from './implementation.js';
import { hs256Key, realm } from './key-ring-input.js';
import { epochMillis, startMillis, text } from './sealed-span.js';
import { SealedStream } from './sealed-stream.js';
import { streamRow } from './stream-row.js';
import { untoldSeqRows } from './untold-seq-rows.js';
import type { VectorFile } from './vector-file.js';
import { streamVerdict, type VerdictRow, verdictCase } from './verdict-case.js';

const lifeMillis = 600_000;

export function streamVerdictVectors(): VectorFile {
  return {
    topic: 'stream-verdicts',
    about:
      'The verdict on a stream, over spans and checkpoints that all verify. told is what the verifier is told: the time, that the pipeline drops whole traces, streams that should still go on.',
    cases: [
      ...seqs(),
      ...losses(),
      ...sampling(),
      ...ends(),
      ...restarts(),
      ...forkRows(),
      ...precedence(),
      ...untoldSeqRows(),
      ...addedStreamRows(),
    ].map(verdictCase),
  };
}

function seqs(): readonly VerdictRow[] {
  const stream = new SealedStream();
  const items = stream.spans(5);
  const [first, second] = [stream.checkpoint(), stream.end()];
  const of = (verdict: string, missing: StreamExpected['missing'] = []): { streams: StreamExpected[] } => ({
    streams: [streamVerdict(stream.id, verdict, missing)],
  });
  const without = (...gone: readonly number[]): readonly SpanInRequest[] =>
    items.filter((_, seq) => !gone.includes(seq));
  const all = [first, second];
  const later = new SealedStream({ stream: 2, checkpoints: false });
  const unanchored = later.spans(4);
  return [
    streamRow('complete', 'All spans and checkpoints are there.', {
      items: [...items, ...all],
      ...of('complete'),
    }),
    streamRow('missing-one', 'A span in the middle is not there.', {
      items: [...without(2), ...all],
      ...of('missing', [[2, 2]]),
    }),
    streamRow('missing-first', 'The first span is not there.', {
      items: [...without(0), ...all],
      ...of('missing', [[0, 0]]),
    }),
    streamRow('missing-last', 'The last span is not there: only the checkpoint tells of it.', {
      items: [...without(4), ...all],
      ...of('missing', [[4, 4]]),
    }),
    streamRow('missing-ranges', 'Spans in two places are not there.', {
      items: [...without(0, 1, 3), ...all],
      ...of('missing', [
        [0, 1],
        [3, 3],
      ]),
    }),
    streamRow('missing-all', 'No span is there.', { items: all, ...of('missing', [[0, 4]]) }),
    streamRow('missing-checkpoint', 'A checkpoint is not there, and all spans are.', {
      items: [...items, second],
      ...of('missing'),
    }),
    streamRow('unanchored', 'A sealer that makes no checkpoints: nothing says that there should be an end.', {
      items: unanchored,
      streams: [streamVerdict(later.id, 'complete')],
    }),
    streamRow('unanchored-missing', 'Without checkpoints, a gap below the highest seq shows.', {
      items: [...unanchored.slice(0, 1), ...unanchored.slice(3)],
      streams: [streamVerdict(later.id, 'missing', [[1, 2]])],
    }),
  ];
}

function losses(): readonly VerdictRow[] {
  const lossy = (
    options: Partial<CheckpointOptions>,
  ): { stream: SealedStream; items: readonly SpanInRequest[]; end: SpanInRequest } => {
    const stream = new SealedStream();
    return { stream, items: stream.spans(4), end: stream.end(options) };
  };
  const lost = lossy({ losses: [{ reason: 'export-failed', first: 1, count: 2 }] });
  const dropped = lossy({ losses: [{ reason: 'dropped', first: 0, count: 1 }] });
  const unsealed = lossy({ unsealed: 3 });
  const counted = countedUnsealed();
  const late = new SealedStream();
  const lateItems = late.spans(3);
  const lateEnds = [
    late.checkpoint(),
    late.end({ losses: [{ reason: 'export-failed', first: 1, count: 1 }] }),
  ];
  const without = (items: readonly SpanInRequest[], ...gone: readonly number[]): readonly SpanInRequest[] =>
    items.filter((_, seq) => !gone.includes(seq));
  return [
    streamRow('declared', 'What is not there, the sealer said to be lost.', {
      items: [...without(lost.items, 1, 2), lost.end],
      streams: [streamVerdict(lost.stream.id, 'declared-loss')],
    }),
    streamRow('declared-dropped', 'Given up unsent.', {
      items: [...without(dropped.items, 0), dropped.end],
      streams: [streamVerdict(dropped.stream.id, 'declared-loss')],
    }),
    streamRow('declared-and-there', 'What was said to be lost is there all the same.', {
      items: [...lost.items, lost.end],
      streams: [streamVerdict(lost.stream.id, 'complete')],
    }),
    streamRow('declared-and-missing', 'More is not there than the sealer said.', {
      items: [...without(lost.items, 1, 3), lost.end],
      streams: [streamVerdict(lost.stream.id, 'missing', [[3, 3]])],
    }),
    streamRow('declared-later', 'A later checkpoint says what is lost of an earlier one.', {
      items: [...without(lateItems, 1), ...lateEnds],
      streams: [streamVerdict(late.id, 'declared-loss')],
    }),
    streamRow(
      'unsealed-so-far',
      'The last checkpoint says how many spans were never sealed so far: it counts.',
      {
        items: [...counted.items, ...counted.checkpoints],
        streams: [streamVerdict(counted.id, 'complete')],
      },
    ),
    streamRow('unsealed', 'All that was sealed is there, and three spans were never sealed.', {
      items: [...unsealed.items, unsealed.end],
      streams: [streamVerdict(unsealed.stream.id, 'declared-loss')],
    }),
  ];
}

/** No sealer takes back what it said; where one does, the last word counts. */
function countedUnsealed() {
  const stream = new SealedStream();
  const items = stream.spans(1);
  return {
    id: stream.id,
    items,
    checkpoints: [stream.checkpoint({ unsealed: 2 }), stream.end({ unsealed: 0 })],
  };
}

function sampling(): readonly VerdictRow[] {
  const stream = new SealedStream();
  const alone = stream.spans(3);
  const together = stream.spans(2, { traceId: '5b8efff798038103d269b633000000aa' });
  const checkpoint = stream.end();
  const told: ToldInput = { whole_traces_dropped: true };
  const open = new SealedStream({ stream: 2, checkpoints: false });
  const [first, , third] = open.spans(3);
  const other = new SealedStream({ stream: 3 });
  const [sameTrace] = other.spans(1, { traceId: alone[1]?.span.traceId ?? '' });
  const kept = [alone[0], alone[2], ...together].flatMap((item) => item ?? []);
  return [
    streamRow('sampled', 'A whole trace is not there, and the pipeline drops such.', {
      items: [...kept, checkpoint],
      told,
      streams: [streamVerdict(stream.id, 'sampled-or-deleted')],
    }),
    streamRow('sampled-untold', 'The same, where the pipeline drops none.', {
      items: [...kept, checkpoint],
      streams: [streamVerdict(stream.id, 'missing', [[1, 1]])],
    }),
    streamRow('sampled-half', 'A span is not there, and another one of its trace is.', {
      items: [...alone, ...together.slice(1), checkpoint],
      told,
      streams: [streamVerdict(stream.id, 'missing', [[3, 3]])],
    }),
    streamRow('sampled-other-stream', 'A span is not there, and another stream has one of its trace.', {
      items: [...kept, checkpoint, ...(sameTrace === undefined ? [] : [sameTrace]), other.end()],
      told,
      streams: [streamVerdict(stream.id, 'missing', [[1, 1]]), streamVerdict(other.id, 'complete')],
    }),
    streamRow('sampled-without-checkpoint', 'No checkpoint tells of which trace a span was.', {
      items: [first, third].flatMap((item) => item ?? []),
      told,
      streams: [streamVerdict(open.id, 'missing', [[1, 1]])],
    }),
    streamRow('sampled-none', 'The pipeline drops traces, and none was dropped.', {
      items: [...alone, ...together, checkpoint],
      told,
      streams: [streamVerdict(stream.id, 'complete')],
    }),
  ];
}

function ends(): readonly VerdictRow[] {
  const stream = new SealedStream();
  const items = [...stream.spans(2), stream.checkpoint()];
  const endless = (id: string, [verdict, says]: readonly [string, string], told?: ToldInput): VerdictRow =>
    streamRow(id, says, {
      items,
      streams: [streamVerdict(stream.id, verdict)],
      ...(told === undefined ? {} : { told }),
    });
  const lastMillis = startMillis + 2_000;
  const anchored = new SealedStream({ stream: 2 });
  const spans = anchored.spans(2);
  const bare = (id: string, [verdict, says]: readonly [string, string], told?: ToldInput): VerdictRow =>
    streamRow(id, says, {
      items: spans,
      streams: [streamVerdict(anchored.id, verdict)],
      ...(told === undefined ? {} : { told }),
    });
  const expected = { expected_streams: [stream.id] };
  return [
    endless('no-end', ['truncated', 'No end, and no time was told.']),
    endless('no-end-alive', ['complete', 'No end, and the last checkpoint is 600 seconds old.'], {
      now_millis: lastMillis + lifeMillis,
    }),
    endless('no-end-silent', ['truncated', 'No end, and the last checkpoint is a millisecond older.'], {
      now_millis: lastMillis + lifeMillis + 1,
    }),
    endless('no-end-future', ['complete', 'The last checkpoint was made by a clock that is fast.'], {
      now_millis: startMillis,
    }),
    endless(
      'no-end-far-future',
      ['truncated', 'The last checkpoint was made by a clock that is fast by more than 600 seconds.'],
      {
        now_millis: lastMillis - lifeMillis - 1,
      },
    ),
    endless('no-end-expected', ['stale', 'No end, of a stream that should go on.'], expected),
    streamRow('never-seen', 'A stream that must occur, and of which nothing is there.', {
      items: [],
      told: expected,
      streams: [streamVerdict(stream.id, 'missing')],
    }),
    endless('no-end-expected-alive', ['complete', 'A stream that should go on, and does.'], {
      ...expected,
      now_millis: lastMillis,
    }),
    bare('marks-no-checkpoint', [
      'truncated',
      'The seals say that there are checkpoints, and there is none.',
    ]),
    bare('marks-alive', ['complete', 'The same, 600 seconds after the beginning of the latest epoch.'], {
      now_millis: startMillis + lifeMillis,
    }),
    bare('marks-silent', ['truncated', 'The same, a millisecond later.'], {
      now_millis: startMillis + lifeMillis + 1,
    }),
  ];
}

function restarts(): readonly VerdictRow[] {
  const name = text('service.name', 'checkout');
  const instance = (id: string): KeyValue[] => [name, text('service.instance.id', id)];
  const pair = (
    id: string,
    [verdict, says]: readonly [string, string],
    given: { before: KeyValue[]; after: KeyValue[]; laterBySeconds?: number },
  ): VerdictRow => {
    const before = new SealedStream({ resource: given.before });
    const after = new SealedStream({
      stream: 2,
      resource: given.after,
      startMillis: startMillis + (given.laterBySeconds ?? 3_600) * 1_000,
    });
    return streamRow(id, says, {
      items: [...before.spans(2), before.checkpoint(), ...after.spans(1), after.end()],
      streams: [streamVerdict(before.id, verdict), streamVerdict(after.id, 'complete')],
    });
  };
  return [
    pair('restart', ['restart', 'No end, and the same service began another stream later.'], {
      before: [name],
      after: [name],
    }),
    pair('restart-instance', ['restart', 'The same instance of the service.'], {
      before: instance('a'),
      after: instance('a'),
    }),
    pair('restart-instance-unsaid', ['restart', 'One of the two says no instance.'], {
      before: instance('a'),
      after: [name],
    }),
    pair('restart-instance-unsaid-before', ['restart', 'The other of the two says no instance.'], {
      before: [name],
      after: instance('a'),
    }),
    pair('restart-other-instance', ['truncated', 'Another instance of the service.'], {
      before: instance('a'),
      after: instance('b'),
    }),
    pair('restart-other-service', ['truncated', 'Another service.'], {
      before: [name],
      after: [text('service.name', 'cart')],
    }),
    pair('restart-no-service', ['truncated', 'No service is named.'], {
      before: [text('a', 'b')],
      after: [text('a', 'b')],
    }),
    firstSpanSays(),
    pair('restart-earlier', ['truncated', 'The other stream began earlier.'], {
      before: [name],
      after: [name],
      laterBySeconds: -3_600,
    }),
  ];
}

/** A stream whose later spans are under another service. */
function firstSpanSays(): VerdictRow {
  const stream = new SealedStream();
  const first = stream.spans(1);
  stream.resource = { attributes: [text('service.name', 'cart')] };
  const items = [...first, ...stream.spans(1), stream.checkpoint()];
  const later = new SealedStream({
    stream: 2,
    resource: [text('service.name', 'cart')],
    startMillis: startMillis + 3_600_000,
  });
  return streamRow('restart-first-span', 'What the service of a stream is, the first of its spans says.', {
    items: [...items, ...later.spans(1), later.end()],
    streams: [streamVerdict(stream.id, 'truncated'), streamVerdict(later.id, 'complete')],
  });
}

function precedence(): readonly VerdictRow[] {
  const stream = new SealedStream();
  const items = stream.spans(3);
  const lost = stream.checkpoint({ losses: [{ reason: 'dropped', first: 0, count: 1 }] });
  const firstText = lost.span.attributes?.[0]?.value?.stringValue ?? '';
  const shifted = checkpointItem(
    checkpointTextSaying(firstText, {
      by: { key: hs256Key, realm },
      says: { first_seq: 1, epoch: 1, to_millis: startMillis + epochMillis },
    }),
  );
  const told: ToldInput = { whole_traces_dropped: true };
  return [
    streamRow('fork-before-missing', 'A fork comes before what is missing.', {
      items: [...items.slice(0, 2), shifted],
      streams: [streamVerdict(stream.id, 'fork', [[2, 3]])],
    }),
    streamRow('missing-before-truncated', 'What is missing comes before an end that is not there.', {
      items: [...items.slice(0, 2), lost],
      streams: [streamVerdict(stream.id, 'missing', [[2, 2]])],
    }),
    streamRow('truncated-before-sampled', 'An end that is not there comes before sampled traces.', {
      items: [...items.slice(0, 2), lost],
      told,
      streams: [streamVerdict(stream.id, 'truncated')],
    }),
    streamRow(
      'truncated-before-declared',
      'An end that is not there comes before what was said to be lost.',
      {
        items: [...items.slice(1), lost],
        streams: [streamVerdict(stream.id, 'truncated')],
      },
    ),
    streamRow('sampled-before-declared', 'Sampled traces come before what was said to be lost.', {
      items: [...items.slice(1, 2), lost],
      told: { ...told, now_millis: startMillis },
      streams: [streamVerdict(stream.id, 'sampled-or-deleted')],
    }),
  ];
}
