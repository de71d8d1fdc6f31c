import fc from 'fast-check';
import type { AnyValue, KeyValue, Span, TraceRequest } from '../src/index.js';

// Models as the readers give them: canonical spelling, no default written out.

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '',
    'x'.repeat(47),
    'é'.repeat(47),
    'x'.repeat(127),
    'x'.repeat(128),
    'é'.repeat(8192),
    '\u0000',
  ),
);
const someText = text.filter((value) => value !== '');
const key = fc.oneof(
  text,
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'spanseal.seal', 'key', 'value'),
);
const hex = (digits: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits });
const uint32 = fc.oneof(
  fc.integer({ min: 1, max: 300 }),
  fc.constantFrom(0x7fffffff, 0x80000000, 0xffffffff),
);
const int32 = fc.oneof(
  fc.integer({ min: 1, max: 7 }),
  fc.integer({ min: -0x80000000, max: 0x7fffffff }).filter(Boolean),
);
const uint64 = fc.bigInt({ min: 1n, max: 0xffffffffffffffffn }).map(String);
const int64 = fc
  .oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.integer({ min: -300, max: 300 }).map(BigInt),
    fc.constantFrom(2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n, -(2n ** 63n)),
  )
  .map(String);
const double = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom<number | 'NaN' | 'Infinity' | '-Infinity'>(
    0,
    -0,
    1,
    1e21,
    5e-324,
    'NaN',
    'Infinity',
    '-Infinity',
  ),
);
const bytes = fc.uint8Array({ maxLength: 40 }).map((value) => Buffer.from(value).toString('base64'));

const nested = fc.letrec<{ value: AnyValue; list: KeyValue[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: int64 }),
    fc.record({ doubleValue: double }),
    fc.record({ bytesValue: bytes }),
    fc.constant({}),
    fc.record({ arrayValue: some({ values: fc.array(tie('value'), { minLength: 1, maxLength: 4 }) }) }),
    fc.record({ kvlistValue: some({ values: tie('list') }) }),
  ),
  list: fc.uniqueArray(fc.record({ key, value: tie('value') }, { requiredKeys: ['key'] }), {
    minLength: 1,
    maxLength: 5,
    selector: (element) => element.key,
  }),
}));

/** Each member present or not. */
function some<T extends Record<string, unknown>>(
  model: { [K in keyof T]: fc.Arbitrary<T[K]> },
): fc.Arbitrary<Partial<T>> {
  return fc.record(model, { requiredKeys: [] }) as unknown as fc.Arbitrary<Partial<T>>;
}

function list<T>(element: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(element, { minLength: 1, maxLength: 3 });
}

export const anyValueArbitrary: fc.Arbitrary<AnyValue> = nested.value;
export const attributesArbitrary: fc.Arbitrary<KeyValue[]> = nested.list;

const event = some({
  timeUnixNano: uint64,
  name: someText,
  attributes: nested.list,
  droppedAttributesCount: uint32,
});
const link = some({
  traceId: hex(32),
  spanId: hex(16),
  traceState: someText,
  attributes: nested.list,
  droppedAttributesCount: uint32,
  flags: uint32,
});

export const spanArbitrary: fc.Arbitrary<Span> = some({
  traceId: hex(32),
  spanId: hex(16),
  traceState: someText,
  parentSpanId: hex(16),
  name: someText,
  kind: int32,
  startTimeUnixNano: uint64,
  endTimeUnixNano: uint64,
  attributes: nested.list,
  droppedAttributesCount: uint32,
  events: list(event),
  droppedEventsCount: uint32,
  links: list(link),
  droppedLinksCount: uint32,
  status: some({ message: someText, code: int32 }),
  flags: uint32,
});

const entityRef = some({
  schemaUrl: someText,
  type: someText,
  idKeys: list(text),
  descriptionKeys: list(text),
});
const resource = some({
  attributes: nested.list,
  droppedAttributesCount: uint32,
  entityRefs: list(entityRef),
});
const scope = some({
  name: someText,
  version: someText,
  attributes: nested.list,
  droppedAttributesCount: uint32,
});
const scopeSpans = fc.record(
  { scope, spans: fc.array(spanArbitrary, { maxLength: 3 }), schemaUrl: someText },
  { requiredKeys: ['spans'] },
);
const resourceSpans = fc.record(
  { resource, scopeSpans: fc.array(scopeSpans, { maxLength: 2 }), schemaUrl: someText },
  { requiredKeys: ['scopeSpans'] },
);

export const requestArbitrary: fc.Arbitrary<TraceRequest> = fc.record({
  resourceSpans: fc.array(resourceSpans, { maxLength: 2 }),
}) as fc.Arbitrary<TraceRequest>;
