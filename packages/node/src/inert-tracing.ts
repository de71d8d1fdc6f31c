import type { SpanContext } from '@spanseal/span-processor';

const invalidContext: SpanContext = Object.freeze({
  traceId: '0'.repeat(32),
  spanId: '0'.repeat(16),
  traceFlags: 0,
});

/** A span that records nothing and goes nowhere. */
export function inertSpan(context: SpanContext = invalidContext): object {
  const span: { [name: string]: unknown } = {
    spanContext: () => context,
    isRecording: () => false,
    end: () => undefined,
    recordException: () => undefined,
  };
  const chained = [
    'setAttribute',
    'setAttributes',
    'addEvent',
    'addLink',
    'addLinks',
    'setStatus',
    'updateName',
  ];
  for (const name of chained) span[name] = () => span;
  return span;
}

const inertTracer = {
  startSpan: () => inertSpan(),
  startActiveSpan: (...given: unknown[]): unknown => {
    const callback = given.at(-1);
    return typeof callback === 'function' ? callback(inertSpan()) : undefined;
  },
};

/** Takes the place of a provider that cannot be guarded. */
export const inertProvider: object = Object.freeze({ getTracer: () => inertTracer });
