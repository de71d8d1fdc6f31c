import { type KeyValue, type Resource, type Span, sealAttributeKey } from '@spanseal/otlp';
import { createSpanSealer, type SpanInRequest, type SpanSealer } from '@spanseal/seal';
import { type KeyRingInput, keyRingOf, plainRing } from './key-ring-input.js';

/** 2026-11-21T09:00:00Z: when the streams of the vectors begin. */
export const startMillis: number = Date.UTC(2026, 10, 21, 9);
export const epochMillis = 300_000;
const nanosPerMilli = 1_000_000n;

export function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}

export const scope: NonNullable<SpanInRequest['scope']> = { name: 'app', version: '1.0.0' };

export const resource: Resource = {
  attributes: [
    text('service.name', 'checkout'),
    text('service.version', '1.2.3'),
    text('host.name', 'web-1'),
  ],
};

/** A span of the vectors with something in every section, that ends so many milliseconds after the start of the streams. */
export function plainSpan(place = 0, endsAfterMillis = 1_000): Span {
  const end = BigInt(startMillis + endsAfterMillis) * nanosPerMilli;
  return {
    traceId: `5b8efff798038103d269b633${(place + 1).toString(16).padStart(8, '0')}`,
    spanId: (place + 1).toString(16).padStart(16, 'e'),
    parentSpanId: 'eee19b7ec3c1b173',
    flags: 0x101,
    name: `GET /orders/${place}`,
    kind: 2,
    startTimeUnixNano: `${end - 5n * nanosPerMilli}`,
    endTimeUnixNano: `${end}`,
    attributes: [
      text('http.request.method', 'GET'),
      { key: 'http.response.status_code', value: { intValue: '200' } },
    ],
    events: [
      { name: 'retry', timeUnixNano: `${end - 2n * nanosPerMilli}`, droppedAttributesCount: 2 },
      {
        name: 'exception',
        timeUnixNano: `${end - nanosPerMilli}`,
        attributes: [text('exception.type', 'E')],
      },
    ],
    links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', flags: 0x101 }],
    status: { code: 2, message: 'failed' },
  };
}

export const plainItem: SpanInRequest = { span: plainSpan(), scope, resource };

export interface StreamGiven {
  readonly ring?: KeyRingInput;
  /** Tells the streams of one case apart: the 12 random bytes of the stream id. */
  readonly stream?: number;
  readonly startMillis?: number;
  readonly checkpoints?: boolean;
}

/** A sealer whose stream is the same in every run. Two of them with the same numbers make two histories of one stream. */
export function sealerOf(given: StreamGiven = {}): SpanSealer {
  return createSpanSealer({
    keyRing: keyRingOf(given.ring ?? plainRing),
    startMillis: given.startMillis ?? startMillis,
    random: new Uint8Array(12).fill(given.stream ?? 1),
    checkpoints: given.checkpoints ?? false,
  });
}

/** The item with the seal among its attributes. */
export function sealedBy(
  sealer: SpanSealer,
  item: SpanInRequest,
  nowMillis: number = startMillis + 1_000,
): SpanInRequest {
  return withSeal(item, sealer.seal(item, nowMillis));
}

export function withSeal(item: SpanInRequest, seal: string): SpanInRequest {
  return withSpan(item, {
    attributes: [...withoutSeal(item.span.attributes ?? []), text(sealAttributeKey, seal)],
  });
}

/** The item with other fields of the span. */
export function withSpan(item: SpanInRequest, fields: Partial<Span>): SpanInRequest {
  return { ...item, span: { ...item.span, ...fields } };
}

/** The item with attributes more than it was sealed with. */
export function withAdded(item: SpanInRequest): SpanInRequest {
  return withSpan(item, { attributes: [text('added', 'x'), ...(item.span.attributes ?? [])] });
}

function withoutSeal(attributes: readonly KeyValue[]): KeyValue[] {
  return attributes.filter(({ key }) => key !== sealAttributeKey);
}
