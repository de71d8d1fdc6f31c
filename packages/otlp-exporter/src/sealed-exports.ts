import { callApp, type SpanSealer } from '@spanseal/seal';
import { CheckpointSpans, type SentCheckpoints } from './checkpoint-spans.js';
import { warn } from './diagnostics.js';
import { ExporterError } from './exporter-error.js';
import { JoinedResult } from './joined-result.js';
import { isDoneWithin, waitFor } from './patience.js';
import type { ExportResult } from './readable-span.js';
import { SealerSupply } from './sealer-supply.js';
import type { CheckedSigningOptions } from './signing-options.js';
import type { OutgoingBatch, SendResult, SpanOutlet } from './span-outlet.js';
import { suppressTracing } from './suppress-tracing.js';

/** What the SDK's own processors give an export at most. */
const maxFlushMillis = 30_000;
/** How often the last checkpoints are sent again at shutdown, when they do not arrive. */
const lateAttempts = 3;

/** What an exporter did so far. */
export interface SigningCounters {
  /** Spans that left with a seal. */
  sealed: number;
  /** Spans that did not leave: their ids are none, or reading them throws. A receiver would refuse their whole request. */
  refused: number;
  /** Exports that the wrapped exporter failed, or that it threw at; of one that leaves in several requests, each that failed. */
  failedExports: number;
  /** Spans that did not leave because no key to seal them could be had, or because the exporter was shut down. */
  dropped: number;
  /** Spans that left without a seal, because no key could be had and `onKeyUnavailable` is `send-unsigned`. */
  unsigned: number;
  /** Calls to the source of a remote key that failed, each with all its retries. */
  keyFailures: number;
  /** Checkpoints that were made. */
  checkpoints: number;
}

type ResultCallback = (result: ExportResult) => void;
type TrackedCallback = (result: SendResult | undefined) => void;

/** What left in one export. */
interface Batch {
  /** Of the stream of its spans; undefined without checkpoints, and for spans without seals. */
  readonly anchor?: CheckpointSpans | undefined;
  /** Seqs of its spans: so many from the first. */
  readonly first: number;
  readonly count: number;
  readonly sent?: SentCheckpoints | undefined;
  /** It waits for its key, and leaves in others then. */
  readonly isWaiting?: boolean;
}

const unsealedBatch: Batch = { first: 0, count: 0 };

/**
 * Seals spans as they are exported, and sends them through an outlet. Keeps what a stream needs to say of them: which may not
 * have arrived, and its checkpoints. It never throws into the SDK.
 */
