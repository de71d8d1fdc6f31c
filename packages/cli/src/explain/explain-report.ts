import type { Action, AttributeValue } from '@spanseal/mask';

/** What `spanseal explain --format json` prints. The value itself is never in it. */
export interface ExplainReport {
  /** Absent for free text. */
  readonly key?: string;
  /** What was done: the action of the rule that decided, `redact-match` for detectors, `keep` when nothing hit. */
  readonly action: Action;
  /** The rule or detector that decided; absent when none did. */
  readonly rule?: string;
  /** A sentence. */
  readonly reason: string;
  /** Every rule and detector that hit, in order, each once. */
  readonly rules: readonly ExplainedRule[];
  readonly changed: boolean;
  /** True when a rule takes the attribute away. */
  readonly dropped: boolean;
  /** The masked value; absent when it came out as it went in, or not at all. */
  readonly result?: AttributeValue;
  /** What came close: rules that would have hit but for something, and what is suspicious all the same. */
  readonly nearMisses: readonly NearMiss[];
}

export interface ExplainedRule {
  readonly rule: string;
  /** Where it comes from: `preset default`, `keys[2]`, `values[0]`, `define.ours`. */
  readonly origin: string;
}

export interface NearMiss {
  readonly kind: 'keep-list' | 'allow' | 'preset' | 'value' | 'scan';
  /** A sentence. */
  readonly message: string;
}
