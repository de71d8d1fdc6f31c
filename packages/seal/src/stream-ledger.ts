import type { StreamReport } from './report.js';

/** What became of a sealed span that verified, beside the others of its stream. */
export type LedgerEntry = 'new' | 'duplicate' | 'replay' | 'conflict';

/** The spans of one stream that verified: only a valid MAC gets in, so nobody without the key can write here. */
export class StreamLedger {
  readonly #stream: string;
  readonly #keyId: string;
  /** MAC text and order of arrival, by seq. */
  readonly #seen = new Map<number, { mac: string; arrival: number }>();
  #arrivals = 0;

  constructor(stream: string, keyId: string) {
    this.#stream = stream;
    this.#keyId = keyId;
  }

  /** Takes a verified span in. `window`: how many spans later the same span may still come again as a retry. */
  record(span: { seq: number; mac: string }, window: number): LedgerEntry {
    const arrival = this.#arrivals++;
    const before = this.#seen.get(span.seq);
    if (before === undefined) {
      this.#seen.set(span.seq, { mac: span.mac, arrival });
      return 'new';
    }
    if (before.mac !== span.mac) return 'conflict';
    return arrival - before.arrival > window ? 'replay' : 'duplicate';
  }

  report(): StreamReport {
    const missing = this.#missing();
    return {
      stream: this.#stream,
      keyId: this.#keyId,
      verdict: missing.length > 0 ? 'missing' : 'complete',
      spans: this.#seen.size,
      missing,
    };
  }

  /** The gaps below the highest seq. */
  #missing(): [number, number][] {
    const gaps: [number, number][] = [];
    let next = 0;
    for (const seq of [...this.#seen.keys()].sort((a, b) => a - b)) {
      if (seq > next) gaps.push([next, seq - 1]);
      next = seq + 1;
    }
    return gaps;
  }
}
