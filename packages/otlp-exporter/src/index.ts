export type { CheckpointSettings } from './checkpoint-settings.js';
export { EndedSpans } from './ended-spans.js';
export { ExporterError, type ExporterErrorCode, type ExporterFault } from './exporter-error.js';
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
export type { KeyUnavailablePolicy, SigningSpanExporterOptions } from './signing-options.js';
export { SigningSpanExporter } from './signing-span-exporter.js';
