import type { SpanSealer } from '@spanseal/seal';
import type { ExportResult, ReadableSpan, Resource } from './readable-span.js';

/** Seals the spans of one export. */
export interface Sealing {
  readonly sealer: SpanSealer;
  /** The time of sealing, in milliseconds since the Unix epoch. */
  readonly nowMillis: number;
}

/** How an export ended. */
export interface SendResult extends ExportResult {
  /** It succeeded, and the receiver said that it refused some of its spans. Which ones, it did not say. */
  readonly isPartial?: boolean;
}

/** What leaves in one export. */
export interface OutgoingBatch<Span> {
  /** Whether the spans that it takes are sealed. */
  readonly isSealed: boolean;
  /** Whether it is as large as it should be: the next span is for another batch. */
  readonly isFull: boolean;
  /**
   * Takes one more span.
   *
   * @returns the resource that it leaves with; undefined when it cannot leave, since its ids are none.
   * @throws whatever a getter of the span throws: the span does not leave then.
   */
  add(span: Span): Resource | undefined;
  /** Takes a span of the exporter's own, which is not sealed. */
  addOwn(span: ReadableSpan): void;
  /** Sends it. Calls back once or more often, at once or later; the first time counts. May throw. */
  send(done: (result: SendResult | undefined) => void): void;
}

/** Where spans leave. */
export interface SpanOutlet<Span> {
  batch(sealing: Sealing | undefined): OutgoingBatch<Span>;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}
