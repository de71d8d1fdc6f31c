import type { LineReadableSpan, LineSpanProcessor } from '@spanseal/test-kit';

/** A processor that keeps the spans that end. */
export class SpanCollector implements LineSpanProcessor {
  readonly spans: LineReadableSpan[] = [];

  onStart(): void {
    // A span is kept when it ends.
  }

  onEnd(span: LineReadableSpan): void {
    this.spans.push(span);
  }

  async forceFlush(): Promise<void> {
    // Nothing waits here.
  }

  async shutdown(): Promise<void> {
    // Nothing is open here.
  }
}
