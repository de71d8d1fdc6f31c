import type { Attributes } from '@spanseal/mask';
import { copyTime, idOf, numberOf } from './plain-fields.js';
import type {
  HrTime,
  InstrumentationScope,
  ReadableSpan,
  Resource,
  SpanContext,
  SpanEvent,
  SpanLink,
  SpanStatus,
} from './readable-span.js';

/** What a {@link MaskedSpan} is made of beside ids and times. */
export interface MaskedParts {
  readonly name: string;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly status: SpanStatus;
  readonly droppedAttributesCount: number;
  readonly spanContext: SpanContext;
  readonly parentSpanContext: SpanContext | undefined;
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
}

/**
 * A finished span, copied field by field: no getter and no prototype leads back to the live one. Fields are plain and always
 * the same, because serializers run up to three times slower over a Proxy or an `Object.create` of the span.
 */
export class MaskedSpan implements ReadableSpan {
  readonly name: string;
  readonly kind: number;
  readonly parentSpanContext: SpanContext | undefined;
  readonly parentSpanId: string | undefined;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly ended = true;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly links: readonly SpanLink[];
  readonly events: readonly SpanEvent[];
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
  readonly instrumentationLibrary: InstrumentationScope;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  readonly #spanContext: SpanContext;

  constructor(span: ReadableSpan, parts: MaskedParts) {
    this.name = parts.name;
    this.kind = numberOf(span.kind);
    this.parentSpanContext = parts.parentSpanContext;
    this.parentSpanId = parts.parentSpanContext?.spanId ?? idOf(span.parentSpanId);
    this.startTime = copyTime(span.startTime);
    this.endTime = copyTime(span.endTime);
    this.duration = copyTime(span.duration);
    this.status = parts.status;
    this.attributes = parts.attributes;
    this.links = parts.links;
    this.events = parts.events;
    this.resource = parts.resource;
    this.instrumentationScope = parts.instrumentationScope;
    this.instrumentationLibrary = parts.instrumentationScope;
    this.droppedAttributesCount = parts.droppedAttributesCount;
    this.droppedEventsCount = numberOf(span.droppedEventsCount);
    this.droppedLinksCount = numberOf(span.droppedLinksCount);
    this.#spanContext = parts.spanContext;
  }

  spanContext(): SpanContext {
    return this.#spanContext;
  }
}
