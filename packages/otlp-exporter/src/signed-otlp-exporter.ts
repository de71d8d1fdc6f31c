import { type OtlpCounters, OtlpOutlet } from './otlp-outlet.js';
import { readOtlpSettings, type SignedOtlpExporterOptions } from './otlp-settings.js';
import type { ExportResult, SpanExporter } from './readable-span.js';
import { SealedExports, type SigningCounters } from './sealed-exports.js';

/**
 * A SpanExporter that seals spans and sends them itself, over OTLP: gRPC, HTTP with protobuf, or HTTP with JSON. Each span is
 * written once, for its seal and for the request; each request has a MAC of its own, in its header `spanseal-batch`. Without a key
 * it sends spans unsealed. It never throws into the SDK and never changes a span that it was given.
 */
export class SignedOtlpExporter<Span = unknown> implements SpanExporter<Span> {
  readonly #outlet: OtlpOutlet<Span>;
  readonly #exports: SealedExports<Span>;

  /**
   * @throws ExporterError `ERR_SPANSEAL_EXPORTER` with every fault at once: of options, of variables, of files of TLS. An endpoint
   * on another host without TLS is one.
   */
  constructor(options: SignedOtlpExporterOptions = {}) {
    const settings = readOtlpSettings(options, process.env);
    this.#outlet = new OtlpOutlet(settings);
    this.#exports = new SealedExports(this.#outlet, settings.sealing);
  }

  /**
   * Id of the stream that is open: after a rotation another one begins with the next export. Undefined without a key, and while a
   * remote one is not there.
   */
  get stream(): string | undefined {
    return this.#exports.stream;
  }

  /** Whether it has a key to seal with, or waits for one. Without it, spans that a SigningSpanExporter hands on keep their seals. */
  get seals(): boolean {
    return this.#exports.seals;
  }

  counters(): Readonly<SigningCounters & OtlpCounters> {
    return { ...this.#exports.counters(), ...this.#outlet.counters() };
  }

  export(spans: Span[], resultCallback: (result: ExportResult) => void): void {
    this.#exports.export(spans, resultCallback);
  }

  /** Waits for the exports in flight, for at most 30 seconds. */
  forceFlush(): Promise<void> {
    return this.#exports.forceFlush();
  }

  /**
   * Waits for what waits for a key, no longer than `maxBlockMillis`, and for the exports in flight; sends the last checkpoint;
   * closes the connections; overwrites the keys. Whoever calls it again waits for the same.
   */
  shutdown(): Promise<void> {
    return this.#exports.shutdown();
  }
}
