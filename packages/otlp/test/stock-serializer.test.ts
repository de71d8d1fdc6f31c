import { describe, expect, test } from '@jest/globals';
import { type LineReadableSpan, loadLines, type SdkLine, toThrowWithCode } from '@spanseal/test-kit';
import fc from 'fast-check';
import { decodeTraceRequest, encodeTraceRequest, OtlpError, parseTraceRequest } from '../src/index.js';
import { spansOf } from './requests.js';
import { requestShape, withoutZeros } from './wire-fields.js';

expect.extend({ toThrowWithCode });

const runs = { seed: 20261121, numRuns: 400 };
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ minLength: 120, maxLength: 300 }),
);
const hex = (digits: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits });
const time = fc.tuple(fc.integer({ min: 0, max: 4e9 }), fc.integer({ min: 0, max: 999_999_999 }));
const traceState = fc.option(
  text.filter(Boolean).map((state) => ({ serialize: () => state })),
  { nil: undefined },
);

/** Numbers that every format carries; what else there is only protobuf does. */
const plainNumber = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
  fc.constantFrom(0, -1, 127, 128, 0.1, 5e-324),
);
const oddNumber = fc.constantFrom(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  2 ** 60,
  -(2 ** 62),
);

function attributeValue(line: SdkLine, number: fc.Arbitrary<number>): fc.Arbitrary<unknown> {
  const flat = fc.oneof(text, number, fc.boolean());
  const lists = fc.oneof(
    fc.array(text, { maxLength: 4 }),
    fc.array(number, { maxLength: 4 }),
    fc.array(fc.boolean()),
  );
  if (!line.nestedValues) return fc.oneof(flat, lists);
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      flat,
      lists,
      fc.uint8Array({ maxLength: 20 }),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(text, tie('value'), { maxKeys: 3 }),
    ),
  }));
  return value as fc.Arbitrary<unknown>;
}

function readableSpan(line: SdkLine, number: fc.Arbitrary<number>): fc.Arbitrary<LineReadableSpan> {
  const attributes = fc.dictionary(text, attributeValue(line, number), { maxKeys: 6 });
  const context = fc.record({
    traceId: hex(32),
    spanId: hex(16),
    traceFlags: fc.constantFrom(0, 1),
    isRemote: fc.boolean(),
    traceState,
  });
  const count = fc.constantFrom(0, 1, 300);
  const model = {
    name: text,
    kind: fc.integer({ min: 0, max: 4 }),
    context,
    parentSpanContext: fc.option(context, { nil: undefined }),
    startTime: time,
    endTime: time,
    duration: time,
    ended: fc.constant(true),
    status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: text }, { requiredKeys: ['code'] }),
    attributes,
    links: fc.array(fc.record({ context, attributes, droppedAttributesCount: count }), { maxLength: 2 }),
    events: fc.array(fc.record({ name: text, time, attributes, droppedAttributesCount: count }), {
      maxLength: 2,
    }),
    resource: fc.record({ attributes }),
    instrumentationScope: fc.record({ name: text, version: text }, { requiredKeys: ['name'] }),
    droppedAttributesCount: count,
    droppedEventsCount: count,
    droppedLinksCount: count,
  };
  return fc
    .record(model)
    .map(({ context, ...span }) => ({ ...span, spanContext: () => context }) as unknown as LineReadableSpan);
}

function serialized(line: SdkLine, format: 'Protobuf' | 'Json', spans: LineReadableSpan[]): Buffer {
  const bytes = line.transformer[`${format}TraceSerializer`].serializeRequest(spans);
  return Buffer.from(bytes ?? []);
}

describe.each(loadLines())('Beside the stock serializer of SDK line $name', (line) => {
  const spans = (number: fc.Arbitrary<number>) =>
    fc.array(readableSpan(line, number), { minLength: 1, maxLength: 3 });

  test('its protobuf is read, and written again byte by byte, but for its explicit zeros', () => {
    const property = fc.property(spans(fc.oneof(plainNumber, oddNumber)), (batch) => {
      const stock = serialized(line, 'Protobuf', batch);
      const request = decodeTraceRequest(stock);
      expect(spansOf(request)).toHaveLength(batch.length);
      const ours = encodeTraceRequest(request, { format: 'protobuf' });
      expect(Buffer.from(ours).toString('hex')).toBe(withoutZeros(stock, requestShape).toString('hex'));
    });
    fc.assert(property, runs);
  });

  test('its JSON and its protobuf are one model', () => {
    const property = fc.property(spans(plainNumber), (batch) => {
      const request = decodeTraceRequest(serialized(line, 'Protobuf', batch));
      expect(parseTraceRequest(serialized(line, 'Json', batch))).toEqual(request);
      expect(parseTraceRequest(encodeTraceRequest(request, { format: 'json' }))).toEqual(request);
    });
    fc.assert(property, runs);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e21])(
    'its JSON for %p is refused, as by a Collector',
    (number) => {
      const [span] = fc.sample(readableSpan(line, plainNumber), { seed: 1, numRuns: 1 });
      const batch = [{ ...span, attributes: { number } } as LineReadableSpan];
      const code = `ERR_SPANSEAL_OTLP_${Number.isFinite(number) ? 'VALUE' : 'TYPE'}`;
      expect(() => parseTraceRequest(serialized(line, 'Json', batch))).toThrowWithCode(OtlpError, code);
      expect(() => decodeTraceRequest(serialized(line, 'Protobuf', batch))).not.toThrow();
    },
  );

  test.each([-0, 1, 1e15])('a whole number is an integer to it, %p', (number) => {
    const [span] = fc.sample(readableSpan(line, plainNumber), { seed: 1, numRuns: 1 });
    const request = decodeTraceRequest(
      serialized(line, 'Protobuf', [{ ...span, attributes: { number } } as LineReadableSpan]),
    );
    const intValue = String(number === 0 ? 0 : number);
    expect(spansOf(request)[0]?.attributes).toEqual([{ key: 'number', value: { intValue } }]);
  });
});
