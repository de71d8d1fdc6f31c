import { checkpointAttributeKey, type Span } from '@spanseal/otlp';
import { checkpointScopeName, checkpointSpanName, type SpanInRequest } from '@spanseal/seal';
import { checkpointItem } from './checkpoint-item.js';
import type { CheckpointExpected, SpanExpected, StreamExpected } from './implementation.js';
import { hs256Key, hs512Key, otherSecret, realm } from './key-ring-input.js';
import {
  plainItem,
  plainSpan,
  resource,
  scope,
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
    cases: [...whole(), ...mixed(), ...checkpointSpans(), ...noCheckpointSpans()].map(verdictCase),
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

function whole(): readonly VerdictRow[] {
  const { stream, items, checkpoint } = sealed();
  const intact = {
    spans: times(3, valid),
    checkpoints: [validCheckpoint],
    streams: [streamVerdict(stream, 'complete')],
  };
  const other = sealed({ stream: 2, ring: { realm, keys: [{ ...hs512Key, secret: otherSecret }] } });
  const row = (id: string, says: string, given: readonly SpanInRequest[]): VerdictRow => ({
    id,
    kind: 'positive',
    says,
    items: given,
    expected: intact,
  });
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

/** What a checkpoint span can have beside its text. */
function checkpointSpans(): readonly VerdictRow[] {
  const { stream, checkpoint } = sealed();
  const row = (
    [id, says]: readonly [string, string],
    findings: readonly string[],
    item: SpanInRequest,
  ): VerdictRow => ({
    id: `checkpoint-${id}`,
    kind: findings.length === 0 ? 'positive' : 'negative',
    says,
    items: [item],
    // What the text says holds, whatever stands beside it.
    expected: {
      spans: [],
      checkpoints: [{ findings }],
      streams: [streamVerdict(stream, 'missing', [[0, 2]])],
    },
  });
  const textless = (row: VerdictRow): VerdictRow => ({ ...row, expected: { ...row.expected, streams: [] } });
  const span = (id: string, says: string, fields: Partial<Span>): VerdictRow =>
    row([id, says], ['malformed'], withSpan(checkpoint, fields));
  const harmless = (id: string, says: string, item: SpanInRequest): VerdictRow => row([id, says], [], item);
  const own = checkpoint.span.attributes ?? [];
  const added = withSpan(checkpoint, { attributes: [...own, text('added', 'x')] });
  return [
    harmless('kind-0', 'Kind 0, as some write it.', withSpan(checkpoint, { kind: 0 })),
    harmless(
      'ids',
      'Its ids and times mean nothing.',
      withSpan(checkpoint, { traceId: 'ab'.repeat(16), startTimeUnixNano: '1', endTimeUnixNano: '2' }),
    ),
    harmless('flags', 'Its flags mean nothing.', withSpan(checkpoint, { flags: 0x101 })),
    harmless('empty-status', 'A status that is there, and empty.', withSpan(checkpoint, { status: {} })),
    harmless(
      'zero-parent',
      'A parent of all zeros is none.',
      withSpan(checkpoint, { parentSpanId: '0'.repeat(16) }),
    ),
    harmless('resource', 'Its resource means nothing.', { ...checkpoint, resource }),
    harmless('scope-version', 'The version of its scope means nothing.', {
      ...checkpoint,
      scope: { name: checkpointScopeName },
    }),
    harmless('schema-urls', 'Schema URLs mean nothing.', {
      ...checkpoint,
      scopeSchemaUrl: 'https://example.test/',
      resourceSchemaUrl: 'https://example.test/',
    }),
    row(['added', 'An attribute was added: what the text says holds all the same.'], ['additions'], added),
    textless(
      row(
        ['added-and-changed', 'An attribute was added, and the text says no end.'],
        ['additions', 'invalid'],
        withFirst(added, withoutEnd),
      ),
    ),
    span('sealed', 'A checkpoint span carries no seal.', {
      attributes: [...own, text('spanseal.seal', 'x')],
    }),
    span('twice', 'Two texts: the first one counts.', { attributes: [...own, ...own] }),
    textless(
      span('no-text', 'A number in the place of the text.', {
        attributes: [{ key: checkpointAttributeKey, value: { intValue: '1' } }],
      }),
    ),
    textless(
      row(
        ['name-and-text', 'Another name, and a text of another version.'],
        ['malformed', 'unsupported-version'],
        withFirst(withSpan(checkpoint, { name: 'shown' }), () => '2'),
      ),
    ),
    span('name', 'Another name.', { name: 'shown' }),
    span('kind', 'Another kind.', { kind: 2 }),
    span('kind-negative', 'A kind below 0.', { kind: -1 }),
    span('event', 'An event.', { events: [{ name: 'shown' }] }),
    span('link', 'A link.', { links: [{}] }),
    span('status', 'A status.', { status: { code: 1 } }),
    span('status-message', 'A status message.', { status: { message: 'shown' } }),
    span('trace-state', 'A trace state.', { traceState: 'shown=1' }),
    span('parent', 'A parent.', { parentSpanId: 'ab'.repeat(8) }),
    span('dropped-attributes', 'Dropped attributes.', { droppedAttributesCount: 1 }),
    span('dropped-events', 'Dropped events.', { droppedEventsCount: 1 }),
    span('dropped-links', 'Dropped links.', { droppedLinksCount: 1 }),
    row(['scope-name', 'Another scope.'], ['malformed'], { ...checkpoint, scope }),
    row(['scope-attributes', 'Attributes of the scope.'], ['malformed'], {
      ...checkpoint,
      scope: { name: checkpointScopeName, attributes: [text('shown', 'x')] },
    }),
    row(['scope-dropped', 'Dropped attributes of the scope show nothing.'], [], {
      ...checkpoint,
      scope: { name: checkpointScopeName, droppedAttributesCount: 1 },
    }),
    row(['scope-absent', 'No scope.'], ['malformed'], { span: checkpoint.span }),
  ];
}

/** The text with another part `end`: 1 is `c`, and no spans were left unsealed. */
function withoutEnd(checkpoint: string): string {
  return checkpoint.replace('~c~b~~', '~b~b~~');
}

function withFirst(item: SpanInRequest, change: (text: string) => string): SpanInRequest {
  const [first, ...rest] = item.span.attributes ?? [];
  const old = first?.value?.stringValue ?? '';
  return withSpan(item, { attributes: [text(checkpointAttributeKey, change(old)), ...rest] });
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
