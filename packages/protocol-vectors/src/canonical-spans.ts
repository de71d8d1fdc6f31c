import type { AnyValue, KeyValue, Span } from '@spanseal/otlp';

/** A span that both formats can say, and what it shows. */
export interface SpanRow {
  readonly id: string;
  readonly says: string;
  readonly span: Span;
}

const deepest = 24;

function value(id: string, says: string, given: AnyValue | undefined): SpanRow {
  const attribute: KeyValue = given === undefined ? { key: 'k' } : { key: 'k', value: given };
  return { id, says, span: { attributes: [attribute] } };
}

function text(key: string, stringValue = ''): KeyValue {
  return { key, value: { stringValue } };
}

function lists(levels: number): AnyValue {
  return levels === 0 ? { boolValue: true } : { arrayValue: { values: [lists(levels - 1)] } };
}

function maps(levels: number): AnyValue {
  return levels === 0
    ? { boolValue: true }
    : { kvlistValue: { values: [{ key: 'k', value: maps(levels - 1) }] } };
}

const everyField: Span = {
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: 'eee19b7ec3c1b174',
  traceState: 'vendor=1',
  parentSpanId: 'eee19b7ec3c1b173',
  flags: 0x301,
  name: 'GET /orders',
  kind: 2,
  startTimeUnixNano: '1795251600000000000',
  endTimeUnixNano: '1795251600005000000',
  attributes: [text('http.request.method', 'GET'), { key: 'cached', value: { boolValue: true } }],
  droppedAttributesCount: 1,
  events: [
    { timeUnixNano: '1795251600001000000', name: 'exception', attributes: [text('t', 'E')] },
    { timeUnixNano: '1795251600002000000', name: 'retry', droppedAttributesCount: 2 },
  ],
  droppedEventsCount: 3,
  links: [
    {
      traceId: '5b8efff798038103d269b633813fc60d',
      spanId: 'eee19b7ec3c1b175',
      traceState: 'vendor=2',
      attributes: [text('why', 'batch')],
      droppedAttributesCount: 4,
      flags: 0x101,
    },
  ],
  droppedLinksCount: 5,
  status: { code: 2, message: 'failed' },
};

const zeroTrace = '0'.repeat(32);
const zeroSpan = '0'.repeat(16);
const sealed = text('spanseal.seal', 'not a seal');

/** Values of an attribute. */
const positiveValues: readonly SpanRow[] = [
  value('empty-text', 'An empty text is written: the member of a oneof always is.', { stringValue: '' }),
  value('false', 'false is written.', { boolValue: false }),
  value('true', 'true is one.', { boolValue: true }),
  value('integer-zero', 'The integer 0 is written.', { intValue: '0' }),
  value('integer-minus-one', 'A negative integer takes ten bytes.', { intValue: '-1' }),
  value('integer-least', 'The least integer.', { intValue: '-9223372036854775808' }),
  value('integer-largest', 'The largest integer, which JSON numbers cannot hold.', {
    intValue: '9223372036854775807',
  }),
  value('double-zero', 'The double 0 is written, eight bytes of it.', { doubleValue: 0 }),
  value('double-minus-zero', 'The double -0 is 0.', { doubleValue: -0 }),
  value('double-nan', 'NaN is 7ff8000000000000.', { doubleValue: 'NaN' }),
  value('double-infinity', 'Infinity is itself.', { doubleValue: 'Infinity' }),
  value('double-minus-infinity', 'Minus infinity is itself.', { doubleValue: '-Infinity' }),
  value('double-least', 'The least double above zero, which is not a normal one.', { doubleValue: 5e-324 }),
  value('double-integer', 'A double with an integer in it stays a double.', { doubleValue: 1 }),
  value('empty-bytes', 'Empty bytes are written.', { bytesValue: '' }),
  value('bytes', 'Bytes that are no text.', { bytesValue: '/wD+gA==' }),
  value('empty-list', 'An empty list is written.', { arrayValue: {} }),
  value('empty-map', 'An empty map is written.', { kvlistValue: {} }),
  value('empty-value', 'A value without a member is there, and empty.', {}),
  value('no-value', 'An attribute without a value has an empty one.', undefined),
  value('list-order', 'A list keeps its order, and its empty values.', {
    arrayValue: { values: [{ intValue: '2' }, {}, { intValue: '1' }] },
  }),
  value('map-order', 'The members of a map are sorted by their keys, at every level.', {
    kvlistValue: {
      values: [
        text('b'),
        { key: 'a', value: { kvlistValue: { values: [text('d'), { key: 'c' }] } } },
        {
          key: 'ab',
          value: { arrayValue: { values: [{ kvlistValue: { values: [text('z'), text('y')] } }] } },
        },
      ],
    },
  }),
  value('map-seal-key', 'Under the key of the seal, the member of a map stays.', {
    kvlistValue: { values: [sealed] },
  }),
  value('long-text', 'A text whose length takes two bytes.', { stringValue: 'é'.repeat(64) }),
  value('astral-text', 'Characters beyond the first plane, and those that look like others.', {
    stringValue: '😀 \u{10ffff} e\u0301 \u00e9 \u0000',
  }),
  value('deepest-lists', 'Twenty-four lists inside of one another.', lists(deepest)),
  value('deepest-maps', 'Twenty-four maps inside of one another.', maps(deepest)),
];

