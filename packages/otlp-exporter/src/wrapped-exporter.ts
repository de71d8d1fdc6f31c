import type { ReadableSpan, Resource, SpanExporter } from './readable-span.js';
import { SealableSpans } from './sealable-span.js';
import { sealedCopy } from './sealed-copy.js';
import type { OutgoingBatch, Sealing, SendResult, SpanOutlet } from './span-outlet.js';

/** Spans leave through another exporter, as copies that have their seal as an attribute. */
export class WrappedExporter<Span> implements SpanOutlet<Span> {
  readonly #inner: SpanExporter<Span>;
  readonly #sealables = new SealableSpans();

  constructor(inner: SpanExporter<Span>) {
    this.#inner = inner;
  }

  batch(sealing: Sealing | undefined): OutgoingBatch<Span> {
    return new CopiedSpans(this.#inner, this.#sealables, sealing);
  }

  async forceFlush(): Promise<void> {
    await this.#inner.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    await this.#inner.shutdown();
  }
}

class CopiedSpans<Span> implements OutgoingBatch<Span> {
  readonly #inner: SpanExporter<Span>;
  readonly #sealables: SealableSpans;
  readonly #sealing: Sealing | undefined;
  readonly #copies: Span[] = [];

  constructor(inner: SpanExporter<Span>, sealables: SealableSpans, sealing: Sealing | undefined) {
    this.#inner = inner;
    this.#sealables = sealables;
    this.#sealing = sealing;
  }

  /** How large a request may be, is the wrapped exporter's business. */
  get isFull(): boolean {
    return false;
  }

  get isSealed(): boolean {
    return this.#sealing !== undefined;
  }

  add(given: Span): Resource | undefined {
    // The SDK's span type is not known here: this package reads the members that both lines share.
    const sealable = this.#sealables.from(given as unknown as ReadableSpan);
    if (sealable === undefined) return undefined;
    const seal = this.#sealing?.sealer.seal(sealable.item, this.#sealing.nowMillis);
    this.#copies.push(sealedCopy(sealable, seal) as unknown as Span);
    return sealable.resource;
  }

  addOwn(span: ReadableSpan): void {
    this.#copies.push(span as unknown as Span);
  }

  send(done: (result: SendResult | undefined) => void): void {
    this.#inner.export(this.#copies, done);
  }
}
