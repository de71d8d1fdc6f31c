import type { ReadableSpan, SpanAttributes, SpanEvent } from '@spanseal/span-processor';

interface CapturedValue {
  readonly stringValue?: string;
  readonly intValue?: string | number;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
}

interface CapturedAttribute {
  readonly key: string;
  readonly value: CapturedValue;
}

interface CapturedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly CapturedAttribute[];
  readonly flags?: number;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly events?: readonly {
    readonly timeUnixNano: string;
    readonly name: string;
    readonly attributes?: readonly CapturedAttribute[];
  }[];
}

/** An OTLP request in JSON, as far as the vectors of this package go. */
interface CapturedRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly CapturedAttribute[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version?: string };
      readonly spans: readonly CapturedSpan[];
    }[];
  }[];
}

/** The spans of an OTLP request as a processor gets them from the SDK. */
export function readCapturedSpans(json: string): readonly ReadableSpan[] {
  // The file is one of this package's own vectors.
  const request = JSON.parse(json) as CapturedRequest;
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const origin = { attributes: attributesOf(resource.attributes) };
    return scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => readableSpan(span, { resource: origin, instrumentationScope: scope })),
    );
  });
}

/** A copy that a processor may write to; texts are shared, as they are in the copies of other languages. */
export function copySpan(span: ReadableSpan): ReadableSpan {
  return {
    ...span,
    attributes: { ...span.attributes },
    events: span.events.map((event) => ({ ...event, attributes: { ...event.attributes } })),
  };
}

function readableSpan(
  span: CapturedSpan,
  origin: Pick<ReadableSpan, 'resource' | 'instrumentationScope'>,
): ReadableSpan {
  const { traceId, parentSpanId } = span;
  const traceFlags = (span.flags ?? 0) & 0xff;
  const context = { traceId, spanId: span.spanId, traceFlags };
  const parent = parentSpanId === undefined ? undefined : { traceId, spanId: parentSpanId, traceFlags };
  return {
    name: span.name,
    // OTLP counts kinds from 1, the SDK from 0.
    kind: span.kind - 1,
    spanContext: () => context,
    parentSpanContext: parent,
    startTime: timeOf(span.startTimeUnixNano),
    endTime: timeOf(span.endTimeUnixNano),
    duration: timeOf(`${BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)}`),
    ended: true,
    status: { code: span.status.code ?? 0, message: span.status.message },
    attributes: attributesOf(span.attributes),
    links: [],
    events: (span.events ?? []).map(
      ({ timeUnixNano, name, attributes = [] }): SpanEvent => ({
        name,
        time: timeOf(timeUnixNano),
        attributes: attributesOf(attributes),
      }),
    ),
    ...origin,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function timeOf(nanoseconds: string): [number, number] {
  const time = BigInt(nanoseconds);
  return [Number(time / 1_000_000_000n), Number(time % 1_000_000_000n)];
}

function attributesOf(attributes: readonly CapturedAttribute[]): SpanAttributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, attributeValue(value)]));
}

function attributeValue({
  stringValue,
  intValue,
  doubleValue,
  boolValue,
}: CapturedValue): string | number | boolean {
  const value = stringValue ?? doubleValue ?? boolValue ?? Number(intValue);
  if (typeof value === 'number' && Number.isNaN(value)) throw new TypeError('a value of an unknown type');
  return value;
}
