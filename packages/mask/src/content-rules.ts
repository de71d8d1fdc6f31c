import type { TextScan } from './scan/text-scan.js';

/** Where a name was found. It decides which key rules apply: a bare `key` or `code` is a secret in some places only. */
export type NamePlace = 'attribute' | 'member' | 'query' | 'header' | 'assignment' | 'argument' | 'column';

/**
 * What the readers of structured content need of the compiled policy. The masker implements it; a reader of a content
 * type (URL, SQL, JSON …) never sees the policy itself.
 */
export interface ContentRules {
  /** The replacement text. It is never masked again. */
  readonly mask: string;
  /**
   * The text that replaces the whole value that stands under this name, or undefined when no key rule hits or an
   * allow rule exempts the name. Counts the hit.
   *
   * @param name as found, decoded (percent-escapes, JSON escapes), separators and case as they came.
   */
  maskForName(name: string, place: NamePlace, value: string): string | undefined;
  /** Whether any value under this name can be replaced. Counts nothing: who asks need not read what stands under a name that is none of a secret. */
  mayMask(name: string, place: NamePlace): boolean;
  /** Whether the rule that hits the name of a member judges by its words: an object under it may only tell about a secret. */
  judgesWords(name: string): boolean;
  /** Where something of a text may have to be masked. */
  marksOf(text: string): TextScan;
  /**
   * A decoded piece of text (a query value, a JSON string, a SQL comment) with the content and value rules applied.
   * Returns the same string when nothing was found.
   */
  maskText(value: string): string;
}
