/** What a masker has done so far: names and counts, never a value. */
export interface Counters {
  /** Values (attributes and texts) that went through the masker. */
  readonly values: number;
  /** Values that came out changed. */
  readonly masked: number;
  /** Hits by the name of the rule or detector. The record has no prototype. */
  readonly hits: { readonly [rule: string]: number };
  /** Faults inside the masker; the value was blanked. */
  readonly faults: number;
  /** Limits that were reached; what lay past them was masked. */
  readonly limits: number;
}

/** Keeps the counts of one masker. */
export class Tally {
  values = 0;
  masked = 0;
  faults = 0;
  limits = 0;
  readonly #hits = new Map<string, number>();
  /** Rules that hit since it was set, in order; for explanations. */
  trace: string[] | undefined;

  hit(rule: string): void {
    this.trace?.push(rule);
    this.#hits.set(rule, (this.#hits.get(rule) ?? 0) + 1);
  }

  snapshot(): Counters {
    const hits: { [rule: string]: number } = Object.create(null);
    for (const [rule, count] of this.#hits) hits[rule] = count;
    return { values: this.values, masked: this.masked, hits, faults: this.faults, limits: this.limits };
  }
}
