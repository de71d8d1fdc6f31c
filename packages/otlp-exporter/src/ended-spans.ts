import type { ReadableSpan } from './readable-span.js';

const sampledFlag = 1;

/**
 * A SpanProcessor that counts the sampled spans that end. Registered beside the batch processor, it lets the exporter say in
 * its last checkpoint how many of them never reached it: a batch processor drops what its queue has no room for.
 */
export class EndedSpans {
  #count = 0;

  /** Sampled spans that ended so far. */
  get count(): number {
    return this.#count;
  }

  onStart(): void {
    // Nothing is known of a span before it ends.
  }

  onEnd(span: Pick<ReadableSpan, 'spanContext'>): void {
    try {
      if ((span.spanContext().traceFlags & sampledFlag) !== 0) this.#count += 1;
    } catch {
      // A span whose members throw belongs to the app.
    }
  }

  async forceFlush(): Promise<void> {
    // Nothing waits here.
  }

  async shutdown(): Promise<void> {
    // Nothing is open here.
  }
}
