import type { SpanExporter } from '@spanseal/otlp-exporter';
import type { ReadableSpan, SpanProcessor } from '@spanseal/span-processor';

/** Makes what masks. */
export interface Masking {
  /** A processor that hands masked copies to the next one, or, without a next one, masks spans in place. Never throws. */
  processor(next?: SpanProcessor): SpanProcessor & { counters(): { faults: { inPlace: number } } };
}

/** What takes the place of an exporter, and the count of the spans that were on their way to it. */
export interface SealedExporter {
  readonly exporter: SpanExporter;
  readonly ended: { onEnd(span: Pick<ReadableSpan, 'spanContext'>): void };
  /** Told of a span as the SDK made it, from which the names are seen that its exporters read. */
  note(span: ReadableSpan): void;
  /** Shuts the exporter down after a processor, also where the processor itself does not: its streams would have no end. */
  endWith(processor: object): void;
  /** Whether there is a key to seal with. */
  readonly seals: boolean;
}

/** Makes what seals. */
export interface Sealing {
  /** What takes the place of an exporter; the same for the same one. Undefined: it stays. */
  exporter(inner: SpanExporter): SealedExporter | undefined;
}

/** What is done to spans. Both parts are made when the first span or provider needs them, and then kept. */
export interface Protection {
  /** @throws when the masker cannot be loaded: then no span may leave. */
  masking(): Masking;
  /** Undefined: nothing is configured to seal with. */
  sealing(): Sealing | undefined;
}
