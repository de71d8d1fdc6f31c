export { MaskingSpanProcessor } from './masking-span-processor.js';
export type { Meter, MeterProvider, ObservableCounter, ObservableResult } from './meter.js';
export type { MaskingSpanProcessorOptions } from './processor-options.js';
export type {
  HrTime,
  InstrumentationScope,
  ReadableSpan,
  Resource,
  SpanAttributes,
  SpanContext,
  SpanEvent,
  SpanLink,
  SpanStatus,
  TraceState,
} from './readable-span.js';
export type { SpanProcessorCounters } from './span-counters.js';
export type { Context, SpanProcessor } from './span-processor.js';
export type { SpanProcessorFault } from './span-processor-error.js';
export { SpanProcessorError } from './span-processor-error.js';
