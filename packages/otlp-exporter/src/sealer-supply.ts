import { randomBytes } from 'node:crypto';
import {
  callApp,
  checkSealerOptions,
  createSpanSealer,
  openSpanSealer,
  type SpanSealer,
  signsRemotely,
} from '@spanseal/seal';
import type { CheckedSigningOptions } from './signing-options.js';

/** Before the source is called again after a failure, in milliseconds; each further wait is twice as long. */
const firstRetryMillis = 1000;
const maxRetryMillis = 60_000;
/** A clock that was set back by more than this was wrong before, in milliseconds: two epochs. */
const maxSetBackMillis = 600_000;

/** Takes the sealer that was waited for, or undefined: no key came. */
type SealerCallback = (sealer: SpanSealer | undefined) => void;

interface Waiting {
  readonly spans: number;
  readonly take: SealerCallback;
  readonly patience: NodeJS.Timeout;
  readonly settled: Promise<void>;
}

/**
 * The sealer of an exporter: the one of now, and the next one after a rotation. With a remote key a stream opens once its
 * source answered; until then exports wait here, in order, no more than the options allow.
 */
export class SealerSupply {
  readonly #options: CheckedSigningOptions;
  readonly #retire: (sealer: SpanSealer) => void;
  readonly #waiting = new Set<Waiting>();
  #sealer: SpanSealer | undefined;
  #opening = false;
  #failures = 0;
  #lastError: Error | undefined;
  #retryAtMillis = 0;
  #backoffMillis = firstRetryMillis;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  /** The latest time at which the stream of now was asked for. */
  #latestMillis = 0;

  /** @param retire is called with each sealer before its stream ends: it can still sign then. */
  constructor(options: CheckedSigningOptions, retire: (sealer: SpanSealer) => void) {
    this.#options = options;
    this.#retire = retire;
    // What is wrong with the options must not wait for the answer of a source.
    checkSealerOptions(this.#stream());
    // A call to the source is under way before the first span ends.
    if (this.current() === undefined) this.#open();
  }

  /** Calls to the source that failed. */
  get failures(): number {
    return this.#failures;
  }

  /** Why the last call to the source failed. */
  get lastError(): Error | undefined {
    return this.#lastError;
  }

  /** Id of the stream that is open. Nothing begins or ends for the question. */
  get stream(): string | undefined {
    return this.#sealer?.stream;
  }

  /** The sealer of now. Undefined while no key is there: then `wait()` for it. */
  current(): SpanSealer | undefined {
    const isSetBack = this.#isSetBack(Date.now());
    if (this.#sealer?.isCurrent && !isSetBack) return this.#sealer;
    this.#endStream();
    this.#sealer =
      signsRemotely(this.#options.keyRing) || this.#closed ? undefined : createSpanSealer(this.#stream());
    return this.#sealer;
  }

  /**
   * A stream does not go back to an epoch that has passed: where the clock was far ahead, all that it says would be of the future,
   * and a replay for receivers, until that time comes. So another one begins.
   */
  #isSetBack(nowMillis: number): boolean {
    const isSetBack = nowMillis < this.#latestMillis - maxSetBackMillis;
    this.#latestMillis = isSetBack ? nowMillis : Math.max(this.#latestMillis, nowMillis);
    // Nor is a source left alone until then.
    if (isSetBack) this.#retryAtMillis = 0;
    return isSetBack;
  }

  /** Calls back once, maybe at once. */
  wait(spans: number, take: SealerCallback): void {
    const { onKeyUnavailable, maxBlockedSpans, maxBlockMillis } = this.#options;
    const isFailing = !this.#opening && Date.now() < this.#retryAtMillis;
    const waitingSpans = [...this.#waiting].reduce((sum, waiting) => sum + waiting.spans, spans);
    if (this.#closed || waitingSpans > maxBlockedSpans || (isFailing && onKeyUnavailable !== 'block')) {
      take(undefined);
      return;
    }
    // Not unref'd: the process must not end in the middle of an export.
    const patience = setTimeout(() => this.#settle(waiting, undefined), maxBlockMillis);
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const waiting: Waiting = {
      spans,
      patience,
      settled,
      take(sealer) {
        settle();
        take(sealer);
      },
    };
    this.#waiting.add(waiting);
    this.#openInTime();
  }

  /** Settles once nothing waits for a key any more. */
  async idle(): Promise<void> {
    while (this.#waiting.size > 0) {
      await Promise.all([...this.#waiting].map(({ settled }) => settled));
    }
  }

  /** Lets go of the stream and its keys. What still waits gets no sealer. */
  close(): void {
    this.#closed = true;
    this.#settleAll(undefined);
    this.#endStream();
  }

  #endStream(): void {
    const ending = this.#sealer;
    // First: what the last checkpoint asks for is not the stream that ends.
    this.#sealer = undefined;
    if (ending === undefined) return;
    this.#retire(ending);
    ending.close();
  }

  #stream(): Parameters<typeof createSpanSealer>[0] {
    const { keyRing, checkpoints } = this.#options;
    return {
      ...{ keyRing, startMillis: Date.now(), random: randomBytes(12) },
      ...{ checkpoints: checkpoints !== undefined, signers: checkpoints?.signers ?? [] },
    };
  }

  #openInTime(): void {
    if (this.#opening || this.#retry !== undefined) return;
    const millis = this.#retryAtMillis - Date.now();
    if (millis <= 0) {
      this.#open();
      return;
    }
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#open();
    }, millis);
  }

  #open(): void {
    this.#opening = true;
    const opened = (sealer: SpanSealer): void => {
      this.#opening = false;
      this.#retryAtMillis = 0;
      this.#backoffMillis = firstRetryMillis;
      if (this.#closed) sealer.close();
      else this.#sealer = sealer;
      this.#settleAll(this.#sealer);
    };
    const failed = (error: unknown): void => {
      this.#opening = false;
      this.#fail(error instanceof Error ? error : new Error('the source of the key failed'));
    };
    openSpanSealer(this.#stream()).then(opened, failed);
  }

  #fail(error: Error): void {
    this.#failures += 1;
    this.#lastError = error;
    this.#retryAtMillis = Date.now() + this.#backoffMillis;
    this.#backoffMillis = Math.min(this.#backoffMillis * 2, maxRetryMillis);
    if (this.#options.onKeyUnavailable !== 'block') this.#settleAll(undefined);
    callApp(() => this.#options.onKeyError(error));
    if (this.#waiting.size > 0) this.#openInTime();
  }

  #settleAll(sealer: SpanSealer | undefined): void {
    for (const waiting of [...this.#waiting]) this.#settle(waiting, sealer);
  }

  #settle(waiting: Waiting, sealer: SpanSealer | undefined): void {
    clearTimeout(waiting.patience);
    this.#waiting.delete(waiting);
    if (this.#waiting.size === 0) {
      clearTimeout(this.#retry);
      this.#retry = undefined;
    }
    waiting.take(sealer);
  }
}
