/**
 * What this package needs of the SDK's types, on the 2.x and 3.x lines alike. No SDK is imported: a class that has
 * these members is one that the SDK takes.
 */

/** Seconds and nanoseconds since the Unix epoch. */
export type HrTime = [number, number];

export interface TraceState {
  serialize(): string;
}

export interface SpanContext {
  traceId: string;
  spanId: string;
  isRemote?: boolean | undefined;
  traceFlags: number;
  traceState?: TraceState | undefined;
}

/** Attributes as they come: attacker-controlled, and not even certain to hold what the types promise. */
export type UncheckedAttributes = { readonly [key: string]: unknown };

export interface TimedEvent {
  time: HrTime;
  name: string;
  attributes?: UncheckedAttributes | undefined;
  droppedAttributesCount?: number | undefined;
}

export interface Link {
  context: SpanContext;
  attributes?: UncheckedAttributes | undefined;
  droppedAttributesCount?: number | undefined;
}

export interface Resource {
  readonly attributes: UncheckedAttributes;
  readonly schemaUrl?: string | undefined;
  readonly asyncAttributesPending?: boolean | undefined;
}

export interface InstrumentationScope {
  readonly name: string;
  readonly version?: string | undefined;
  readonly schemaUrl?: string | undefined;
  readonly attributes?: UncheckedAttributes | undefined;
  readonly droppedAttributesCount?: number | undefined;
}

export interface ReadableSpan {
  readonly name: string;
  readonly kind: number;
  readonly spanContext: () => SpanContext;
  readonly parentSpanContext?: SpanContext | undefined;
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
}

/** Outcome of an export: code 0 is success, 1 is failure. */
export interface ExportResult {
  code: number;
  error?: Error;
}

/** An exporter of either line. Its spans are the SDK's own type, which this package only passes through. */
export interface SpanExporter<Span = unknown> {
  export(spans: Span[], resultCallback: (result: ExportResult) => void): void;
  shutdown(): Promise<void>;
  forceFlush?(): Promise<void>;
}