export class SealedExports<Span> {
  readonly #outlet: SpanOutlet<Span>;
  readonly #options: CheckedSigningOptions | undefined;
  /** Undefined: nothing is sealed. */
  readonly #sealers: SealerSupply | undefined;
  readonly #inFlight = new Map<Promise<void>, Batch>();
  /** Of those, the ones that checkpoints wait for: an exporter that never answers must not make each export slower. */
  readonly #awaited = new Set<Batch>();
  readonly #anchors = new WeakMap<SpanSealer, CheckpointSpans>();
  /** Of streams that have ended, until their last checkpoints have arrived. */
  readonly #ended = new Set<CheckpointSpans>();
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #counters = {
    ...{ sealed: 0, refused: 0, failedExports: 0, dropped: 0, unsigned: 0, checkpoints: 0 },
  };
  #given = 0;
  /** Spans that were never sealed and that a stream that has ended has told of. */
  #told = 0;
  #isShutDown = false;
  /** Nothing leaves any more. Until then another processor of the same exporter may hand over what it has left. */
  #isClosed = false;
  #closed: Promise<void> | undefined;

  /**
   * @param options undefined: spans leave without seals.
   * @throws SealError `ERR_SPANSEAL_SEALER` for a signer of checkpoints that cannot sign.
   */
  constructor(outlet: SpanOutlet<Span>, options: CheckedSigningOptions | undefined) {
    this.#outlet = outlet;
    this.#options = options;
    if (options === undefined) return;
    this.#sealers = new SealerSupply(options, (sealer) => this.#end(sealer));
    const { checkpoints } = options;
    if (checkpoints === undefined) return;
    // A stream says in every epoch that it goes on. The timer alone must not keep a process alive.
    this.#timer = setInterval(() => this.#goOn(), checkpoints.everySeconds * 1000).unref();
  }

  /** Id of the stream that is open, as it stands in seals and reports. Undefined while a remote key is not there. */
  get stream(): string | undefined {
    return this.#sealers?.stream;
  }

  /** Whether there is a key, or one is awaited. */
  get seals(): boolean {
    return this.#sealers !== undefined;
  }

  counters(): Readonly<SigningCounters> {
    return { ...this.#counters, keyFailures: this.#sealers?.failures ?? 0 };
  }

  export(spans: Span[], resultCallback: ResultCallback): void {
    this.#given += spans.length;
    if (this.#isClosed) {
      this.#counters.dropped += spans.length;
      tell(resultCallback, { code: 1, error: shutDown() });
      return;
    }
    if (spans.length === 0) {
      tell(resultCallback, { code: 0 });
      return;
    }
    const sealer = this.#sealers?.current();
    if (sealer !== undefined) {
      this.#sendSealed(spans, sealer, resultCallback);
      return;
    }
    if (this.#sealers === undefined) {
      this.#sendUnsealed(spans, resultCallback);
      return;
    }
    const done = this.#track({ ...unsealedBatch, isWaiting: true }, resultCallback);
    this.#sealers.wait(spans.length, (opened) => this.#sendWhenOpened(spans, opened, done));
  }

  /** Waits for the exports in flight, for at most 30 seconds, then flushes the outlet, for as long again. */
  async forceFlush(): Promise<void> {
    await this.#settle(Date.now() + maxFlushMillis);
    await waitFor(this.#outlet.forceFlush(), maxFlushMillis);
  }

  /**
   * Waits for what waits for a key, no longer than `maxBlockMillis`, and for the exports in flight; sends the last checkpoint;
   * shuts the outlet down; overwrites the keys.
   */
  async shutdown(): Promise<void> {
    // Who calls it again waits for the same: an outlet is shut down once.
    this.#closed ??= this.#close();
    await this.#closed;
  }

  async #close(): Promise<void> {
    this.#isShutDown = true;
    clearInterval(this.#timer);
    await this.#sealers?.idle();
    const deadline = Date.now() + maxFlushMillis;
    await this.#settle(deadline);
    this.#isClosed = true;
    this.#sealers?.close();
    await this.#settle(deadline);
    for (let attempt = 0; attempt < lateAttempts && this.#sendLate(); attempt += 1)
      await this.#settle(deadline);
    await waitFor(this.#outlet.shutdown(), maxFlushMillis);
  }

  #sendWhenOpened(spans: Span[], sealer: SpanSealer | undefined, done: TrackedCallback): void {
    if (sealer !== undefined) this.#sendSealed(spans, sealer, done);
    else if (this.#options?.onKeyUnavailable === 'send-unsigned') this.#sendUnsealed(spans, done);
    else {
      this.#counters.dropped += spans.length;
      done({ code: 1, error: noKey(this.#sealers?.lastError) });
    }
  }

  #sendUnsealed(spans: Span[], done: ResultCallback): void {
    const parts = new JoinedResult(done);
    let rest: readonly Span[] = spans;
    do {
      const batch = this.#outlet.batch(undefined);
      rest = this.#fill(batch, rest);
      this.#send(batch, undefined, this.#track(unsealedBatch, parts.of(rest.length === 0)));
    } while (rest.length > 0);
  }

  #sendSealed(spans: Span[], sealer: SpanSealer, resultCallback: ResultCallback): void {
    const nowMillis = Date.now();
    const anchor = this.#anchorOf(sealer);
    // Before these spans are sealed: checkpoints travel with others as well, and must not be about spans that may not arrive.
    const isDue = anchor?.isDue(this.#firstOnTheWay(anchor)) ?? false;
    const sent = anchor && isDue ? this.#takeCheckpoints(anchor, nowMillis, false) : undefined;
    const parts = new JoinedResult(resultCallback);
    let rest: readonly Span[] = spans;
    do {
      const first = sealer.sealed;
      const batch = this.#outlet.batch({ sealer, nowMillis });
      rest = this.#fill(batch, rest, anchor);
      const isLast = rest.length === 0;
      const own = isLast ? sent : undefined;
      const tracked = { anchor, first, count: sealer.sealed - first, sent: own };
      this.#send(batch, own, this.#track(tracked, parts.of(isLast)));
    } while (rest.length > 0);
  }

  /** Takes spans until it has enough of them, and gives back the others. One that cannot leave must not take its batch with it. */
  #fill(batch: OutgoingBatch<Span>, spans: readonly Span[], anchor?: CheckpointSpans): readonly Span[] {
    let taken = 0;
    while (taken < spans.length && !batch.isFull) {
      this.#add(batch, spans[taken] as Span, anchor);
      taken += 1;
    }
    return spans.slice(taken);
  }

  #add(batch: OutgoingBatch<Span>, span: Span, anchor: CheckpointSpans | undefined): void {
    try {
      const resource = batch.add(span);
      if (resource !== undefined) {
        this.#counters[batch.isSealed ? 'sealed' : 'unsigned'] += 1;
        anchor?.noteResource(resource);
        return;
      }
    } catch {
      // A span whose members throw belongs to the app; nothing of it may reach the SDK's error handler.
    }
    this.#counters.refused += 1;
  }

  #send(batch: OutgoingBatch<Span>, own: SentCheckpoints | undefined, done: TrackedCallback): void {
    try {
      // A resource of the app's is read once more for them, and can throw now: the spans are declared lost then.
      for (const span of own?.spans ?? []) batch.addOwn(span);
      suppressTracing(() => batch.send(done));
    } catch (error) {
      done({ code: 1, error: error instanceof Error ? error : new Error('the wrapped exporter threw') });
    }
  }

  #anchorOf(sealer: SpanSealer): CheckpointSpans | undefined {
    const checkpoints = this.#options?.checkpoints;
    if (checkpoints === undefined) return undefined;
    const known = this.#anchors.get(sealer) ?? new CheckpointSpans(sealer, checkpoints, Date.now());
    this.#anchors.set(sealer, known);
    return known;
  }

  #takeCheckpoints(anchor: CheckpointSpans, nowMillis: number, end: boolean): SentCheckpoints {
    const { refused, dropped, unsigned } = this.#counters;
    const endedSpans = this.#options?.endedSpans;
    // Until the end, nobody knows which spans still wait in a queue.
    const waiting = this.#isShutDown && endedSpans ? Math.max(0, endedSpans.count - this.#given) : 0;
    const untold = refused + dropped + unsigned + waiting;
    const before = this.#firstOnTheWay(anchor);
    const sent = anchor.take({ nowMillis, unsealed: untold - this.#told, before, end });
    this.#counters.checkpoints += sent.made;
    if (end) this.#told = untold;
    return sent;
  }

  /** Sends checkpoints without spans; none when no span was sealed yet. */
  #sendCheckpoints(anchor: CheckpointSpans, sealer: SpanSealer, end: boolean): void {
    if (!anchor.isReady) return;
    this.#sendOwn(anchor, this.#takeCheckpoints(anchor, Date.now(), end), sealer);
  }

  #goOn(): void {
    this.#sendLate();
    const sealer = this.#sealers?.current();
    const anchor = sealer && this.#anchorOf(sealer);
    if (sealer && anchor) this.#sendCheckpoints(anchor, sealer, false);
  }

  /**
   * The first seq of a stream that is on its way. It may be lost with the process: a checkpoint that was about it and arrived would
   * leave it missing, and undeclared. Where too many spans wait for it, its export is declared lost.
   */
  #firstOnTheWay(anchor: CheckpointSpans): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const batch of this.#awaited) {
      if (batch.anchor !== anchor) continue;
      if (anchor.isFull) this.#declareLost(batch);
      else earliest = Math.min(earliest, batch.first);
    }
    return earliest;
  }

  /** The last checkpoint of a stream. What is in flight may arrive and may not: nothing can be said of it later. */
  #end(sealer: SpanSealer): void {
    const anchor = this.#anchors.get(sealer);
    if (anchor === undefined) return;
    for (const batch of this.#awaited) if (batch.anchor === anchor) this.#declareLost(batch);
    this.#ended.add(anchor);
    this.#sendCheckpoints(anchor, sealer, true);
    if (!anchor.isLate) this.#ended.delete(anchor);
  }

  #arrived(anchor: CheckpointSpans | undefined, sent: SentCheckpoints): void {
    if (anchor === undefined) return;
    anchor.arrived(sent);
    if (!anchor.isLate) this.#ended.delete(anchor);
  }

  /** Sends again what did not arrive of streams that have ended. Says whether there was anything. */
  #sendLate(): boolean {
    const carrying = new Set([...this.#inFlight.values()].map(({ anchor, sent }) => sent && anchor));
    const late = [...this.#ended].filter((anchor) => anchor.isLate && !carrying.has(anchor));
    for (const anchor of late) this.#sendOwn(anchor, anchor.takeLate(Date.now()));
    return late.length > 0;
  }

  /** @param sealer of a stream that has not ended: the request is signed, whatever is in it. */
  #sendOwn(anchor: CheckpointSpans, sent: SentCheckpoints, sealer?: SpanSealer): void {
    const done = this.#track({ ...unsealedBatch, anchor, sent }, () => undefined);
    const batch = this.#outlet.batch(sealer && { sealer, nowMillis: Date.now() });
    this.#send(batch, sent, done);
  }

  async #settle(deadline: number): Promise<void> {
    await isDoneWithin(Promise.all(this.#inFlight.keys()), deadline - Date.now());
  }

  /** The callback for the outlet: calls the SDK's once, whatever the outlet does. */
  #track(batch: Batch, resultCallback: ResultCallback): TrackedCallback {
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#inFlight.set(settled, batch);
    if (batch.count > 0) this.#awaited.add(batch);
    let called = false;
    const tracked: TrackedCallback = (result) => {
      if (called) return;
      called = true;
      this.#inFlight.delete(settled);
      // An exporter that calls back with nothing has not said that it succeeded.
      const outcome = result ?? { code: 1, error: new Error('the wrapped exporter gave no result') };
      if (outcome.code !== 0 && !batch.isWaiting) this.#counters.failedExports += 1;
      if (outcome.code !== 0 || outcome.isPartial) this.#declareLost(batch);
      else if (batch.sent !== undefined) this.#arrived(batch.anchor, batch.sent);
      this.#awaited.delete(batch);
      settle();
      tell(resultCallback, outcome);
    };
    return tracked;
  }

  /** Stops waiting for this batch and declares its spans lost; a settled batch is left alone. */
  #declareLost(batch: Batch): void {
    if (!this.#awaited.delete(batch)) return;
    const { anchor, first, count } = batch;
    anchor?.lose({ reason: 'export-failed', first, count });
  }
}

/** The SDK's own callback, which can throw: on a timer, or as the answer of a source comes, that would end the process. */
function tell(done: ResultCallback, result: SendResult): void {
  callApp(
    () => done(result),
    () => warn('the callback of an export threw'),
  );
}

function shutDown(): ExporterError {
  const fault = { path: 'export', expected: 'an exporter that is open', got: 'one that is shut down' };
  return new ExporterError('ERR_SPANSEAL_EXPORT', [fault]);
}

function noKey(reason: Error | undefined): ExporterError {
  const got = reason !== undefined && 'code' in reason ? String(reason.code) : 'none in time';
  const fault = { path: 'keyRing', expected: 'a key to seal with', got };
  return new ExporterError('ERR_SPANSEAL_KEY_UNAVAILABLE', [fault]);
}
