import type { KeyValue } from '@spanseal/otlp';
import type { SpanInRequest } from '@spanseal/seal';
import type { SpanExpected } from './implementation.js';
import { hs256Key, hs512Key, type KeyRingInput, otherSecret, plainRing, realm } from './key-ring-input.js';
import {
  epochMillis,
  plainItem,
  plainSpan,
  resource,
  scope,
  sealedBy,
  sealerOf,
  startMillis,
  text,
  withSpan,
} from './sealed-span.js';
import { coveredKeys } from './span-steps.js';
import type { VectorKind } from './vector-file.js';

/** One sealed span, as it came, and what is expected of it. */
export interface SpanMacRow {
  readonly id: string;
  readonly kind: VectorKind;
  readonly says: string;
  /** Default: the plain ring. */
  readonly ring?: KeyRingInput;
  readonly item: SpanInRequest;
  readonly expected: SpanExpected;
  readonly orElse?: readonly SpanExpected[];
}

const valid: SpanExpected = { verdict: 'valid' };
const validCore: SpanExpected = { verdict: 'valid-core' };
const dayMillis = 86_400_000;

export function positiveSpanMacs(): readonly SpanMacRow[] {
  return [...headers(), ...resources(), ...surroundings(), ...carried(), ...cores()];
}

interface Given {
  readonly ring?: KeyRingInput;
  readonly item?: SpanInRequest;
  /** When it is sealed. Default: one second after the start. */
  readonly nowMillis?: number;
  readonly checkpoints?: boolean;
}

/** A span that is as it was sealed. */
function sealed(id: string, says: string, given: Given = {}): SpanMacRow {
  const ring = given.ring ?? plainRing;
  const sealer = sealerOf({ ring, checkpoints: given.checkpoints ?? false });
  const item = sealedBy(sealer, given.item ?? plainItem, given.nowMillis);
  return { id, kind: 'positive', says, ring, item, expected: valid };
}

/** A span to which something was done after it was sealed. */
export function carriedAs(
  [id, expected]: readonly [string, SpanExpected],
  says: string,
  change: (item: SpanInRequest) => SpanInRequest,
): SpanMacRow {
  return { id, kind: 'positive', says, item: change(sealedBy(sealerOf(), plainItem)), expected };
}

function headers(): readonly SpanMacRow[] {
  const later = (epoch: number): Given => ({
    nowMillis: startMillis + epoch * epochMillis,
    item: withSpan(plainItem, plainSpan(0, epoch * epochMillis)),
  });
  return [
    sealed('hs256', 'A span under HMAC-SHA-256.'),
    sealed('hs512', 'A span under HMAC-SHA-512; the keys above it are those of HMAC-SHA-256.', {
      ring: { realm, keys: [hs512Key] },
    }),
    sealed('realm-empty', 'The realm is empty.', { ring: { realm: '', keys: [hs256Key] } }),
    sealed('realm-not-ascii', 'A realm is text in UTF-8.', {
      ring: { realm: 'ünïcode/😀', keys: [hs256Key] },
    }),
    sealed('kid-longest', 'A kid of 32 characters.', {
      ring: { realm, keys: [{ ...hs256Key, id: '0kEy_-12345678-abcdefghijklmnopq' }] },
    }),
    sealed('two-keys', 'The kid says which key of the ring it is.', {
      ring: { realm, keys: [hs256Key, { ...hs512Key, secret: otherSecret }] },
    }),
    sealed('epoch-1', 'Epoch 1 begins 300 seconds after the stream.', later(1)),
    sealed('epoch-682', 'Epoch 682, whose steps are left and right in turn.', later(682)),
    sealed('epoch-largest', 'Epoch 1,048,575, the largest: every step is to the right.', later(1_048_575)),
    ...[1, 32, 300].map((seq) => withSeq(seq)),
    sealed('anchored', 'The sealer makes checkpoints: bit 1 of the marks.', { checkpoints: true }),
    sealed('late', 'A span that ended more than a day before it was sealed: bit 0 of the marks.', {
      item: withSpan(plainItem, plainSpan(0, -2 * dayMillis)),
    }),
    sealed('early', 'A span whose end lies in the future of the sealer: bit 0 of the marks.', {
      item: withSpan(plainItem, plainSpan(0, dayMillis)),
    }),
    sealed('window-earliest', 'A span that ended 86,400 seconds before its epoch began is not late.', {
      item: withSpan(plainItem, plainSpan(0, -dayMillis)),
    }),
    sealed(
      'window-latest',
      'A span that ended 300 seconds, and some, after the end of its epoch is not late.',
      {
        item: withSpan(plainItem, plainSpan(0, 2 * epochMillis + 999)),
      },
    ),
  ];
}

function withSeq(seq: number): SpanMacRow {
  const sealer = sealerOf();
  for (let place = 0; place < seq; place += 1) sealer.seal(plainItem, startMillis + 1_000);
  const item = sealedBy(sealer, plainItem);
  return { id: `seq-${seq}`, kind: 'positive', says: `The span with seq ${seq}.`, item, expected: valid };
}

function resources(): readonly SpanMacRow[] {
  const under = (attributes: KeyValue[]): Given => ({ item: { ...plainItem, resource: { attributes } } });
  return [
    sealed('resource-all', 'All covered resource keys, in another order than that of the table.', {
      ...under([...coveredKeys].reverse().map((key) => text(key, `of ${key}`))),
    }),
    ...coveredKeys.map((key, bit) =>
      sealed(`resource-${bit}`, `Of the covered resource keys only ${key}.`, under([text(key, 'one')])),
    ),
    sealed('resource-none', 'No covered resource key.', under([text('host.name', 'web-1')])),
    sealed('resource-absent', 'No resource.', { item: { span: plainSpan(), scope } }),
    sealed(
      'resource-no-value',
      'A covered key without a value is present.',
      under([{ key: 'service.name' }]),
    ),
    sealed(
      'resource-list',
      'A covered key whose value is a list.',
      under([
        {
          key: 'service.name',
          value: { arrayValue: { values: [{ stringValue: 'a' }, { doubleValue: 'NaN' }] } },
        },
      ]),
    ),
  ];
}

