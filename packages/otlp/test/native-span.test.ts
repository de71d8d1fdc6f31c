import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalCoreSpan,
  canonicalSpan,
  decodeTraceRequest,
  type NativeAttributes,
  type NativeScalar,
  NativeSpan,
  type NativeSpanParts,
  type NativeValue,
  type SpanMarks,
  sealAttributeKey,
  TraceRequestWriter,
  withCanonicalCoreSpan,
} from '../src/index.js';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', 'a', 'ä'), maxLength: 60 }),
);
const text = anyText.map((any) => any.toWellFormed());
const key = fc.oneof(
  fc.constantFrom(
    'a',
    'http.request.method',
    'ключ',
    'z'.repeat(130),
    '',
    '__proto__',
    '\u{1f600}',
    '\uffff',
  ),
  text,
);
const time = fc.tuple(fc.nat(18_446_744_072), fc.nat(999_999_999));
const scalar: fc.Arbitrary<NativeScalar> = fc.oneof(
  text as fc.Arbitrary<NativeScalar>,
  fc.maxSafeInteger(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((number) => (Number.isInteger(number) ? 0.5 : number)),
  fc.boolean(),
);
const value: fc.Arbitrary<NativeValue> = fc.oneof(
  scalar as fc.Arbitrary<NativeValue>,
  anyText as fc.Arbitrary<NativeValue>,
  fc.array(scalar, { maxLength: 40 }),
  fc.constant({}),
  fc.constant({ bytesValue: Uint8Array.of(1, 2, 3) }),
  fc.constant<NativeValue>({
    arrayValue: { values: [{ stringValue: 'ä' }, {}, { intValue: '-9223372036854775808' }] },
  }),
  text.map((any) => ({ kvlistValue: { values: [{ key: 'b', value: { stringValue: any } }, { key: 'a' }] } })),
);
const count = fc.nat(3);

const attributes: fc.Arbitrary<NativeAttributes> = fc
  .tuple(fc.uniqueArray(key, { maxLength: 30 }), fc.array(value, { minLength: 30, maxLength: 30 }), count)
  .map(([keys, values, droppedAttributesCount]) => ({
    keys: keys.filter((each) => each !== sealAttributeKey),
    values: values.slice(0, keys.length),
    droppedAttributesCount,
  }));

const id = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

const parts: fc.Arbitrary<NativeSpanParts> = fc
  .record({
    traceId: id(32),
    spanId: id(16),
    traceState: text,
    parentSpanId: fc.oneof(fc.constant(''), id(16)),
    name: text,
    kind: fc.nat(5),
    startTime: time,
    endTime: time,
    own: attributes,
    events: fc.array(
      fc
        .tuple(attributes, time, fc.constantFrom('', 'a', 'ß'))
        .map(([own, at, name]) => ({ ...own, time: at, name })),
      // More than are sorted by inserting.
      { maxLength: 30 },
    ),
    droppedEventsCount: count,
    links: fc.array(
      fc
        .tuple(attributes, id(32), id(16), text, fc.nat(0x3ff))
        .map(([own, traceId, spanId, traceState, flags]) => ({ ...own, traceId, spanId, traceState, flags })),
      { maxLength: 3 },
    ),
    droppedLinksCount: count,
    status: fc.record({ code: fc.nat(2), message: text }),
    flags: fc.nat(0x3ff),
  })
  .map(({ own, ...others }) => ({ ...own, ...others }));

interface Core {
  readonly bytes: Buffer;
  readonly marks: SpanMarks;
}

const copy = (bytes: Buffer, marks: Readonly<SpanMarks>): Core => ({
  bytes: Buffer.from(bytes),
  marks: { ...marks },
});

describe('a span in the values of JavaScript', () => {
  test('has the core form of its model, with the same marks', () => {
    fc.assert(
      fc.property(parts, fc.nat(200), (given, room) => {
        const native = new NativeSpan(given);
        const { bytes, marks } = native.withCore(room, copy);
        const model = withCanonicalCoreSpan(native.toModel(), room, copy);
        expect(bytes.subarray(room).equals(Buffer.from(canonicalCoreSpan(native.toModel())))).toBe(true);
        expect(bytes.subarray(room).equals(model.bytes.subarray(room))).toBe(true);
        expect(marks).toEqual(model.marks);
      }),
    );
  });

  test('arrives as its model does, sealed or not', () => {
    fc.assert(
      fc.property(parts, fc.boolean(), (given, isSealed) => {
        const native = new NativeSpan(given);
        const writer = new TraceRequestWriter();
        if (isSealed) {
          native.withCore(7, (bytes, marks) => {
            writer.add({}, native, { bytes: bytes.subarray(7), marks, seal: '1~seal' });
          });
        } else writer.add({}, native);
        const [span = {}] = decodeTraceRequest(writer.finish()).resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
        expect(Buffer.from(canonicalSpan(span)).equals(Buffer.from(canonicalSpan(native.toModel())))).toBe(
          true,
        );
        const seals = (span.attributes ?? []).filter((attribute) => attribute.key === sealAttributeKey);
        expect(seals.map((attribute) => attribute.value?.stringValue)).toEqual(isSealed ? ['1~seal'] : []);
      }),
    );
  });
});

test('spans of many origins stand in one group for each, in their order', () => {
  const resources = [{ attributes: [{ key: 'r', value: { stringValue: '1' } }] }, { attributes: [] }];
  const scopes = [{ name: 'a' }, { name: 'b' }, undefined];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(2)), { maxLength: 40 }), (places) => {
      const writer = new TraceRequestWriter();
      for (const [index, [resource, scope]] of places.entries())
        writer.add({ resource: resources[resource], scope: scopes[scope] }, { name: `${index}` });
      const { resourceSpans } = decodeTraceRequest(writer.finish());
      const groups = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans);
      const different = new Set(places.map(String));
      expect(groups).toHaveLength(different.size);
      const names = groups.map(({ spans }) => spans.map(({ name }) => Number(name)));
      for (const group of names) expect(group).toEqual([...group].sort((a, b) => a - b));
      expect(names.flat().sort((a, b) => a - b)).toEqual(places.map((_, index) => index));
    }),
  );
});

test('a span that cannot be written leaves nothing behind', () => {
  const writer = new TraceRequestWriter();
  writer.add({}, { name: 'first' });
  expect(() => writer.add({}, { name: 'bad', traceId: 'zz' })).toThrow(
    expect.objectContaining({ code: 'ERR_SPANSEAL_OTLP_VALUE', path: 'traceId' }),
  );
  writer.add({}, { name: 'second' });
  const { spans } = decodeTraceRequest(writer.finish()).resourceSpans[0]?.scopeSpans[0] ?? {};
  expect(spans).toEqual([{ name: 'first' }, { name: 'second' }]);
});
