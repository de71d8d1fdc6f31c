/** The SDK lines that the tests run against: the oldest 2.x, the newest 2.x, the newest 3.x. */
export type LineName = '2.0' | '2.12' | '3.1';

/** Seconds and nanoseconds, as the SDKs keep times. */
export type LineTime = [number, number];

/** A value for an attribute. Wider than any line accepts, so that a test can try what a line refuses. */
export type LineAttributes = Record<string, unknown>;

/** The W3C trace state, immutable: `set` gives a new one. */
export interface LineTraceState {
  set(key: string, value: string): LineTraceState;
  unset(key: string): LineTraceState;
  get(key: string): string | undefined;
  serialize(): string;
}

/** Identity of a span. */
export interface LineSpanContext {
  traceId: string;
  spanId: string;
  traceFlags: number;
  isRemote?: boolean;
  traceState?: LineTraceState;
}

/** A link, as it is given to and kept by a span. */
export interface LineLink {
  context: LineSpanContext;
  attributes?: LineAttributes;
  droppedAttributesCount?: number;
}

/** An event, as a span keeps it. */
export interface LineEvent {
  name: string;
  time: LineTime;
  attributes?: LineAttributes;
  droppedAttributesCount?: number;
}

/** The resource of a provider. */
export interface LineResource {
  readonly attributes: LineAttributes;
  readonly asyncAttributesPending?: boolean;
  readonly schemaUrl?: string;
  waitForAsyncAttributes?(): Promise<void>;
}

/** What an exporter reads of a span. */
export interface LineReadableSpan {
  name: string;
  kind: number;
  spanContext(): LineSpanContext;
  parentSpanContext?: LineSpanContext;
  startTime: LineTime;
  endTime: LineTime;
  status: { code: number; message?: string };
  attributes: LineAttributes;
  links: LineLink[];
  events: LineEvent[];
  duration: LineTime;
  ended: boolean;
  resource: LineResource;
  instrumentationScope: { name: string; version?: string; schemaUrl?: string; attributes?: LineAttributes };
  droppedAttributesCount: number;
  droppedEventsCount: number;
  droppedLinksCount: number;
}

/** The span that an app writes to. The SDKs' span is this and {@link LineReadableSpan} in one object. */
export interface LineSpan {
  spanContext(): LineSpanContext;
  setAttribute(key: string, value: unknown): LineSpan;
  setAttributes(attributes: LineAttributes): LineSpan;
  addEvent(name: string, attributes?: LineAttributes, time?: LineTime): LineSpan;
  addLink(link: LineLink): LineSpan;
  setStatus(status: { code: number; message?: string }): LineSpan;
  updateName(name: string): LineSpan;
  recordException(exception: Error | string): void;
  isRecording(): boolean;
  end(endTime?: LineTime): void;
}

/** Opaque: only the line's own `api` makes and reads contexts. */
export interface LineContext {
  getValue(key: symbol): unknown;
}

