/** The part of a span that a text or a bag of attributes stands in. */
export type SpanField =
  | 'span.name'
  | 'span.attributes'
  | 'span.trace_state'
  | 'status.message'
  | 'event.name'
  | 'event.attributes'
  | 'link.attributes'
  | 'link.trace_state'
  | 'resource.attributes'
  | 'scope.name'
  | 'scope.version'
  | 'scope.attributes';

/** What a masker has done so far: names and counts, never a value. The records have no prototype. */
export interface Counters {
  /** Values (attributes and texts) that went through the masker. */
  readonly values: number;
  /** Values that came out changed. */
  readonly masked: number;
  /** Hits by the name of the rule or detector. */
  readonly hits: { readonly [rule: string]: number };
  /** The same hits by the field that the caller named, then by rule; `other` where none was named. */
  readonly hitsByField: { readonly [field: string]: { readonly [rule: string]: number } };
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
  /** What is being masked. */
  field: SpanField | 'other' = 'other';
  readonly #hits = new Map<SpanField | 'other', Map<string, number>>();
  /** Rules that hit since it was set, in order; for explanations. */
  trace: string[] | undefined;

  hit(rule: string): void {
    this.trace?.push(rule);
    let hits = this.#hits.get(this.field);
    if (hits === undefined) {
      hits = new Map();
      this.#hits.set(this.field, hits);
    }
    hits.set(rule, (hits.get(rule) ?? 0) + 1);
  }

  snapshot(): Counters {
    const hits: { [rule: string]: number } = Object.create(null);
    const hitsByField: { [field: string]: { [rule: string]: number } } = Object.create(null);
    for (const [field, counts] of this.#hits) {
      const inField: { [rule: string]: number } = Object.create(null);
      for (const [rule, count] of counts) {
        inField[rule] = count;
        hits[rule] = (hits[rule] ?? 0) + count;
      }
      hitsByField[field] = inField;
    }
    const { values, masked, faults, limits } = this;
    return { values, masked, hits, hitsByField, faults, limits };
  }
}
