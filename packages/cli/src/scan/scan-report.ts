import type { PolicyAddition } from './policy-addition.js';
import type { FieldName } from './span-field.js';
import type { SuspicionKind } from './suspicion.js';

/** What `spanseal scan --format json` prints. Holds names, counts and shapes; never a value. */
export interface ScanReport {
  /** `leaks` when `leaks` has an element, or `moreLeaks` is not 0. */
  readonly result: 'clean' | 'leaks';
  readonly files: number;
  readonly requests: number;
  readonly spans: number;
  /** Texts and attributes that were looked at. */
  readonly values: number;
  readonly masked: MaskedCounts;
  /** What still looks secret, the most frequent first. */
  readonly leaks: readonly Leak[];
  /** Values of further leaks, which found no room in the list. */
  readonly moreLeaks: number;
  /** What looks secret and an allow rule or a `keep` rule of the policy exempts. Does not change the result. */
  readonly exempted: readonly ExemptedLeak[];
  /** All proposals together, in the form of a policy. Absent without leaks. */
  readonly addition?: PolicyAddition;
  /** Faults inside the masker, which blanked a value. */
  readonly faults: number;
  /** Limits that were reached: by the masker, which masks what is past them, and by the search, which does not look there. */
  readonly limits: number;
}

/** What the policy masks. */
export interface MaskedCounts {
  /** Values that come out changed, or not at all. */
  readonly values: number;
  /** Values by the rule that hit; several rules can hit one value. */
  readonly rules: readonly { readonly rule: string; readonly values: number }[];
  readonly fields: readonly FieldCounts[];
  readonly services: readonly ServiceCounts[];
  /** Spans of sensitive services, which are masked whole, and spans below them. */
  readonly sensitiveSpans: readonly {
    readonly service: string;
    readonly preset: string;
    readonly rule: string;
    readonly spans: number;
  }[];
}

/** One field, or one key of it, all services together. Fields in which nothing is masked and nothing leaks are left out. */
export interface FieldCounts {
  readonly field: FieldName;
  readonly key?: string;
  readonly values: number;
  readonly masked: number;
}

/** One `service.name`. */
export interface ServiceCounts {
  readonly service: string;
  readonly spans: number;
  readonly values: number;
  readonly masked: number;
  readonly leaks: number;
  /** By field; fields without values are left out. */
  readonly fields: { readonly [field in FieldName]?: CellCounts };
}

export interface CellCounts {
  readonly values: number;
  readonly masked: number;
  readonly leaks: number;
}

/** One kind of thing in one place. */
export interface ExemptedLeak {
  readonly kind: SuspicionKind;
  readonly detector: string;
  readonly field: FieldName | 'span' | 'attribute key';
  readonly key?: string;
  /** Of the member, parameter or variable inside the value. */
  readonly name?: string;
  /** Values in which it was found. */
  readonly count: number;
  readonly services: readonly string[];
  /** What may be said of the values: `Aa9-×24` are capitals, small letters, digits and dashes, 24 in all. */
  readonly shapes: readonly string[];
  /** A sentence. */
  readonly message: string;
}

export interface Leak extends ExemptedLeak {
  /** What makes it go away, when it joins the policy; tried on the values. Absent when no rule reaches it. */
  readonly proposal?: { readonly addition: PolicyAddition; readonly yaml: string };
}
