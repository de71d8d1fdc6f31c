import type { ReadableSpan, Resource, SpanContext, SpanStatus } from '@spanseal/span-processor';

/**
 * A span of a light SDK that is not OpenTelemetry's: times are bigints, the resource is its attributes, the parent has another
 * name, and there are no links.
 *
 * @see https://github.com/aws-observability/aws-otel-js-instrumentation, opentelemetry-lite-sdk.ts
 */
interface LightSpan {
  readonly name: string;
  readonly kind: number;
  readonly parent?: SpanContext | undefined;
  readonly startTime: bigint;
  readonly endTime?: bigint | undefined;
  readonly status: SpanStatus;
  readonly attributes: ReadableSpan['attributes'];
  readonly events: readonly LightEvent[];
  readonly resource: Resource['attributes'];
  readonly instrumentationScope: ReadableSpan['instrumentationScope'];
  spanContext(): SpanContext;
}

interface LightEvent {
  readonly name: string;
  readonly timestamp: bigint;
  readonly attributes: ReadableSpan['attributes'];
}

/** Resources are masked once each: there must be one view of each. */
const resources = new WeakMap<object, Resource>();

function isLight(span: object): span is LightSpan {
  return 'startTime' in span && typeof span.startTime === 'bigint';
}

/** A span as the SDKs of OpenTelemetry have it: of those, the span itself. @throws what reading the span throws. */
export function standardSpan(span: ReadableSpan): ReadableSpan {
  const given: object = span;
  if (!isLight(given)) return span;
  const { name, kind, parent, status, attributes, instrumentationScope } = given;
  const time = [0, 0] as const;
  return {
    ...{ name, kind, status, attributes, instrumentationScope },
    parentSpanContext: parent,
    resource: resourceOf(given.resource),
    events: given.events.map((event) => ({ name: event.name, time, attributes: event.attributes })),
    links: [],
    spanContext: () => given.spanContext(),
    ...{ startTime: time, endTime: time, duration: time, ended: given.endTime !== undefined },
    ...{ droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
  };
}

function resourceOf(attributes: Resource['attributes']): Resource {
  const known = resources.get(attributes) ?? { attributes };
  resources.set(attributes, known);
  return known;
}

/** A masked copy in the shape of the span that it is of. */
export function likeSpan(copy: ReadableSpan, span: ReadableSpan): ReadableSpan {
  const given: object = span;
  if (!isLight(given)) return copy;
  const { name, kind, status, attributes, instrumentationScope, parentSpanContext, resource } = copy;
  const { startTime, endTime, events } = given;
  const light: LightSpan = {
    ...{ name, kind, status, attributes, instrumentationScope, startTime, endTime },
    parent: parentSpanContext,
    resource: resource.attributes,
    events: copy.events.map((event, index) => ({
      name: event.name,
      timestamp: events[index]?.timestamp ?? startTime,
      attributes: event.attributes ?? {},
    })),
    spanContext: () => copy.spanContext(),
  };
  // The processor is of the light SDK as well.
  return light as unknown as ReadableSpan;
}