function surroundings(): readonly SpanMacRow[] {
  return [
    sealed('scope-absent', 'No scope: its name and version are empty.', {
      item: { span: plainSpan(), resource },
    }),
    sealed(
      'scope-full',
      'Attributes and dropped attributes of the scope, and both schema URLs, are in the tail.',
      {
        item: {
          span: plainSpan(),
          scope: { ...scope, attributes: [text('b', '1'), text('a', '2')], droppedAttributesCount: 3 },
          scopeSchemaUrl: 'https://example.test/scope',
          resource,
          resourceSchemaUrl: 'https://example.test/resource',
        },
      },
    ),
    sealed('span-empty', 'A span with ids and an end, and nothing else.', {
      item: {
        span: {
          traceId: plainSpan().traceId ?? '',
          spanId: plainSpan().spanId ?? '',
          endTimeUnixNano: plainSpan().endTimeUnixNano ?? '',
        },
      },
    }),
    sealed('tail-full', 'Flags, dropped counts, places of events and flags of links are in the tail.', {
      item: withSpan(plainItem, {
        flags: 0xffffffff,
        droppedAttributesCount: 1,
        droppedEventsCount: 2,
        droppedLinksCount: 3,
        events: [
          { name: 'b', droppedAttributesCount: 7 },
          { name: 'a' },
          { name: 'b' },
          { name: 'a', droppedAttributesCount: 8 },
        ],
        links: [{ flags: 1 }, { droppedAttributesCount: 9 }],
      }),
    }),
    sealed('values', 'Values of every kind.', {
      item: withSpan(plainItem, {
        attributes: [
          { key: 'double', value: { doubleValue: -0 } },
          { key: 'nan', value: { doubleValue: 'NaN' } },
          { key: 'bytes', value: { bytesValue: '/wA=' } },
          { key: 'map', value: { kvlistValue: { values: [text('\u{1f600}', ''), text('\uff5e', '')] } } },
          { key: 'list', value: { arrayValue: { values: [{ intValue: '-1' }, { boolValue: false }, {}] } } },
          { key: 'none' },
        ],
      }),
    }),
  ];
}

/** What a pipeline does by itself, and a seal survives. */
function carried(): readonly SpanMacRow[] {
  return [
    carriedAs(['attributes-reordered', valid], 'Attributes came in another order.', (item) =>
      withSpan(item, { attributes: [...(item.span.attributes ?? [])].reverse() }),
    ),
    carriedAs(['resource-added', valid], 'A resource key that is not covered was added.', (item) => ({
      ...item,
      resource: { attributes: [...(resource.attributes ?? []), text('k8s.pod.name', 'p')] },
    })),
    carriedAs(
      ['resource-covered-added', valid],
      'A covered key that the resource had not was added: its bit is not set.',
      (item) => ({
        ...item,
        resource: { attributes: [...(resource.attributes ?? []), text('service.namespace', 'n')] },
      }),
    ),
    carriedAs(['resource-removed', valid], 'A resource key that is not covered was removed.', (item) => ({
      ...item,
      resource: { attributes: (resource.attributes ?? []).filter(({ key }) => key !== 'host.name') },
    })),
  ];
}

/** What some stores lose, and the core does without. */
function cores(): readonly SpanMacRow[] {
  const span = (id: string, says: string, fields: SpanInRequest['span']): SpanMacRow =>
    carriedAs([id, validCore], says, (item) => withSpan(item, fields));
  const [first = {}, second = {}] = plainItem.span.events ?? [];
  const [link = {}] = plainItem.span.links ?? [];
  return [
    span('core-flags', 'The flags were lost.', { flags: 0 }),
    span('core-dropped-attributes', 'A dropped count was lost.', { droppedAttributesCount: 9 }),
    span('core-dropped-events', 'Another dropped count of events.', { droppedEventsCount: 9 }),
    span('core-dropped-links', 'Another dropped count of links.', { droppedLinksCount: 9 }),
    span('core-event-order', 'Events came in another order.', { events: [second, first] }),
    span('core-event-dropped', 'The dropped count of an event was lost.', {
      events: [{ ...first, droppedAttributesCount: 0 }, second],
    }),
    span('core-link-flags', 'The flags of a link were lost.', { links: [{ ...link, flags: 0 }] }),
    span('core-link-dropped', 'The dropped count of a link.', {
      links: [{ ...link, droppedAttributesCount: 1 }],
    }),
    carriedAs(['core-scope-attributes', validCore], 'Attributes of the scope were added.', (item) => ({
      ...item,
      scope: { ...scope, attributes: [text('a', 'b')] },
    })),
    carriedAs(['core-scope-dropped', validCore], 'The dropped count of the scope.', (item) => ({
      ...item,
      scope: { ...scope, droppedAttributesCount: 1 },
    })),
    carriedAs(['core-scope-schema', validCore], 'The schema URL of the scope spans.', (item) => ({
      ...item,
      scopeSchemaUrl: 'https://example.test/',
    })),
    carriedAs(['core-resource-schema', validCore], 'The schema URL of the resource spans.', (item) => ({
      ...item,
      resourceSchemaUrl: 'https://example.test/',
    })),
  ];
}
