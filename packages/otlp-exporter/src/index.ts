export type { CheckpointSettings } from './checkpoint-settings.js';
export { EndedSpans } from './ended-spans.js';
export type { OtlpProtocol } from './endpoint.js';
export { ExporterError, type ExporterErrorCode, type ExporterFault } from './exporter-error.js';
export type { ExporterMeter, ExporterMeterProvider } from './exporter-metrics.js';
export type { HeaderSource, Headers } from './header-list.js';
export type { OtlpCounters } from './otlp-outlet.js';
export type { Compression, PartialSuccess, SignedOtlpExporterOptions } from './otlp-settings.js';
export type { Pace } from './pace.js';
export type {
  ExportResult,
  HrTime,
  InstrumentationScope,
  Link,
  ReadableSpan,
  Resource,
  SpanContext,
  SpanExporter,
  TimedEvent,
  TraceState,
  UncheckedAttributes,
} from './readable-span.js';
export type { SigningCounters } from './sealed-exports.js';
export { serializeSpans } from './serialize-spans.js';
export { SignedOtlpExporter } from './signed-otlp-exporter.js';
export type { KeyUnavailablePolicy, SigningSpanExporterOptions } from './signing-options.js';
export { SigningSpanExporter } from './signing-span-exporter.js';
export { spanToSeal } from './span-to-seal.js';
export type { TlsOptions } from './tls-settings.js';
