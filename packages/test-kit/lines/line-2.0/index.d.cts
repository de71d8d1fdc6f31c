export type { MeterProvider } from '@opentelemetry/api';
export type { ReadableSpan, Span, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
