import type { ReadableSpan } from '@spanseal/span-processor';
import type { SdkLine } from '@spanseal/test-kit';
import { SpanCollector } from './span-collector.js';
import type { ShapeAttributes } from './span-shape.js';

/** Finished spans with everything that a span can have: a parent, two events, a link, lists, and texts beyond ASCII. */
export function completeSpans(line: SdkLine, pool: readonly ShapeAttributes[]): readonly ReadableSpan[] {
  const collector = new SpanCollector();
  const provider = line.createProvider({
    spanProcessors: [collector],
    resource: { 'service.name': 'bench', 'service.version': '1.2.3' },
  });
  const tracer = provider.getTracer('bench', '1.0.0');
  const { trace, ROOT_CONTEXT, SpanKind } = line.api;
  for (const [index, attributes] of pool.entries()) {
    const root = tracer.startSpan('POST /orders', {}, ROOT_CONTEXT);
    const span = tracer.startSpan(
      `GET /api/v1/orders/${index}`,
      { kind: SpanKind.SERVER, links: [{ context: root.spanContext(), attributes: { index } }] },
      trace.setSpan(ROOT_CONTEXT, root),
    );
    for (const key in attributes) span.setAttribute(key, attributes[key]);
    span.setAttribute('http.request.header.accept', ['text/html', `application/x-${index}`]);
    span.setAttribute('customer.note', `Grüße aus Köln, Nr. ${index} — обед в ${index % 24}:00`);
    span.addEvent('cache.miss', { 'cache.key': `orders-${index}`, 'cache.size': index });
    span.recordException(new Error(`order ${index} not found`));
    span.setStatus({ code: 2, message: `order ${index} not found` });
    span.end();
  }
  return collector.spans;
}
