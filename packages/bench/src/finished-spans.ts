import type { ReadableSpan } from '@spanseal/span-processor';
import type { SdkLine } from '@spanseal/test-kit';
import { SpanCollector } from './span-collector.js';
import type { ShapeAttributes } from './span-shape.js';

/** Finished spans of a real SDK with these attributes, one for each. */
export function finishedSpans(line: SdkLine, pool: readonly ShapeAttributes[]): readonly ReadableSpan[] {
  const collector = new SpanCollector();
  const tracer = line.createProvider({ spanProcessors: [collector] }).getTracer('bench');
  for (const attributes of pool) {
    const span = tracer.startSpan('GET /api', { kind: line.api.SpanKind.SERVER }, line.api.ROOT_CONTEXT);
    for (const key in attributes) span.setAttribute(key, attributes[key]);
    span.end();
  }
  return collector.spans;
}