/** Everything else of a span. */
export const positiveSpans: readonly SpanRow[] = [
  { id: 'empty', says: 'An empty span has a status, and nothing else.', span: {} },
  { id: 'every-field', says: 'A span with something in every field.', span: everyField },
  ...positiveValues,
  {
    id: 'defaults',
    says: 'Defaults that are written out are as if they were not.',
    span: {
      traceState: '',
      name: '',
      kind: 0,
      flags: 0,
      attributes: [],
      events: [],
      droppedLinksCount: 0,
      status: { code: 0, message: '' },
    },
  },
  {
    id: 'largest-numbers',
    says: 'The largest numbers of every unsigned field.',
    span: {
      flags: 0xffffffff,
      startTimeUnixNano: '18446744073709551615',
      endTimeUnixNano: '18446744073709551615',
      droppedAttributesCount: 0xffffffff,
      droppedEventsCount: 0xffffffff,
      droppedLinksCount: 0xffffffff,
    },
  },
  {
    id: 'unknown-numbers',
    says: 'Kinds and status codes that nobody knows are kept, negative ones in ten bytes.',
    span: { kind: 99, status: { code: -1 } },
  },
  {
    id: 'zero-ids',
    says: 'An id of all zeros is absent, in links too.',
    span: {
      traceId: zeroTrace,
      spanId: zeroSpan,
      parentSpanId: zeroSpan,
      links: [{ traceId: zeroTrace, spanId: zeroSpan }],
    },
  },
  {
    id: 'key-order',
    says: 'Attributes are sorted by the bytes of their keys: an empty key first, a key before those that it begins.',
    span: { attributes: ['b', 'a.b', 'a-b', 'a', 'B', '', 'aa'].map((key) => text(key)) },
  },
  {
    id: 'key-order-astral',
    says: 'Keys are sorted by their bytes in UTF-8, not by the units of UTF-16.',
    span: { attributes: ['\u{1f600}', '\uff5e', '\u{10ffff}', '\ue000', 'z'].map((key) => text(key)) },
  },
  {
    id: 'seal-left-out',
    says: 'The seal of the span itself is left out.',
    span: { attributes: [text('spanseal.seam'), sealed, text('spanseal.sea')] },
  },
  {
    id: 'seal-elsewhere',
    says: 'Under the key of the seal, the attribute of an event or a link stays.',
    span: { events: [{ attributes: [sealed] }], links: [{ attributes: [sealed] }] },
  },
  {
    id: 'seal-key-case',
    says: 'The key of the seal is exactly that: another case is another key.',
    span: { attributes: [text('Spanseal.seal', 'x'), text('spanseal.seal ', 'x')] },
  },
  {
    id: 'event-order',
    says: 'Events keep their order in the exact form, and are sorted by their bytes in the core form: a shorter one first.',
    span: {
      events: [
        { name: 'zz', timeUnixNano: '1' },
        { name: 'b' },
        { name: 'a' },
        { name: 'a', timeUnixNano: '1' },
        {},
      ],
    },
  },
  {
    id: 'equal-events',
    says: 'Events that differ only in dropped counts are equal in the core form.',
    span: {
      events: [
        { name: 'b', droppedAttributesCount: 1 },
        { name: 'a', droppedAttributesCount: 2 },
        { name: 'b' },
      ],
    },
  },
  {
    id: 'link-order',
    says: 'Links keep their order in both forms.',
    span: { links: [{ traceState: 'b=1', flags: 1 }, { traceState: 'a=1', droppedAttributesCount: 1 }, {}] },
  },
  {
    id: 'event-attribute-order',
    says: 'The attributes of events and links are sorted too.',
    span: {
      events: [{ attributes: [text('b'), text('a')] }],
      links: [{ attributes: [text('d'), text('c')] }],
    },
  },
];

export const negativeSpans: readonly SpanRow[] = [
  {
    id: 'twice-attribute',
    says: 'A key stands twice in the attributes, with the same value.',
    span: { attributes: [text('a'), text('b'), text('a')] },
  },
  {
    id: 'twice-seal',
    says: 'The key of the seal stands twice.',
    span: { attributes: [sealed, sealed] },
  },
  {
    id: 'twice-event',
    says: 'A key stands twice in the attributes of an event.',
    span: { events: [{ attributes: [text('a'), text('a', 'x')] }] },
  },
  {
    id: 'twice-link',
    says: 'A key stands twice in the attributes of a link.',
    span: { links: [{ attributes: [text('a'), text('a', 'x')] }] },
  },
  value('twice-map', 'A key stands twice in a map.', { kvlistValue: { values: [text('a'), text('a')] } }),
  value('twice-map-in-list', 'A key stands twice in a map in a list.', {
    arrayValue: { values: [{ kvlistValue: { values: [text(''), text('')] } }] },
  }),
];

/** Deeper than a writer writes, so that it is put together as bytes. */
export const beyondDeepest: number = deepest + 1;
