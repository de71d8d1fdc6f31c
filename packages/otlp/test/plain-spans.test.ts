import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalCoreSpan,
  decodeSpan,
  decodeTraceRequest,
  encodeTraceRequest,
  type KeyValue,
  OtlpError,
  PlainSpan,
  type ReadLimits,
  type Span,
  scanTraceRequest,
  sealAttributeKey,
  type TraceRequest,
} from '../src/index.js';
import { requestArbitrary, spanArbitrary } from './model-arbitrary.js';
import { fullRequest, requestOf, spansOf } from './requests.js';

const keep: ReadLimits = { duplicateKeys: 'keep' };
const seal = '1~k-1~bb~bcdfghjklmnpqrstvwxzBCDFGHJ~b~c~d~f~bcd~fgh~jkl';

const leanSpan: Span = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  parentSpanId: '00f067aa0ba902b7',
  traceState: 'a=b',
  name: 'GET /cafés/{id}',
  kind: 3,
  startTimeUnixNano: '1795896771659000000',
  endTimeUnixNano: '1795896771659588709',
  attributes: [
    text('url.path', '/cafés/7'),
    { key: 'http.response.status_code', value: { intValue: '201' } },
    { key: 'delta', value: { intValue: '-3' } },
    text(sealAttributeKey, seal),
    { key: 'ratio', value: { doubleValue: 0.25 } },
    { key: 'cached', value: { boolValue: false } },
    text('empty', ''),
    { key: 'nothing', value: {} },
    text('user_agent.original', 'x'.repeat(300)),
  ],
  droppedAttributesCount: 2,
  status: { code: 2 },
  flags: 257,
};

function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}

function wire(request: TraceRequest): Uint8Array {
  return encodeTraceRequest(request, { format: 'protobuf' });
}

function outcome<T>(read: () => T): T | { code: string; path: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof OtlpError) return { code: error.code, path: error.path };
    throw error;
  }
}

/** How many spans of some bytes are plain, after holding each against the reader. */
function heldAgainstReader(bytes: Uint8Array): number {
  const decoded = outcome(() => decodeTraceRequest(bytes, keep));
  const scanned = outcome(() => scanTraceRequest(bytes, keep));
  if ('code' in decoded || 'code' in scanned) {
    expect(scanned).toEqual(decoded);
    return 0;
  }
  const taken = scanned.resourceSpans.map(({ scopeSpans, ...group }) => ({
    ...group,
    scopeSpans: scopeSpans.map(({ spans, ...scoped }) => ({
      ...scoped,
      spans: spans.map((span) => (span instanceof PlainSpan ? decodeSpan(span.message, keep) : span)),
    })),
  }));
  expect(taken).toEqual(decoded.resourceSpans);
  const spans = spansOf(decoded);
  const plain = scanned.resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap((scoped) => scoped.spans),
  );
  plain.forEach((span, index) => {
    if (span instanceof PlainSpan) expectSame(span, spans[index] as Span);
  });
  return plain.filter((span) => span instanceof PlainSpan).length;
}

function expectSame(plain: PlainSpan, span: Span): void {
  const attributes = span.attributes ?? [];
  const seals = attributes.filter(({ key }) => key === sealAttributeKey);
  const { traceId = '', spanId = '', endTimeUnixNano = 0, flags = 0 } = span;
  const { droppedAttributesCount = 0, droppedEventsCount = 0, droppedLinksCount = 0 } = span;
  const counts = { droppedAttributesCount, droppedEventsCount, droppedLinksCount };
  const { endTimeUnixNano: end, ...parts } = plain.parts;
  expect(BigInt(end)).toBe(BigInt(endTimeUnixNano));
  expect(parts).toEqual({ flags, ...counts });
  expect([plain.traceId, plain.spanId].map((id) => Buffer.from(id).toString('hex'))).toEqual([
    traceId,
    spanId,
  ]);
  expect(seals.length).toBeLessThan(2);
  expect(plain.seal && Buffer.from(plain.seal, 'latin1').toString()).toBe(seals[0]?.value?.stringValue);
  expect(plain.attributes).toBe(attributes.length - seals.length);
  const core = plain.withCore(3, (bytes) => Buffer.from(bytes.subarray(3)));
  expect(core.toString('hex')).toBe(Buffer.from(canonicalCoreSpan(span)).toString('hex'));
}

