import { describe, expect, test } from '@jest/globals';
import { toThrowWithCode } from '@spanseal/test-kit';
import {
  type AnyValue,
  canonicalSpan,
  decodeTraceRequest,
  encodeTraceRequest,
  OtlpError,
  parseTraceRequest,
  type ReadLimits,
  readTraceRequestObject,
  type Span,
} from '../src/index.js';
import { requestOf, spanOf, spansOf } from './requests.js';

expect.extend({ toThrowWithCode });

const protobuf = { format: 'protobuf' } as const;
const json = { format: 'json' } as const;
const code = (name: string) => `ERR_SPANSEAL_OTLP_${name}`;

function nested(depth: number, member: 'arrayValue' | 'kvlistValue'): AnyValue {
  let value: AnyValue = { stringValue: 'x' };
  for (let i = 0; i < depth; i++) {
    value =
      member === 'arrayValue'
        ? { arrayValue: { values: [value] } }
        : { kvlistValue: { values: [{ key: 'k', value }] } };
  }
  return value;
}

/** Protobuf of a span with an array nested any number of times. */
function nestedBytes(depth: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  const wrap = (tag: number) => {
    const head = [tag];
    let rest = length;
    for (; rest > 127; rest >>>= 7) head.push((rest & 127) | 128);
    head.push(rest);
    parts.push(Buffer.from(head));
    length += head.length;
  };
  for (let i = 0; i < depth; i++) for (const tag of [0x0a, 0x2a]) wrap(tag);
  for (const tag of [0x12, 0x4a, 0x12, 0x12, 0x0a]) wrap(tag);
  return Buffer.concat(parts.reverse());
}

/** The three readers over one model. */
function readers(span: Span): ((limits?: ReadLimits) => unknown)[] {
  const request = requestOf(span);
  const bytes = encodeTraceRequest(request, protobuf);
  const text = encodeTraceRequest(request, json);
  return [
    (limits) => decodeTraceRequest(bytes, limits),
    (limits) => parseTraceRequest(text, limits),
    (limits) => readTraceRequestObject(request, limits),
  ];
}

