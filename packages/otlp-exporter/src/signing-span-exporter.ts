import type { ExportResult, SpanExporter } from './readable-span.js';
import { SealedExports, type SigningCounters } from './sealed-exports.js';
import { checkSigningOptions, type SigningSpanExporterOptions } from './signing-options.js';
import { WrappedExporter } from './wrapped-exporter.js';

/**
 * A SpanExporter that puts a seal on every span, as its attribute `spanseal.seal`, and hands copies to the exporter that
 * it wraps. One instance is one stream, and another one after each rotation of the primary key. It never throws into the SDK
 * and never changes a span that it was given.
 */
export class SigningSpanExporter<Span = unknown> implements SpanExporter<Span> {
  readonly #exports: SealedExports<Span>;

  /**
   * @throws ExporterError `ERR_SPANSEAL_EXPORTER` with every fault at once.
   */
  constructor(inner: SpanExporter<Span>, options: SigningSpanExporterOptions) {
    const checked = checkSigningOptions(inner, options);
    this.#exports = new SealedExports(new WrappedExporter(inner), checked);
  }

  /**
   * Id of the stream that is open, as it stands in seals and reports: after a rotation another one begins with the next export. Undefined
   * while a remote key is not there.
   */
  get stream(): string | undefined {
    return this.#exports.stream;
  }

  counters(): Readonly<SigningCounters> {
    return this.#exports.counters();
  }

  export(spans: Span[], resultCallback: (result: ExportResult) => void): void {
    this.#exports.export(spans, resultCallback);
  }

  /** Waits for the exports in flight, for at most 30 seconds, then flushes the wrapped exporter. */
  forceFlush(): Promise<void> {
    return this.#exports.forceFlush();
  }

  /**
   * Waits for what waits for a key, no longer than `maxBlockMillis`, and for the exports in flight; sends the last checkpoint;
   * shuts the wrapped exporter down; overwrites the keys. Whoever calls it again waits for the same.
   */
  shutdown(): Promise<void> {
    return this.#exports.shutdown();
  }
}
