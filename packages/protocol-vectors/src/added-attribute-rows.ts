import type { SpanInRequest } from '@spanseal/seal';
import type { SpanExpected, StreamExpected } from './implementation.js';
import { hs256Key, type KeyRingInput, realm } from './key-ring-input.js';
import { sealedBy, sealerOf, withAdded } from './sealed-span.js';
import { SealedStream } from './sealed-stream.js';
import { streamVerdict, times, type VerdictRow } from './verdict-case.js';

const valid: SpanExpected = { verdict: 'valid' };
const added: SpanExpected = { verdict: 'additions', added: ['added'] };
const duplicate: SpanExpected = { verdict: 'duplicate' };
const revoked: KeyRingInput = { realm, keys: [{ ...hs256Key, revoked_from_millis: 0 }] };

interface Given {
  readonly items: readonly SpanInRequest[];
  readonly spans: readonly SpanExpected[];
  readonly streams: readonly StreamExpected[];
}

/** Spans to which attributes were added, with the end of their stream behind them. */
function row(id: string, says: string, { items, spans, streams }: Given): VerdictRow {
  return {
    id,
    kind: 'negative',
    says,
    items,
    expected: { spans, checkpoints: times(items.length - spans.length, { findings: [] }), streams },
  };
}

/** How a span with additions and its copies are set beside each other. */
export function addedAttributeRows(): readonly VerdictRow[] {
  const stream = new SealedStream();
  const spans = stream.spans(2);
  const [first, second] = spans;
  const end = stream.end();
  const complete = { streams: [streamVerdict(stream.id, 'complete')] };
  if (first === undefined || second === undefined) throw new Error('the stream has no spans');
  const otherHistory = withAdded(sealedBy(sealerOf({ checkpoints: true }), { span: { name: 'other' } }));
  return [
    row('added-sent-again', 'A second copy that has additions is that, and no duplicate.', {
      items: [first, second, withAdded(second), end],
      spans: [valid, valid, added],
      ...complete,
    }),
    row('added-first', 'A whole copy after one that has additions is a duplicate.', {
      items: [withAdded(first), first, second, end],
      spans: [added, duplicate, valid],
      ...complete,
    }),
    row('added-twice', 'Two copies with the same additions.', {
      items: [withAdded(first), withAdded(first), second, end],
      spans: [added, added, valid],
      ...complete,
    }),
    row(
      'added-conflict',
      'Additions to another span under a seq that is taken: it is a conflict, whatever was added.',
      {
        items: [first, second, otherHistory, end],
        spans: [valid, valid, { verdict: 'conflict' }],
        ...complete,
      },
    ),
    row('added-conflict-first', 'A span with additions takes its seq: another one is a conflict.', {
      items: [otherHistory, first, second, end],
      spans: [added, { verdict: 'conflict' }, valid],
      streams: [streamVerdict(stream.id, 'fork')],
    }),
    {
      ...row('added-revoked', 'Additions under a revoked key: nothing verified, and there is no stream.', {
        items: [withAdded(first)],
        spans: [{ verdict: 'revoked-key' }],
        streams: [],
      }),
      ring: revoked,
    },
  ];
}

/** Spans with additions are there: what a stream lacks is another question. */
export function addedStreamRows(): readonly VerdictRow[] {
  const stream = new SealedStream();
  const [first, second, third] = stream.spans(3);
  const end = stream.end();
  const unanchored = new SealedStream({ stream: 2, checkpoints: false });
  const [one, other] = unanchored.spans(2);
  const items = (...given: readonly (SpanInRequest | undefined)[]): readonly SpanInRequest[] =>
    given.flatMap((item) => item ?? []);
  const more = (...given: readonly (SpanInRequest | undefined)[]): readonly SpanInRequest[] =>
    items(...given).map(withAdded);
  return [
    row('added-one', 'A span with additions is not missing from its stream.', {
      items: items(first, ...more(second), third, end),
      spans: [valid, added, valid],
      streams: [streamVerdict(stream.id, 'complete')],
    }),
    row('added-all', 'All spans have additions: the root of the checkpoint is of what was sealed.', {
      items: [...more(first, second, third), end],
      spans: times(3, added),
      streams: [streamVerdict(stream.id, 'complete')],
    }),
    row('added-and-missing', 'One has additions, another is not there.', {
      items: items(...more(first), third, end),
      spans: [added, valid],
      streams: [streamVerdict(stream.id, 'missing', [[1, 1]])],
    }),
    row('added-highest', 'A span with additions tells of the seqs below its own.', {
      items: more(other),
      spans: [added],
      streams: [streamVerdict(unanchored.id, 'missing', [[0, 0]])],
    }),
    row('added-unanchored', 'Without checkpoints, a span with additions leaves no gap.', {
      items: items(...more(one), other),
      spans: [added, valid],
      streams: [streamVerdict(unanchored.id, 'complete')],
    }),
  ];
}
