/** Up to so many pieces, adding them up and flattening the sum later costs a third of what joining does. */
const FEW = 8;

/**
 * A text with some stretches replaced. Many pieces are joined at once, so that what comes out is flat, and a text without
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
    return this.#with(this.#text.slice(this.#done, end));
  }

  toString(): string {
    return this.#parts.length === 0 ? this.#text : this.#with(this.#text.slice(this.#done));
  }

  #with(last: string): string {
    const parts = this.#parts;
    if (parts.length > FEW) return parts.concat(last).join('');
    let text = '';
    for (let index = 0; index < parts.length; index += 1) text += parts[index];
    return text + last;
  }
}
