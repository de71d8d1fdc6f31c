import { randomBytes } from 'node:crypto';
import { sealAttributeKey } from '@spanseal/otlp';
import { createSpanSealer, isKeyRing, type KeyRing, type SpanSealer } from '@spanseal/seal';
import { ExporterError, type ExporterFault } from './exporter-error.js';
import type { ExportResult, ReadableSpan, SpanExporter } from './readable-span.js';
import { SealableSpans } from './sealable-span.js';

/** What the SDK's own processors give an export at most. */
const maxFlushMillis = 30_000;

export interface SigningSpanExporterOptions {
  /** The keys of `createKeyRing()` of @spanseal/seal; the primary one seals. */
  keyRing: KeyRing;
}

/** What an exporter did so far. */
export interface SigningCounters {
  /** Spans that left with a seal. */
  sealed: number;
  /** Spans that did not leave: their ids are none, or reading them throws. A receiver would refuse their whole request. */
  refused: number;
  /** Exports that the wrapped exporter failed, or that it threw at. */
  failedExports: number;
}

/**
 * A SpanExporter that puts a seal on every span, as its attribute `spanseal.seal`, and hands copies to the exporter that
 * it wraps. One instance is one stream. It never throws into the SDK and never changes a span that it was given.
 */
export class SigningSpanExporter<Span = unknown> implements SpanExporter<Span> {
  readonly #inner: SpanExporter<Span>;
  readonly #sealer: SpanSealer;
  readonly #sealables = new SealableSpans();
  readonly #inFlight = new Set<Promise<void>>();
  readonly #counters: SigningCounters = { sealed: 0, refused: 0, failedExports: 0 };

  /** @throws ExporterError `ERR_SPANSEAL_EXPORTER` with every fault at once. */
  constructor(inner: SpanExporter<Span>, options: SigningSpanExporterOptions) {
    refuseFaults(inner, options);
    this.#inner = inner;
    this.#sealer = createSpanSealer({
      keyRing: options.keyRing,
      startMillis: Date.now(),
      random: randomBytes(12),
    });
  }

  /** Id of this exporter's stream, as it stands in seals and reports. */
  get stream(): string {
    return this.#sealer.stream;
  }

  counters(): Readonly<SigningCounters> {
    return { ...this.#counters };
  }

  export(spans: Span[], resultCallback: (result: ExportResult) => void): void {
    const done = this.#track(resultCallback);
    try {
      const now = Date.now();
      this.#inner.export(
        spans.flatMap((span) => this.#seal(span, now)),
        done,
      );
    } catch (error) {
      done({ code: 1, error: error instanceof Error ? error : new Error('the wrapped exporter threw') });
    }
  }

  /** Waits for the exports in flight, for at most 30 seconds, then flushes the wrapped exporter. */
  async forceFlush(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, maxFlushMillis);
    });
    await Promise.race([Promise.all(this.#inFlight), patience]);
    clearTimeout(timer);
    await this.#inner.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    await this.#inner.shutdown();
  }

  /** The callback for the wrapped exporter: calls the SDK's once, whatever the exporter does. */
  #track(resultCallback: (result: ExportResult) => void): (result: ExportResult) => void {
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#inFlight.add(settled);
    let called = false;
    return (result) => {
      if (called) return;
      called = true;
      this.#inFlight.delete(settled);
      // An exporter that calls back with nothing has not said that it succeeded.
      const outcome = result ?? { code: 1, error: new Error('the wrapped exporter gave no result') };
      if (outcome.code !== 0) this.#counters.failedExports += 1;
      settle();
      resultCallback(outcome);
    };
  }

  /** The span as it leaves; nothing when it cannot be sealed: one such span must not take its batch with it. */
  #seal(given: Span, nowMillis: number): Span[] {
    try {
      // The SDK's span type is not known here: this package reads the members that both lines share.
      const sealable = this.#sealables.from(given as unknown as ReadableSpan);
      if (sealable !== undefined) {
        const { item, span } = sealable;
        const attributes = { ...span.attributes, [sealAttributeKey]: this.#sealer.seal(item, nowMillis) };
        this.#counters.sealed += 1;
        return [{ ...span, attributes } as unknown as Span];
      }
    } catch {
      // A span whose members throw belongs to the app; nothing of it may reach the SDK's error handler.
    }
    this.#counters.refused += 1;
    return [];
  }
}

function refuseFaults(inner: unknown, options: unknown): void {
  const faults: ExporterFault[] = [];
  if (!isExporter(inner)) {
    faults.push({
      path: 'inner',
      expected: 'a SpanExporter with export() and shutdown()',
      got: kindOf(inner),
    });
  }
  const given: Readonly<Record<string, unknown>> =
    typeof options === 'object' && options !== null ? { ...options } : {};
  for (const name of Object.keys(given)) {
    if (name !== 'keyRing')
      faults.push({ path: `options.${name}`, expected: 'only keyRing', got: 'an unknown option' });
  }
  if (!isKeyRing(given['keyRing'])) {
    faults.push({
      path: 'options.keyRing',
      expected: 'a key ring of createKeyRing() of @spanseal/seal',
      got: kindOf(given['keyRing']),
    });
  }
  if (faults.length > 0) throw new ExporterError(faults);
}

function isExporter(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'export' in value &&
    typeof value.export === 'function' &&
    'shutdown' in value &&
    typeof value.shutdown === 'function'
  );
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : typeof value;
}
