import type { AttributeValue } from './attribute-value.js';
import type { Action } from './policy.js';

/** Why a value came out as it did. Holds the masked result, never the value itself. */
export interface Explanation {
  /** What was done: the action of the rule that decided, `redact-match` for detectors, `keep` when nothing hit. */
  readonly action: Action;
  /** The rule or detector that decided, or undefined when none did. */
  readonly rule: string | undefined;
  /** Every rule and detector that hit, in order. */
  readonly rules: readonly string[];
  /** A sentence. */
  readonly reason: string;
  /** The masked value; undefined when the attribute is dropped. */
  readonly result: AttributeValue | undefined;
}
