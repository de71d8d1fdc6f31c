import { checkpointAttributeKey, type Span } from '@spanseal/otlp';
import { checkpointScopeName, type SpanInRequest } from '@spanseal/seal';
import { resource, scope, text, withSpan } from './sealed-span.js';
import { streamVerdict, type VerdictRow } from './verdict-case.js';

/** The checkpoint span of a stream of three spans. */
export interface SealedCheckpoint {
  readonly stream: string;
  readonly checkpoint: SpanInRequest;
}

/** What a checkpoint span can have beside its text. */
export function checkpointSpanRows(given: SealedCheckpoint): readonly VerdictRow[] {
  return [...harmlessParts(given), ...attributes(given), ...fields(given), ...scopes(given)];
}

/** What the text says holds, whatever was found on its span. */
function rowOf(stream: string, findings: readonly string[]) {
  return (id: string, says: string, item: SpanInRequest): VerdictRow => ({
    id: `checkpoint-${id}`,
    kind: findings.length === 0 ? 'positive' : 'negative',
    says,
    items: [item],
    expected: {
      spans: [],
      checkpoints: [{ findings }],
      streams: [streamVerdict(stream, 'missing', [[0, 2]])],
    },
  });
}

/** The same of a text that tells of no stream. */
function withoutStream(row: VerdictRow): VerdictRow {
  return { ...row, expected: { ...row.expected, streams: [] } };
}

function harmlessParts({ stream, checkpoint }: SealedCheckpoint): readonly VerdictRow[] {
  const harmless = rowOf(stream, []);
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
  ];
}

function attributes({ stream, checkpoint }: SealedCheckpoint): readonly VerdictRow[] {
  const malformed = rowOf(stream, ['malformed']);
  const own = checkpoint.span.attributes ?? [];
  const added = withSpan(checkpoint, { attributes: [...own, text('added', 'x')] });
  return [
    rowOf(stream, ['additions'])(
      'added',
      'An attribute was added: what the text says holds all the same.',
      added,
    ),
    withoutStream(
      rowOf(stream, ['additions', 'invalid'])(
        'added-and-changed',
        'An attribute was added, and the text says no end.',
        withFirst(added, withoutEnd),
      ),
    ),
    malformed(
      'sealed',
      'A checkpoint span carries no seal.',
      withSpan(checkpoint, { attributes: [...own, text('spanseal.seal', 'x')] }),
    ),
    malformed(
      'twice',
      'Two texts: the first one counts.',
      withSpan(checkpoint, { attributes: [...own, ...own] }),
    ),
    withoutStream(
      malformed(
        'no-text',
        'A number in the place of the text.',
        withSpan(checkpoint, { attributes: [{ key: checkpointAttributeKey, value: { intValue: '1' } }] }),
      ),
    ),
    withoutStream(
      rowOf(stream, ['malformed', 'unsupported-version'])(
        'name-and-text',
        'Another name, and a text of another version.',
        withFirst(withSpan(checkpoint, { name: 'shown' }), () => '2'),
      ),
    ),
  ];
}

function fields({ stream, checkpoint }: SealedCheckpoint): readonly VerdictRow[] {
  const span = (id: string, says: string, shown: Partial<Span>): VerdictRow =>
    rowOf(stream, ['malformed'])(id, says, withSpan(checkpoint, shown));
  return [
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
  ];
}

function scopes({ stream, checkpoint }: SealedCheckpoint): readonly VerdictRow[] {
  const malformed = rowOf(stream, ['malformed']);
  const named = { name: checkpointScopeName };
  return [
    malformed('scope-name', 'Another scope.', { ...checkpoint, scope }),
    malformed('scope-attributes', 'Attributes of the scope.', {
      ...checkpoint,
      scope: { ...named, attributes: [text('shown', 'x')] },
    }),
    rowOf(stream, [])('scope-dropped', 'Dropped attributes of the scope show nothing.', {
      ...checkpoint,
      scope: { ...named, droppedAttributesCount: 1 },
    }),
    malformed('scope-absent', 'No scope.', { span: checkpoint.span }),
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