/** What a provider accepts as a processor. Methods, so that a processor with types of its own fits. */
export interface LineSpanProcessor {
  onStart(span: LineSpan & LineReadableSpan, context: LineContext): void;
  onEnding?(span: LineSpan & LineReadableSpan): void;
  onEnd(span: LineReadableSpan): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** What a processor of the SDK accepts as an exporter. */
export interface LineSpanExporter {
  export(spans: LineReadableSpan[], done: (result: { code: number; error?: Error }) => void): void;
  forceFlush?(): Promise<void>;
  shutdown(): Promise<void>;
}

/** How a span is started. */
export interface LineSpanOptions {
  kind?: number;
  attributes?: LineAttributes;
  links?: LineLink[];
  root?: boolean;
  startTime?: LineTime;
}

/** Starts spans. */
export interface LineTracer {
  startSpan(name: string, options?: LineSpanOptions, context?: LineContext): LineSpan & LineReadableSpan;
}

/** A tracer provider with the options of {@link SdkLine.createProvider}. Never registered globally. */
export interface LineProvider {
  getTracer(name: string, version?: string, options?: { schemaUrl?: string }): LineTracer;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Turns spans into the bytes that the line's stock exporters send. */
export interface LineSerializer {
  serializeRequest(spans: LineReadableSpan[]): Uint8Array | undefined;
}

/** What the tests use of the line's own copy of @opentelemetry/api. */
export interface LineApi {
  ROOT_CONTEXT: LineContext;
  SpanKind: { INTERNAL: number; SERVER: number; CLIENT: number; PRODUCER: number; CONSUMER: number };
  SpanStatusCode: { UNSET: number; OK: number; ERROR: number };
  TraceFlags: { NONE: number; SAMPLED: number };
  trace: {
    setSpan(context: LineContext, span: LineSpan): LineContext;
    setSpanContext(context: LineContext, spanContext: LineSpanContext): LineContext;
    getSpan(context: LineContext): LineSpan | undefined;
  };
  createTraceState(raw?: string): LineTraceState;
}

/** One data point of a sum, histogram or gauge. */
export interface LineDataPoint {
  attributes: LineAttributes;
  value: unknown;
}

/** What a metric reader of the line collects. */
export interface LineCollection {
  resourceMetrics: {
    scopeMetrics: {
      metrics: { descriptor: { name: string; unit: string }; dataPoints: LineDataPoint[] }[];
    }[];
  };
  errors: unknown[];
}

/** What the tests use of the line's @opentelemetry/sdk-metrics. A reader is made by extending MetricReader. */
export interface LineMetrics {
  MeterProvider: new (options: { readers: object[] }) => LineMeterProvider;
  MetricReader: new (options?: object) => LineMetricReader;
}

/** The SDK's meter provider. `getMeter` gives what the API calls a Meter. */
export interface LineMeterProvider {
  getMeter(name: string, version?: string): LineMeter;
  shutdown(): Promise<void>;
}

/** As much of a Meter as observable instruments need. */
export interface LineMeter {
  createObservableCounter(name: string, options?: { unit?: string; description?: string }): LineObservable;
  createObservableGauge(name: string, options?: { unit?: string; description?: string }): LineObservable;
}

/** An instrument that is read when it is collected. */
export interface LineObservable {
  addCallback(
    callback: (result: { observe(value: number, attributes?: LineAttributes): void }) => void,
  ): void;
}

/** Collects on demand. */
export interface LineMetricReader {
  collect(): Promise<LineCollection>;
}

/** An OTLP exporter class of the line. */
export type LineExporterClass = new (options?: Record<string, unknown>) => LineSpanExporter;

/** One SDK line behind a face that is the same for all lines. */
export interface SdkLine {
  readonly name: LineName;
  /** Whether attribute values can be maps, mixed arrays, bytes and null. */
  readonly nestedValues: boolean;
  readonly api: LineApi;
  readonly transformer: { ProtobufTraceSerializer: LineSerializer; JsonTraceSerializer: LineSerializer };
  readonly metrics: LineMetrics;
  readonly GrpcExporter: LineExporterClass;
  readonly HttpJsonExporter: LineExporterClass;
  readonly HttpProtobufExporter: LineExporterClass;
  /**
   * A provider that samples everything.
   *
   * @param options.resource attributes; a promise as a value makes it an asynchronous attribute.
   * @param options.spanLimits as the SDK names them, for example `{ attributeValueLengthLimit: 20 }`.
   */
  createProvider(options: {
    spanProcessors: LineSpanProcessor[];
    resource?: LineAttributes;
    spanLimits?: Record<string, number>;
  }): LineProvider;
  /** The SDK's SimpleSpanProcessor. */
  simpleProcessor(exporter: LineSpanExporter): LineSpanProcessor;
  /** The SDK's BatchSpanProcessor; options as the SDK names them, for example `{ maxExportBatchSize: 10 }`. */
  batchProcessor(exporter: LineSpanExporter, options?: Record<string, number>): LineSpanProcessor;
}
