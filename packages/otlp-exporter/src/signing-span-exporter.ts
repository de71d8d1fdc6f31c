import { sealAttributeKey } from '@spanseal/otlp';
import type { SpanInRequest, SpanSealer } from '@spanseal/seal';
import { ExporterError } from './exporter-error.js';
import type { ExportResult, ReadableSpan, SpanExporter, UncheckedAttributes } from './readable-span.js';
import { SealableSpans } from './sealable-span.js';
import { SealerSupply } from './sealer-supply.js';
import {
  type CheckedSigningOptions,
  checkSigningOptions,
  type SigningSpanExporterOptions,
} from './signing-options.js';

/** What the SDK's own processors give an export at most. */
const maxFlushMillis = 30_000;

/** What an exporter did so far. */
export interface SigningCounters {
  /** Spans that left with a seal. */
  sealed: number;
  /** Spans that did not leave: their ids are none, or reading them throws. A receiver would refuse their whole request. */
  refused: number;
  /** Exports that the wrapped exporter failed, or that it threw at. */
  failedExports: number;
  /** Spans that did not leave because no key to seal them could be had. */
  dropped: number;
  /** Spans that left without a seal, because no key could be had and `onKeyUnavailable` is `send-unsigned`. */
  unsigned: number;
  /** Calls to the source of a remote key that failed, each with all its retries. */
  keyFailures: number;
}

/**
 * A SpanExporter that puts a seal on every span, as its attribute `spanseal.seal`, and hands copies to the exporter that
 * it wraps. One instance is one stream, and another one after each rotation of the primary key. It never throws into the SDK
 * and never changes a span that it was given.
 */
export class SigningSpanExporter<Span = unknown> implements SpanExporter<Span> {
  readonly #inner: SpanExporter<Span>;
  readonly #options: CheckedSigningOptions;
  readonly #sealers: SealerSupply;
  readonly #sealables = new SealableSpans();
  readonly #inFlight = new Set<Promise<void>>();
  readonly #counters = {
    sealed: 0,
    refused: 0,
    failedExports: 0,
    dropped: 0,
    unsigned: 0,
  };

  /** @throws ExporterError `ERR_SPANSEAL_EXPORTER` with every fault at once. */
  constructor(inner: SpanExporter<Span>, options: SigningSpanExporterOptions) {
    this.#options = checkSigningOptions(inner, options);
    this.#inner = inner;
    this.#sealers = new SealerSupply(this.#options);
  }

  /** Id of this exporter's stream of now, as it stands in seals and reports. Undefined while a remote key is not there. */
  get stream(): string | undefined {
    return this.#sealers.current()?.stream;
  }

  counters(): Readonly<SigningCounters> {
    return { ...this.#counters, keyFailures: this.#sealers.failures };
  }

  export(spans: Span[], resultCallback: (result: ExportResult) => void): void {
    const done = this.#track(resultCallback);
    const sealer = this.#sealers.current();
    if (sealer !== undefined) this.#sendSealed(spans, sealer, done);
    else this.#sealers.wait(spans.length, (opened) => this.#sendSealed(spans, opened, done));
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

  /** Waits for what waits for a key, no longer than `maxBlockMillis`; shuts the wrapped exporter down; overwrites the keys. */
  async shutdown(): Promise<void> {
    await this.#sealers.idle();
    this.#sealers.close();
    await this.#inner.shutdown();
  }

  #sendSealed(spans: Span[], sealer: SpanSealer | undefined, done: (result: ExportResult) => void): void {
    if (sealer !== undefined) {
      const now = Date.now();
      this.#send(done, () => spans.flatMap((span) => this.#seal(span, (item) => sealer.seal(item, now))));
    } else if (this.#options.onKeyUnavailable === 'send-unsigned') {
      this.#send(done, () => spans.flatMap((span) => this.#seal(span)));
    } else {
      this.#counters.dropped += spans.length;
      done({ code: 1, error: noKey(this.#sealers.lastError) });
    }
  }

  #send(done: (result: ExportResult) => void, leaving: () => Span[]): void {
    try {
      this.#inner.export(leaving(), done);
    } catch (error) {
      done({ code: 1, error: error instanceof Error ? error : new Error('the wrapped exporter threw') });
    }
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
  #seal(given: Span, sealOf?: (item: SpanInRequest) => string): Span[] {
    try {
      // The SDK's span type is not known here: this package reads the members that both lines share.
      const sealable = this.#sealables.from(given as unknown as ReadableSpan);
      if (sealable !== undefined) {
        const { item, span } = sealable;
        const seal = sealOf?.(item);
        this.#counters[seal === undefined ? 'unsigned' : 'sealed'] += 1;
        return [{ ...span, attributes: withSeal(span.attributes, seal) } as unknown as Span];
      }
    } catch {
      // A span whose members throw belongs to the app; nothing of it may reach the SDK's error handler.
    }
    this.#counters.refused += 1;
    return [];
  }
}

/** A seal that the app itself set leaves in neither case. */
function withSeal(attributes: UncheckedAttributes, seal: string | undefined): UncheckedAttributes {
  if (seal !== undefined) return { ...attributes, [sealAttributeKey]: seal };
  const { [sealAttributeKey]: _, ...unsealed } = attributes;
  return unsealed;
}

function noKey(reason: Error | undefined): ExporterError {
  const got = reason !== undefined && 'code' in reason ? String(reason.code) : 'none in time';
  const fault = { path: 'keyRing', expected: 'a key to seal with', got };
  return new ExporterError('ERR_SPANSEAL_KEY_UNAVAILABLE', [fault]);
}
