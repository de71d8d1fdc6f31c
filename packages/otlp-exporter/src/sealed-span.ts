import type {
  HrTime,
  InstrumentationScope,
  Link,
  ReadableSpan,
  Resource,
  SpanContext,
  TimedEvent,
  UncheckedAttributes,
} from './readable-span.js';
import type { SealableSpan } from './sealable-span.js';

/**
 * A span as it leaves: a copy of every member, because the span that came in belongs to its app and to other
 * processors. (Spreading a span loses its accessors; Object.create and Proxy slow the serializer down 1.3 to 3 times.)
 */
export class SealedSpan implements ReadableSpan {
  readonly name: string;
  readonly kind: number;
  readonly spanContext: () => SpanContext;
  readonly parentSpanContext: SpanContext | undefined;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly status: { code: number; message?: string | undefined };
  readonly attributes: UncheckedAttributes;
  readonly links: readonly Link[];
  readonly events: readonly TimedEvent[];
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;

  constructor(span: ReadableSpan, parts: SealableSpan['parts'], attributes: UncheckedAttributes) {
    const context = span.spanContext();
    this.name = parts.name;
    this.kind = span.kind;
    this.spanContext = () => context;
    this.parentSpanContext = span.parentSpanContext;
    this.startTime = span.startTime;
    this.endTime = span.endTime;
    this.status = parts.status;
    this.attributes = attributes;
    this.links = parts.links;
    this.events = parts.events;
    this.duration = span.duration;
    this.ended = span.ended;
    this.resource = parts.resource;
    this.instrumentationScope = parts.instrumentationScope;
    this.droppedAttributesCount = parts.droppedAttributesCount;
    this.droppedEventsCount = span.droppedEventsCount;
    this.droppedLinksCount = span.droppedLinksCount;
  }
}
