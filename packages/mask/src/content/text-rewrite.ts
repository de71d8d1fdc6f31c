/**
 * A text with some stretches replaced. The pieces are joined once, so that what comes out is flat, and a text without
 * changes comes out as the same reference.
 */
export class TextRewrite {
  readonly #text: string;
  readonly #parts: string[] = [];
  #done = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Replaces [start, end), in UTF-16 units. Calls come in ascending order and do not overlap. */
  replace(start: number, end: number, replacement: string): void {
    if (end - start === replacement.length && this.#text.startsWith(replacement, start)) return;
    this.#parts.push(this.#text.slice(this.#done, start), replacement);
    this.#done = end;
  }

  /** The rewritten text before an offset of the original one, behind all that was replaced. */
  before(end: number): string {
    return this.#parts.concat(this.#text.slice(this.#done, end)).join('');
  }

  toString(): string {
    if (this.#parts.length === 0) return this.#text;
    return this.#parts.concat(this.#text.slice(this.#done)).join('');
  }
}
