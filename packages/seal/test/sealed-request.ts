import { randomBytes } from 'node:crypto';
import { encodeTraceRequest, type Resource, type Span, type TraceRequest } from '@spanseal/otlp';
import { createKeyRing, createSpanSealer, type KeyRing, type SpanSealer } from '../src/index.js';

export const secret = `base64:${Buffer.alloc(32, 'spanseal test key ').toString('base64')}`;
export const otherSecret = `hex:${'5a'.repeat(31)}01`;
export const startMillis = Date.UTC(2026, 10, 21, 9, 0, 0);

export function ring(id = 'k-test', realm = 'acme/production'): KeyRing {
  return createKeyRing({ realm, primary: { id, secret } });
}

export function sealer(keyRing: KeyRing = ring()): SpanSealer {
  return createSpanSealer({ keyRing, startMillis, random: randomBytes(12) });
}

export const resource: Resource = {
  attributes: [
    { key: 'service.name', value: { stringValue: 'checkout' } },
    { key: 'service.version', value: { stringValue: '1.2.3' } },
    { key: 'host.name', value: { stringValue: 'web-1' } },
  ],
};

/** A span with something in every field. */
export function sampleSpan(number = 0): Span {
  const nano = BigInt(startMillis) * 1_000_000n + BigInt(number);
  return {
    traceId: (number + 1).toString(16).padStart(32, '0'),
    spanId: (number + 1).toString(16).padStart(16, '0'),
    parentSpanId: '00f067aa0ba902b7',
    traceState: 'vendor=1',
    flags: 0x101,
    name: `GET /orders/${number}`,
    kind: 2,
    startTimeUnixNano: nano.toString(),
    endTimeUnixNano: (nano + 5_000_000n).toString(),
    attributes: [
      { key: 'http.request.method', value: { stringValue: 'GET' } },
      { key: 'http.response.status_code', value: { intValue: '200' } },
      { key: 'ratio', value: { doubleValue: 0.5 } },
      { key: 'cached', value: { boolValue: true } },
      { key: 'tags', value: { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '1' }] } } },
      { key: 'raw', value: { bytesValue: 'AQID' } },
    ],
    droppedAttributesCount: 1,
    events: [
      {
        name: 'exception',
        timeUnixNano: nano.toString(),
        attributes: [{ key: 'exception.type', value: { stringValue: 'E' } }],
      },
      { name: 'retry', timeUnixNano: nano.toString(), droppedAttributesCount: 2 },
    ],
    links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', flags: 0x101 }],
    status: { code: 2, message: 'failed' },
  };
}

/** A request with these spans, each sealed. */
export function sealedRequest(spans: readonly Span[], by: SpanSealer): TraceRequest {
  const scope = { name: 'app', version: '1.0.0' };
  const sealed = spans.map((span) => {
    const seal = by.seal({ span, scope, resource }, startMillis + 1000);
    return {
      ...span,
      attributes: [...(span.attributes ?? []), { key: 'spanseal.seal', value: { stringValue: seal } }],
    };
  });
  return { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: sealed }] }] };
}

export function protobuf(request: TraceRequest): Uint8Array {
  return encodeTraceRequest(request, { format: 'protobuf' });
}
