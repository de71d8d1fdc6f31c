import type { LineReadableSpan, LineSpanExporter, SdkLine } from '@spanseal/test-kit';

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Done = (result: { code: number }) => void;

/** Attempts of one export, and how many exports run at one time: as the stock exporters do it. */
const mostAttempts = 3;
const mostInFlight = 30;
/** Ticks after which an exporter gives an attempt up; what it sent can still arrive. */
const timeoutTicks = 12;
const longestDelay = 25;

/**
 * A stock exporter and the network behind it, in a time of their own: requests are lost, delayed, overtaken and doubled,
 * answers are lost, exports are tried again, time out, or are refused because too many run.
 */
export class ChaoticNetwork implements LineSpanExporter {
  /** What reached the receiver, in the order of arrival: the bytes of each request. */
  readonly arrived: { readonly bytes: Uint8Array; readonly spanIds: readonly string[] }[] = [];
  /** From now on everything arrives, and is answered. */
  isCalm = false;
  mostAtOnce = 0;
  readonly #line: SdkLine;
  readonly #chance: () => number;
  #events: { readonly at: number; readonly act: () => void }[] = [];
  #now = 0;
  #inFlight = 0;

  constructor(line: SdkLine, chance: () => number) {
    this.#line = line;
    this.#chance = chance;
  }

  export(spans: LineReadableSpan[], done: Done): void {
    if (this.#inFlight >= mostInFlight) {
      done({ code: 1 });
      return;
    }
    this.#inFlight += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#inFlight);
    const bytes = this.#line.transformer.ProtobufTraceSerializer.serializeRequest(spans) ?? new Uint8Array();
    const spanIds = spans
      .filter(({ name }) => name !== 'spanseal.checkpoint')
      .map((span) => span.spanContext().spanId);
    let isOver = false;
    this.#attempt(
      1,
      () => this.arrived.push({ bytes, spanIds }),
      (code) => {
        if (isOver) return;
        isOver = true;
        this.#inFlight -= 1;
        done({ code });
      },
    );
  }

  async shutdown(): Promise<void> {}

  /** Lets so many ticks pass; without a number, all that is left to happen. */
  pass(ticks = Number.POSITIVE_INFINITY): void {
    const until = this.#now + ticks;
    for (;;) {
      const next = this.#events.reduce((first, each) => (each.at < first.at ? each : first), never);
      if (next === never || next.at > until) break;
      this.#events = this.#events.filter((each) => each !== next);
      this.#now = next.at;
      next.act();
    }
    if (Number.isFinite(until)) this.#now = until;
  }

  #attempt(number: number, arrive: () => void, finish: (code: number) => void): void {
    const draw = this.isCalm ? 0 : this.#chance();
    const again = (): void => {
      if (number < mostAttempts) this.#attempt(number + 1, arrive, finish);
      else finish(1);
    };
    if (draw >= 0.8) {
      // Refused, or the connection broke before anything was sent.
      this.#later(longestDelay, again);
      return;
    }
    const isLost = draw >= 0.65;
    const isAnswered = draw < 0.4;
    let isAnsweredInTime = false;
    if (!isLost) {
      this.#later(longestDelay, () => {
        arrive();
        if (!isAnswered) return;
        isAnsweredInTime = true;
        finish(0);
      });
      if (!this.isCalm && this.#chance() < 0.15) this.#later(longestDelay, arrive);
    }
    this.#events.push({
      at: this.#now + (this.isCalm ? 2 * longestDelay : timeoutTicks),
      act: () => isAnsweredInTime || again(),
    });
  }

  #later(most: number, act: () => void): void {
    this.#events.push({ at: this.#now + this.#chance() * most, act });
  }
}

const never = { at: Number.POSITIVE_INFINITY, act: (): void => undefined };
