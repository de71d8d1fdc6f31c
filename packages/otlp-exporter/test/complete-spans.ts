import type { SdkLine } from '@spanseal/test-kit';

/** Spans with a value of every kind in every place that holds values. */
export function makeSpans(
  line: SdkLine,
  tracer: ReturnType<ReturnType<SdkLine['createProvider']>['getTracer']>,
): void {
  const { trace, ROOT_CONTEXT } = line.api;
  for (let index = 0; index < 10; index++) {
    const parent = tracer.startSpan(`GET /orders/${index}`, {
      kind: 1,
      attributes: {
        text: 'ünïcödé \ud800',
        int: index,
        double: 0.5,
        whole: 1e21,
        flag: true,
        list: ['a', 'b'],
        nan: Number.NaN,
      },
      links: [
        {
          context: {
            traceId: '0af7651916cd43dd8448eb211c80319c',
            spanId: 'b7ad6b7169203331',
            traceFlags: 1,
            isRemote: true,
          },
          attributes: { a: 1 },
        },
      ],
    });
    const child = tracer.startSpan(
      'child',
      { attributes: { minusZero: -0, big: 2 ** 62 } },
      trace.setSpan(ROOT_CONTEXT, parent),
    );
    child.recordException(new Error(`failed ${index}`));
    child.addEvent('retry', { attempt: index });
    child.setStatus({ code: 2, message: 'failed \udc00' });
    child.end();
    if (line.nestedValues) {
      const nested: object = {
        map: { deep: [1, 'two', null, { three: 3 }] },
        bytes: new Uint8Array([1, 2, 3]),
        nothing: null,
      };
      for (const [key, value] of Object.entries(nested)) parent.setAttribute(key, value);
    }
    parent.end();
  }
}
