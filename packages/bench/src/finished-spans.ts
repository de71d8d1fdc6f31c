import type { ReadableSpan } from '@spanseal/span-processor';
import type { LineReadableSpan, SdkLine } from '@spanseal/test-kit';
import type { ShapeAttributes } from './span-shape.js';

/** Finished spans of a real SDK with these attributes, one for each. */
export function finishedSpans(line: SdkLine, pool: readonly ShapeAttributes[]): readonly ReadableSpan[] {
  const spans: LineReadableSpan[] = [];
  const collector = {
    onStart: () => undefined,
    onEnd: (span: LineReadableSpan) => spans.push(span),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  const tracer = line.createProvider({ spanProcessors: [collector] }).getTracer('bench');
  for (const attributes of pool) {
    const span = tracer.startSpan('GET /api', { kind: line.api.SpanKind.SERVER }, line.api.ROOT_CONTEXT);
    for (const key in attributes) span.setAttribute(key, attributes[key]);
    span.end();
  }
  return spans;
}
