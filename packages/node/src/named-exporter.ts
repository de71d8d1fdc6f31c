import type { ExportResult, ReadableSpan, SpanExporter } from '@spanseal/otlp-exporter';

/** A span as far as it tells of the line that it is of. */
interface LineSpan {
  readonly instrumentationScope?: unknown;
}

/** Gives spans the names that exporters of SDK 1.x read, once a span of that line was seen: sealed spans have those of 2.x. */
export class NamedExporter implements SpanExporter {
  readonly #inner: SpanExporter;
  #isOld = false;

  constructor(inner: SpanExporter) {
    this.#inner = inner;
  }

  note(span: LineSpan): void {
    try {
      this.#isOld ||= span.instrumentationScope === undefined;
    } catch {
      // A span whose members throw belongs to the app.
    }
  }

  export(spans: unknown[], resultCallback: (result: ExportResult) => void): void {
    // What comes here is what the SigningSpanExporter made.
    const named = this.#isOld ? spans.map((span) => withOldNames(span as ReadableSpan)) : spans;
    this.#inner.export(named, resultCallback);
  }

  async forceFlush(): Promise<void> {
    await this.#inner.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    await this.#inner.shutdown();
  }
}

function withOldNames(span: ReadableSpan): unknown {
  const { instrumentationScope: instrumentationLibrary, parentSpanContext } = span;
  return { ...span, instrumentationLibrary, parentSpanId: parentSpanContext?.spanId };
}
