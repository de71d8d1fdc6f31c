import { checkpointAttributeKey } from '@spanseal/otlp';
import { checkpointScopeName, checkpointSpanName, type SpanInRequest } from '@spanseal/seal';
import { addedAttributeRows } from './added-attribute-rows.js';
import { checkpointItem } from './checkpoint-item.js';
import { checkpointSpanRows } from './checkpoint-span-rows.js';
import type { CheckpointExpected, SpanExpected, StreamExpected, VerdictExpected } from './implementation.js';
import { hs256Key, hs512Key, otherSecret, realm } from './key-ring-input.js';
import {
  plainItem,
  plainSpan,
  sealedBy,
  sealerOf,
  startMillis,
  text,
  withSeal,
  withSpan,
} from './sealed-span.js';
import { sealTextOf } from './span-steps.js';
import type { VectorFile } from './vector-file.js';
import { streamVerdict, times, type VerdictRow, verdictCase } from './verdict-case.js';

const valid: SpanExpected = { verdict: 'valid' };
const validCheckpoint: CheckpointExpected = { findings: [] };

export function requestVerdictVectors(): VectorFile {
  return {
    topic: 'request-verdicts',
    about:
      'Whole requests: the verdict on each span in the order in which they come, on each checkpoint span, and on each stream.',
    cases: [
      ...whole(),
      ...sentAgain(),
      ...mixed(),
      ...addedAttributeRows(),
      ...checkpointSpanRows(sealed()),
      ...noCheckpointSpans(),
    ].map(verdictCase),
  };
}

/** Three sealed spans and the checkpoint with the end of their stream. */
interface Sealed {
  readonly stream: string;
  readonly items: readonly [SpanInRequest, SpanInRequest, SpanInRequest];
  readonly checkpoint: SpanInRequest;
}

function sealed(given: Parameters<typeof sealerOf>[0] = {}): Sealed {
  const sealer = sealerOf({ checkpoints: true, ...given });
  const item = (place: number): SpanInRequest => sealedBy(sealer, withSpan(plainItem, plainSpan(place)));
  const items: Sealed['items'] = [item(0), item(1), item(2)];
  const [checkpoint] = sealer.checkpoint({ nowMillis: startMillis + 1_000, end: true });
  return { stream: sealer.stream, items, checkpoint: checkpointItem(checkpoint?.text ?? '') };
}

/** Three spans and their checkpoint as they were sealed, and what is expected of them. */
function intactRows(): { sealed: Sealed; intact: VerdictExpected; row: RowOf } {
  const made = sealed();
  const intact = {
    spans: times(3, valid),
    checkpoints: [validCheckpoint],
    streams: [streamVerdict(made.stream, 'complete')],
  };
  const row: RowOf = (id, says, items) => ({ id, kind: 'positive', says, items, expected: intact });
  return { sealed: made, intact, row };
}

type RowOf = (id: string, says: string, items: readonly SpanInRequest[]) => VerdictRow;

function whole(): readonly VerdictRow[] {
  const { sealed: made, row } = intactRows();
  const { stream, items, checkpoint } = made;
  const other = sealed({ stream: 2, ring: { realm, keys: [{ ...hs512Key, secret: otherSecret }] } });
  return [
    {
      ...row('empty', 'A request without spans.', []),
      expected: { spans: [], checkpoints: [], streams: [] },
    },
    row('intact', 'Three spans and their checkpoint.', [...items, checkpoint]),
    row('other-order', 'The same the other way round.', [checkpoint, ...[...items].reverse()]),
    {
      ...row('two-keys', 'Two streams under two keys.', [
        ...other.items,
        ...items,
        other.checkpoint,
        checkpoint,
      ]),
      ring: { realm, keys: [hs256Key, { ...hs512Key, secret: otherSecret }] },
      expected: {
        spans: times(6, valid),
        checkpoints: times(2, validCheckpoint),
        streams: inOrder([streamVerdict(stream, 'complete'), streamVerdict(other.stream, 'complete')]),
      },
    },
  ];
}

