import { randomBytes } from 'node:crypto';
import { sealAttributeKey } from '@spanseal/otlp';
import { createSpanSealer, type KeyRing, type SpanSealer } from '@spanseal/seal';
import type { CheckpointSettings } from './checkpoint-settings.js';
import { CheckpointSpans, type SentCheckpoints } from './checkpoint-spans.js';
import type { EndedSpans } from './ended-spans.js';
import { checkExporterOptions } from './exporter-options.js';
import type { ExportResult, ReadableSpan, SpanExporter } from './readable-span.js';
import { SealableSpans } from './sealable-span.js';

/** What the SDK's own processors give an export at most. */
const maxFlushMillis = 30_000;

export interface SigningSpanExporterOptions {
  /** The keys of `createKeyRing()` of @spanseal/seal; the primary one seals. */
  keyRing: KeyRing;
  /**
   * Signed statements about the stream, sent as spans of their own, without which nobody can tell that spans were deleted at
   * its end. `false`: none. Default: one for every 256 spans and every 300 seconds, and one at shutdown.
   */
  checkpoints?: false | CheckpointSettings;
  /** The processor that counts the spans that end, to tell at shutdown how many never came here. Default: nobody counts. */
  endedSpans?: Pick<EndedSpans, 'count'>;
}

/** What an exporter did so far. */
export interface SigningCounters {
  /** Spans that left with a seal. */
  sealed: number;
  /** Spans that did not leave: their ids are none, or reading them throws. A receiver would refuse their whole request. */
  refused: number;
  /** Exports that the wrapped exporter failed, or that it threw at. */
  failedExports: number;
  /** Checkpoints that were made. */
  checkpoints: number;
}

/** What left in one export. */
interface Batch {
  /** Seqs of its spans: so many from the first. */
  readonly first: number;
  readonly count: number;
  readonly sent: SentCheckpoints | undefined;
}

/**
 * A SpanExporter that puts a seal on every span, as its attribute `spanseal.seal`, and hands copies to the exporter that
 * it wraps. One instance is one stream. It never throws into the SDK and never changes a span that it was given.
 */
export class SigningSpanExporter<Span = unknown> implements SpanExporter<Span> {
  readonly #inner: SpanExporter<Span>;
  readonly #sealer: SpanSealer;
  readonly #sealables = new SealableSpans();
  readonly #inFlight = new Map<Promise<void>, Batch>();
  readonly #counters: SigningCounters = { sealed: 0, refused: 0, failedExports: 0, checkpoints: 0 };
  readonly #checkpoints: CheckpointSpans | undefined;
  readonly #endedSpans: Pick<EndedSpans, 'count'> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #given = 0;
  #isShutDown = false;

