/**
 * Attributes as an app wrote them. SDK 3 types their values as unknown, and in the 2.x lines nothing but a type stands
 * between the app and the live object. Attacker-controlled.
 */
export type SpanAttributes = { readonly [key: string]: unknown };

/** Seconds and nanoseconds. */
export type HrTime = readonly [seconds: number, nanoseconds: number];

/** The W3C trace state. Attacker-controlled: it arrives in a header. */
export interface TraceState {
  get(key: string): string | undefined;
  set(key: string, value: string): TraceState;
  unset(key: string): TraceState;
  serialize(): string;
}

/** Identity of a span. It is shared: children and outgoing headers are made from the same object. */
export interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
  readonly isRemote?: boolean | undefined;
  readonly traceState?: TraceState | undefined;
}

/** How a span ended. Codes: 0 unset, 1 OK, 2 error. */
export interface SpanStatus {
  readonly code: number;
  readonly message?: string | undefined;
}

/** Something that happened while a span ran. */
export interface SpanEvent {
  readonly name: string;
  readonly time: HrTime;
  readonly attributes?: SpanAttributes | undefined;
  readonly droppedAttributesCount?: number | undefined;
}

/** A reference to another span. */
export interface SpanLink {
  readonly context: SpanContext;
  readonly attributes?: SpanAttributes | undefined;
  readonly droppedAttributesCount?: number | undefined;
}

/** What a process says about itself. Attributes can arrive late. */
export interface Resource {
  readonly attributes: SpanAttributes;
  readonly asyncAttributesPending?: boolean | undefined;
  readonly schemaUrl?: string | undefined;
  waitForAsyncAttributes?(): Promise<void>;
}

/** Who made a span. */
export interface InstrumentationScope {
  readonly name: string;
  readonly version?: string | undefined;
  readonly schemaUrl?: string | undefined;
  readonly attributes?: SpanAttributes | undefined;
  readonly droppedAttributesCount?: number | undefined;
}

/**
 * A span as a processor's `onEnd` gets it: the part of the SDKs' own ReadableSpan that all lines have, and what 1.x named
 * otherwise. A span of the 2.x and 3.x lines is one of these.
 */
export interface ReadableSpan {
  readonly name: string;
  readonly kind: number;
  readonly spanContext: () => SpanContext;
  readonly parentSpanContext?: SpanContext | undefined;
  /** SDK 1.x. */
  readonly parentSpanId?: string | undefined;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly status: SpanStatus;
  readonly attributes: SpanAttributes;
  readonly links: readonly SpanLink[];
  readonly events: readonly SpanEvent[];
  readonly resource: Resource;
  readonly instrumentationScope: InstrumentationScope;
  /** SDK 1.x. */
  readonly instrumentationLibrary?: InstrumentationScope | undefined;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
}