function sentAgain(): readonly VerdictRow[] {
  const { sealed: made, intact, row } = intactRows();
  const { items, checkpoint } = made;
  return [
    {
      ...row('sent-again', 'A span that comes a second time is a duplicate.', [
        ...items,
        items[1],
        checkpoint,
      ]),
      expected: { ...intact, spans: [...times(3, valid), { verdict: 'duplicate' }] },
    },
    {
      ...row('sent-again-core', 'A second copy that has only its core is that, and no duplicate.', [
        ...items,
        withSpan(items[1], { flags: 0 }),
        checkpoint,
      ]),
      expected: { ...intact, spans: [...times(3, valid), { verdict: 'valid-core' }] },
    },
    {
      ...row('core-first', 'A whole copy after one that has only its core is a duplicate.', [
        withSpan(items[0], { flags: 0 }),
        ...items,
        checkpoint,
      ]),
      expected: { ...intact, spans: [{ verdict: 'valid-core' }, { verdict: 'duplicate' }, valid, valid] },
    },
  ];
}

function inOrder(streams: readonly StreamExpected[]): readonly StreamExpected[] {
  return [...streams].sort((left, right) => (left.stream < right.stream ? -1 : 1));
}

function mixed(): readonly VerdictRow[] {
  const { stream, items, checkpoint } = sealed();
  const [first, second, third] = items;
  const otherHistory = sealedBy(sealerOf({ checkpoints: true }), withSpan(plainItem, plainSpan(9)));
  const row = (
    [id, says]: readonly [string, string],
    given: readonly SpanInRequest[],
    expected: { spans: readonly SpanExpected[]; stream: StreamExpected },
  ): VerdictRow => ({
    id,
    kind: 'negative',
    says,
    items: [...given, checkpoint],
    expected: { spans: expected.spans, checkpoints: [validCheckpoint], streams: [expected.stream] },
  });
  const without = (seq: number): StreamExpected => streamVerdict(stream, 'missing', [[seq, seq]]);
  return [
    row(['unsigned', 'A span without a seal among others.'], [first, plainItem, second, third], {
      spans: [valid, { verdict: 'unsigned' }, valid, valid],
      stream: streamVerdict(stream, 'complete'),
    }),
    row(
      ['changed', 'A span that was changed is missing from its stream as well.'],
      [first, withSpan(second, { name: 'x' }), third],
      {
        spans: [valid, { verdict: 'changed', sections: ['span'] }, valid],
        stream: without(1),
      },
    ),
    row(['deleted', 'A span was deleted.'], [first, third], { spans: times(2, valid), stream: without(1) }),
    row(
      ['seals-swapped', 'Two spans with the seal of the other.'],
      [withSeal(first, sealTextOf(second)), withSeal(second, sealTextOf(first)), third],
      {
        spans: [
          { verdict: 'changed', sections: ['span'] },
          { verdict: 'changed', sections: ['span'] },
          valid,
        ],
        stream: streamVerdict(stream, 'missing', [[0, 1]]),
      },
    ),
    row(
      ['malformed', 'A span with a key twice, between two that are as they were sealed.'],
      [first, twice(second), third],
      {
        spans: [valid, { verdict: 'malformed' }, valid],
        stream: without(1),
      },
    ),
    row(
      ['conflict', 'Another span under a seq that is taken: another history of the stream.'],
      [...items, otherHistory],
      {
        spans: [...times(3, valid), { verdict: 'conflict' }],
        stream: streamVerdict(stream, 'complete'),
      },
    ),
  ];
}

function twice(item: SpanInRequest): SpanInRequest {
  return withSpan(item, {
    attributes: [...(item.span.attributes ?? []), text('http.request.method', 'GET')],
  });
}

function noCheckpointSpans(): readonly VerdictRow[] {
  const unsigned = { spans: [{ verdict: 'unsigned' }], checkpoints: [], streams: [] };
  return [
    {
      id: 'checkpoint-name-alone',
      kind: 'negative',
      says: 'A span with the name of a checkpoint span and no text is a span like others.',
      items: [{ span: { ...plainSpan(), name: checkpointSpanName }, scope: { name: checkpointScopeName } }],
      expected: unsigned,
    },
    {
      id: 'checkpoint-in-event',
      kind: 'negative',
      says: 'The text on an event makes no checkpoint span.',
      items: [withSpan(plainItem, { events: [{ attributes: [text(checkpointAttributeKey, 'x')] }] })],
      expected: unsigned,
    },
  ];
}