  /**
   * @throws ExporterError `ERR_SPANSEAL_EXPORTER` with every fault at once.
   * @throws SealError `ERR_SPANSEAL_SEALER` for a signer of checkpoints that cannot sign.
   */
  constructor(inner: SpanExporter<Span>, options: SigningSpanExporterOptions) {
    const { keyRing, settings, endedSpans } = checkExporterOptions(inner, options);
    const startMillis = Date.now();
    this.#inner = inner;
    this.#endedSpans = endedSpans;
    this.#sealer = createSpanSealer({
      keyRing,
      startMillis,
      random: randomBytes(12),
      checkpoints: settings !== undefined,
      signers: settings?.signers ?? [],
    });
    if (settings === undefined) return;
    this.#checkpoints = new CheckpointSpans(this.#sealer, settings, startMillis);
    // A stream says in every epoch that it goes on. The timer alone must not keep a process alive.
    this.#timer = setInterval(() => this.#sendCheckpoints(false), settings.everySeconds * 1000).unref();
  }

  /** Id of this exporter's stream, as it stands in seals and reports. */
  get stream(): string {
    return this.#sealer.stream;
  }

  counters(): Readonly<SigningCounters> {
    return { ...this.#counters };
  }

  export(spans: Span[], resultCallback: (result: ExportResult) => void): void {
    const now = Date.now();
    const first = this.#sealer.sealed;
    this.#given += spans.length;
    const sealed = spans.flatMap((span) => this.#seal(span, now));
    const sent = this.#checkpoints?.isDue ? this.#takeCheckpoints(now, false) : undefined;
    this.#send(sealed, { first, count: this.#sealer.sealed - first, sent }, resultCallback);
  }

  #send(spans: readonly Span[], batch: Batch, resultCallback: (result: ExportResult) => void): void {
    const done = this.#track(batch, resultCallback);
    try {
      const checkpoints = (batch.sent?.spans ?? []) as unknown as readonly Span[];
      this.#inner.export([...spans, ...checkpoints], done);
    } catch (error) {
      done({ code: 1, error: error instanceof Error ? error : new Error('the wrapped exporter threw') });
    }
  }

  #takeCheckpoints(nowMillis: number, end: boolean): SentCheckpoints | undefined {
    // Until the end, nobody knows which spans still wait in a queue.
    const waiting = end && this.#endedSpans ? Math.max(0, this.#endedSpans.count - this.#given) : 0;
    const unsealed = this.#counters.refused + waiting;
    const before = this.#sealer.checkpointed;
    try {
      return this.#checkpoints?.take({ nowMillis, unsealed, end });
    } finally {
      this.#counters.checkpoints += this.#sealer.checkpointed - before;
    }
  }

  /** Sends checkpoints without spans; none when no span was sealed yet. */
  #sendCheckpoints(end: boolean): void {
    if (!this.#checkpoints?.isReady) return;
    const sent = this.#takeCheckpoints(Date.now(), end);
    this.#send([], { first: 0, count: 0, sent }, () => undefined);
  }

  /** Waits for the exports in flight, for at most 30 seconds, then flushes the wrapped exporter. */
  async forceFlush(): Promise<void> {
    await this.#settle();
    await this.#inner.forceFlush?.();
  }

  /** Waits for the exports in flight, sends the last checkpoint, and shuts the wrapped exporter down. */
  async shutdown(): Promise<void> {
    if (!this.#isShutDown) {
      this.#isShutDown = true;
      clearInterval(this.#timer);
      await this.#settle();
      for (const { first, count } of this.#inFlight.values())
        this.#checkpoints?.lose({ reason: 'export-failed', first, count });
      this.#sendCheckpoints(true);
      await this.#settle();
    }
    await this.#inner.shutdown();
  }

  async #settle(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, maxFlushMillis);
    });
    await Promise.race([Promise.all(this.#inFlight.keys()), patience]);
    clearTimeout(timer);
  }

  /** The callback for the wrapped exporter: calls the SDK's once, whatever the exporter does. */
  #track(batch: Batch, resultCallback: (result: ExportResult) => void): (result: ExportResult) => void {
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#inFlight.set(settled, batch);
    let called = false;
    return (result) => {
      if (called) return;
      called = true;
      this.#inFlight.delete(settled);
      // An exporter that calls back with nothing has not said that it succeeded.
      const outcome = result ?? { code: 1, error: new Error('the wrapped exporter gave no result') };
      if (outcome.code !== 0) this.#noteFailure(batch);
      settle();
      resultCallback(outcome);
    };
  }

  #noteFailure({ first, count, sent }: Batch): void {
    this.#counters.failedExports += 1;
    this.#checkpoints?.lose({ reason: 'export-failed', first, count });
    if (sent !== undefined) this.#checkpoints?.keep(sent);
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
        this.#checkpoints?.noteResource(span.resource);
        return [{ ...span, attributes } as unknown as Span];
      }
    } catch {
      // A span whose members throw belongs to the app; nothing of it may reach the SDK's error handler.
    }
    this.#counters.refused += 1;
    return [];
  }
}
