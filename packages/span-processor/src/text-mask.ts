import type { Masker, SpanField } from '@spanseal/mask';

/** How many texts are remembered, and the longest of them in UTF-16 units. */
const capacity = 4096;
const longest = 200;

/**
 * Masks names: attribute keys, span and event names, versions. They repeat from span to span, so those that were found
 * clean are remembered; those that held a secret never are.
 */
export class TextMask {
  readonly #masker: Masker;
  readonly #clean = new Set<string>();

  constructor(masker: Masker) {
    this.#masker = masker;
  }

  /** The text with what the policy finds in it masked. Anything that is not a text becomes one first. */
  mask(text: string, field: SpanField): string {
    if (this.#clean.has(text)) return text;
    const raw = typeof text === 'string' ? text : String(text);
    const masked = this.#masker.text(raw, field);
    if (masked === raw) this.#remember(raw);
    return masked;
  }

  // Emptied whole when full: an attacker who makes up names can slow this down to the masker's own pace, not more.
  #remember(text: string): void {
    if (text.length > longest) return;
    if (this.#clean.size >= capacity) this.#clean.clear();
    this.#clean.add(text);
  }
}