describe('Nesting', () => {
  test.each(['arrayValue', 'kvlistValue'] as const)(
    'of 24 levels of %s is taken, of 25 refused',
    (member) => {
      const deepest = spanOf(nested(24, member));
      for (const read of readers(deepest)) expect(() => read()).not.toThrow();
      const request = requestOf(spanOf(nested(25, member)));
      for (const format of [protobuf, json]) {
        expect(() => encodeTraceRequest(request, format)).toThrowWithCode(OtlpError, code('DEPTH'));
      }
      expect(() => canonicalSpan(spanOf(nested(25, member)))).toThrowWithCode(OtlpError, code('DEPTH'));
      expect(() => readTraceRequestObject(request)).toThrowWithCode(OtlpError, code('DEPTH'));
      expect(() => parseTraceRequest(JSON.stringify(request))).toThrowWithCode(OtlpError, code('DEPTH'));
      expect(() => decodeTraceRequest(nestedBytes(25))).toThrowWithCode(OtlpError, code('DEPTH'));
      expect(() => decodeTraceRequest(nestedBytes(24))).not.toThrow();
    },
  );

  test('can be allowed to go deeper, or less deep', () => {
    expect(() => decodeTraceRequest(nestedBytes(300), { maxDepth: 300 })).not.toThrow();
    for (const read of readers(spanOf(nested(3, 'kvlistValue')))) {
      expect(() => read({ maxDepth: 2 })).toThrowWithCode(OtlpError, code('DEPTH'));
      expect(() => read({ maxDepth: 3 })).not.toThrow();
    }
  });

  test('of 100,000 levels is refused, by the writers too', () => {
    const bomb = nestedBytes(100_000);
    expect(() => decodeTraceRequest(bomb, { maxDepth: 512 })).toThrowWithCode(OtlpError, code('DEPTH'));
    const open = '{"arrayValue":{"values":['.repeat(100_000);
    const text = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"k","value":${open}`;
    expect(() => parseTraceRequest(text, { maxDepth: 512 })).toThrowWithCode(OtlpError, code('DEPTH'));
    expect(() => parseTraceRequest('['.repeat(1_000_000))).toThrowWithCode(OtlpError, code('TYPE'));
    expect(() => parseTraceRequest('{"a":'.repeat(1_000_000))).toThrowWithCode(
      OtlpError,
      code('UNKNOWN_FIELD'),
    );
    const value = nested(100_000, 'arrayValue');
    expect(() => canonicalSpan(spanOf(value))).toThrowWithCode(OtlpError, code('DEPTH'));
    expect(() => readTraceRequestObject(requestOf(spanOf(value)))).toThrowWithCode(OtlpError, code('DEPTH'));
  });

  test('without end is refused', () => {
    const circle: AnyValue = { arrayValue: { values: [] } };
    circle.arrayValue?.values?.push(circle);
    for (const format of [protobuf, json]) {
      expect(() => encodeTraceRequest(requestOf(spanOf(circle)), format)).toThrowWithCode(
        OtlpError,
        code('DEPTH'),
      );
    }
  });
});

describe('Size', () => {
  test('of a request in bytes', () => {
    const text = encodeTraceRequest(requestOf({ name: 'é' }), json);
    const bytes = encodeTraceRequest(requestOf({ name: 'é' }), protobuf);
    for (const [read, length] of [
      [(maxBytes: number) => decodeTraceRequest(bytes, { maxBytes }), bytes.length],
      [(maxBytes: number) => parseTraceRequest(text, { maxBytes }), text.length],
      [(maxBytes: number) => parseTraceRequest(Buffer.from(text).toString(), { maxBytes }), text.length],
    ] as const) {
      expect(() => read(length)).not.toThrow();
      expect(() => read(length - 1)).toThrowWithCode(OtlpError, code('SIZE'));
    }
  });

  test('of lists, of spans, and of all lists together', () => {
    const attributes = [{ key: 'a' }, { key: 'b' }, { key: 'c' }];
    const span = { attributes, events: [{ attributes }, {}], links: [{}, {}, {}] };
    for (const read of readers(span)) {
      // One resource, scope and span; 3 attributes, 2 events, 3 attributes of an event, 3 links.
      expect(() => read({ maxListLength: 3, maxSpans: 1, maxElements: 14 })).not.toThrow();
      for (const limits of [{ maxListLength: 2 }, { maxSpans: 0 }, { maxElements: 13 }]) {
        expect(() => read(limits)).toThrowWithCode(OtlpError, code('SIZE'));
      }
    }
  });

  test('of two hundred thousand attributes is refused by default, and read in linear time when allowed', () => {
    const attributes = Array.from({ length: 200_000 }, (_, i) => ({ key: `k${i}`, value: {} }));
    const bytes = encodeTraceRequest(requestOf({ attributes }), protobuf);
    const text = encodeTraceRequest(requestOf({ attributes }), json);
    expect(() => decodeTraceRequest(bytes)).toThrowWithCode(OtlpError, code('SIZE'));
    expect(() => parseTraceRequest(text)).toThrowWithCode(OtlpError, code('SIZE'));
    const limits = { maxListLength: 200_000 };
    expect(spansOf(decodeTraceRequest(bytes, limits))[0]?.attributes).toHaveLength(200_000);
    expect(spansOf(parseTraceRequest(text, limits))[0]?.attributes).toHaveLength(200_000);
    expect(canonicalSpan({ attributes }).length).toBeGreaterThan(1_600_000);
  }, 60_000);

  test('of one text of eight megabytes, of each kind', () => {
    for (const text of [
      'x'.repeat(8_000_000),
      'é'.repeat(4_000_000),
      '"\\\n'.repeat(2_000_000),
      '😀'.repeat(2_000_000),
    ]) {
      for (const read of readers(spanOf({ stringValue: text }))) expect(() => read()).not.toThrow();
    }
  });

  test('grows the output across every length of a length', () => {
    for (const length of [
      0, 1, 47, 48, 126, 127, 128, 129, 16381, 16383, 16384, 16385, 65_500, 2_097_151, 2_097_152,
    ]) {
      for (const unit of ['x', 'é', '\u4e16']) {
        const span = spanOf({ stringValue: unit.repeat(length) });
        const bytes = encodeTraceRequest(requestOf(span), protobuf);
        expect(spansOf(decodeTraceRequest(bytes))).toEqual([span]);
      }
    }
  });
});

describe('Limits out of range are refused', () => {
  test.each([
    { maxBytes: Number.NaN },
    { maxBytes: -1 },
    { maxBytes: 1.5 },
    { maxBytes: Number.POSITIVE_INFINITY },
    { maxDepth: 513 },
    { maxDepth: '24' },
    { maxSpans: true },
    { maxListLength: Number.NaN },
    { maxElements: 2 ** 31 },
    { duplicateKeys: 'ignore' },
    { maxbytes: 1 },
    null,
    5,
  ])('%p', (limits) => {
    const untyped = limits as ReadLimits;
    expect(() => decodeTraceRequest(new Uint8Array(), untyped)).toThrowWithCode(OtlpError, code('OPTION'));
    expect(() => parseTraceRequest('{}', untyped)).toThrowWithCode(OtlpError, code('OPTION'));
    expect(() => readTraceRequestObject({}, untyped)).toThrowWithCode(OtlpError, code('OPTION'));
  });
});