describe('A span that is read without being taken apart', () => {
  test('is what the reader reads, and has the same core form', () => {
    expect(heldAgainstReader(wire(requestOf(leanSpan)))).toBe(1);
    expect(heldAgainstReader(wire(fullRequest))).toBe(0);
  });

  test('is that of any request whatever is in it', () => {
    fc.assert(
      fc.property(requestArbitrary, (request) => {
        heldAgainstReader(wire(request));
      }),
      { seed: 20261128, numRuns: 400 },
    );
  });

  test('is that of most spans with scalars alone, in whatever order their keys stand', () => {
    const scalar = fc.oneof(
      fc.record({ stringValue: fc.string({ unit: 'binary', maxLength: 80 }) }),
      fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
      fc.record({ doubleValue: fc.double({ noNaN: true }).filter((number) => Number.isFinite(number)) }),
      fc.record({ boolValue: fc.boolean() }),
    );
    const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    const attributes = fc.uniqueArray(fc.record({ key, value: scalar }), {
      selector: (attribute) => attribute.key,
      maxLength: 12,
    });
    let plain = 0;
    fc.assert(
      fc.property(spanArbitrary, attributes, (span, list) => {
        const { events: _events, links: _links, status: _status, kind: _kind, ...rest } = span;
        const { droppedAttributesCount: _a, droppedEventsCount: _b, droppedLinksCount: _c, ...own } = rest;
        plain += heldAgainstReader(wire(requestOf({ ...leanSpan, ...own, attributes: list })));
      }),
      { seed: 20261128, numRuns: 400 },
    );
    expect(plain).toBeGreaterThan(100);
  });

  test('is told from one with any byte changed, and from one cut short anywhere', () => {
    const bytes = wire(requestOf(leanSpan));
    let plain = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      const others = Array.from({ length: 8 }, (_, bit) => byte ^ (1 << bit));
      for (const other of [...others, 0, 0x7f, 0x80, 0xff]) plain += heldAgainstReader(bytes.with(at, other));
      heldAgainstReader(bytes.subarray(0, at));
    }
    expect(plain).toBeGreaterThan(1000);
  });

  test.each<[string, Partial<Span>]>([
    ['an event', { events: [{ name: 'e' }] }],
    ['a link', { links: [{ traceId: leanSpan.traceId ?? '' }] }],
    ['a status with a message', { status: { message: 'm' } }],
    ['a key twice', { attributes: [text('a', 'b'), text('a', 'b')] }],
    ['two seals', { attributes: [text(sealAttributeKey, seal), text(sealAttributeKey, seal)] }],
    ['a seal that is no text', { attributes: [{ key: sealAttributeKey, value: { intValue: '1' } }] }],
    ['a seal without a value', { attributes: [{ key: sealAttributeKey, value: {} }] }],
    ['another attribute of ours', { attributes: [text('spanseal.checkpoint', 'x')] }],
    ['NaN', { attributes: [{ key: 'a', value: { doubleValue: Number.NaN } }] }],
    ['minus zero', { attributes: [{ key: 'a', value: { doubleValue: -0 } }] }],
    ['a list', { attributes: [{ key: 'a', value: { arrayValue: { values: [{ intValue: '1' }] } } }] }],
    ['bytes', { attributes: [{ key: 'a', value: { bytesValue: 'AA==' } }] }],
    ['an id of zeros', { spanId: '0'.repeat(16) }],
    ['more attributes than are sorted by insertion', { attributes: many(129) }],
  ])('is not one with %s', (_, part) => {
    expect(heldAgainstReader(wire(requestOf({ ...leanSpan, ...part })))).toBe(0);
  });

  test('counts for the limits of the reader', () => {
    const request = requestOf({ ...leanSpan, attributes: many(100) });
    for (const limits of [{ maxListLength: 99 }, { maxElements: 102 }] as const) {
      const read = outcome(() => scanTraceRequest(wire(request), limits));
      expect(read).toEqual(outcome(() => decodeTraceRequest(wire(request), limits)));
      expect(read).toMatchObject({ code: 'ERR_SPANSEAL_OTLP_SIZE' });
    }
    expect(outcome(() => scanTraceRequest(wire(request), { maxElements: 103 }))).not.toHaveProperty('code');
  });
});

function many(count: number): KeyValue[] {
  return Array.from({ length: count }, (_, index) => text(`k${index}`, 'v'));
}
