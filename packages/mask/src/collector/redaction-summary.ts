import type { Attributes, AttributeValue } from '../attribute-value.js';
import type { CompiledRedaction } from './compiled-redaction.js';

const OUTCOMES = ['redacted', 'masked', 'allowed', 'ignored'] as const;
/** What became of an attribute: deleted, masked, left because of its value, left because of its key. */
export type Outcome = (typeof OUTCOMES)[number];

/** Keys that the processor writes; an allow-list never takes them away. */
export const summaryKeys: readonly string[] = ['redaction.', 'redaction.body.'].flatMap((prefix) =>
  OUTCOMES.flatMap((outcome) => {
    const count = `${prefix}${outcome}.count`;
    return outcome === 'ignored' ? [count] : [`${prefix}${outcome}.keys`, count];
  }),
);

/** Collects what a pass over a bag of attributes does, for the attributes that tell of it. */
export class RedactionSummary {
  readonly #level: CompiledRedaction['summary'];
  readonly #keys = new Map<Outcome, string[]>();

  constructor(level: CompiledRedaction['summary']) {
    this.#level = level;
  }

  note(outcome: Outcome, key: string): void {
    if (this.#level === 'none') return;
    const keys = this.#keys.get(outcome);
    if (keys === undefined) this.#keys.set(outcome, [key]);
    else keys.push(key);
  }

  /** The attributes that tell of this pass, merged with those of an earlier one among what came out of it. */
  entries(attributes: Attributes): (readonly [string, AttributeValue])[] {
    return OUTCOMES.flatMap((outcome) => {
      const keys = this.#keys.get(outcome) ?? [];
      if (keys.length === 0) return [];
      const count = `redaction.${outcome}.count`;
      const earlier = attributes[count];
      const counted = [count, keys.length + (typeof earlier === 'number' ? earlier : 0)] as const;
      if (this.#level !== 'debug' || outcome === 'ignored') return [counted];
      const list = `redaction.${outcome}.keys`;
      const listed = attributes[list];
      const all = typeof listed === 'string' && listed !== '' ? [...keys, ...listed.split(',')] : keys;
      return [[list, all.sort().join(',')] as const, counted];
    });
  }
}
