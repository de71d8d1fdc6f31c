import { MaskingSpanProcessor, type ReadableSpan } from '@spanseal/span-processor';

/** A masking processor whose next one only keeps the last span. */
export interface LastSpan {
  readonly processor: MaskingSpanProcessor;
  readonly last: () => ReadableSpan | undefined;
}

export function keepLastSpan(): LastSpan {
  let kept: ReadableSpan | undefined;
  const processor = new MaskingSpanProcessor({
    onStart: () => undefined,
    onEnd: (span) => {
      kept = span;
    },
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  });
  return { processor, last: () => kept };
}
