import { backslashesBefore } from './json-characters.js';
import type { StringToken } from './json-token.js';

const QUOTE = 34;
const BACKSLASH = 92;
const NULL = 'null';

/** Finds strings and brackets of JSON in a text, also of JSON that is escaped as the string of another one. */
export class JsonTokens {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The string whose inside starts at an offset. Its end is a quote behind as many backslashes as its start. */
  stringAt(start: number, level: number): StringToken {
    const unit = 2 ** level;
    const own = unit - 1;
    let from = start;
    let inner = -1;
    for (;;) {
      const quote = this.#text.indexOf('"', from);
      if (quote === -1) return { start, end: this.#text.length, next: this.#text.length, level };
      const run = backslashesBefore(this.#text, quote, start);
      // Fewer backslashes: the quote ends a text around this one.
      if (run < own) return { start, end: quote - run, next: quote + 1, level };
      // Python writes the backslash of an escaped quote twice in a text of bytes: a word behind it says so of all.
      if (run > own && /\w/.test(this.#text[quote + 1] ?? ' ')) inner = run;
      if ((run - own) % (2 * unit) === 0 && run !== inner)
        return { start, end: quote - own, next: quote + 1, level };
      from = quote + 1;
    }
  }

  /** Offset of the quote that opens a string of this level, or -1. */
  quoteAt(start: number, level: number): number {
    const own = 2 ** level - 1;
    for (let index = 0; index < own; index += 1) {
      if (this.#text.charCodeAt(start + index) !== BACKSLASH) return -1;
    }
    return this.#text.charCodeAt(start + own) === QUOTE ? start + own : -1;
  }

  /** The strings of a list that stand one after the other from an offset, and `null` between them. */
  elementsAt(from: number, level: number): readonly StringToken[] {
    const elements: StringToken[] = [];
    for (let at = from; ; ) {
      const quote = this.quoteAt(at, level);
      if (quote === -1 && !this.#text.startsWith(NULL, at)) return elements;
      const next = at + NULL.length;
      const element = quote === -1 ? { start: at, end: next, next, level } : this.stringAt(quote + 1, level);
      elements.push(element);
      const comma = this.skipSpace(element.next);
      if (this.#text[comma] !== ',') return elements;
      at = this.skipSpace(comma + 1);
    }
  }

  /** Offset behind the bracket that closes the one at an offset, or where the text around it ends. */
  closing(start: number, level: number): number {
    let depth = 0;
    let index = start;
    while (index < this.#text.length) {
      const code = this.#text.charCodeAt(index);
      if (code === 123 || code === 91) depth += 1;
      else if (code === 125 || code === 93) {
        depth -= 1;
        if (depth === 0) return index + 1;
      } else if (code === QUOTE) {
        const run = backslashesBefore(this.#text, index, start);
        if (run < 2 ** level - 1) return index - run;
        index = this.stringAt(index + 1, level).next;
        continue;
      }
      index += 1;
    }
    return this.#text.length;
  }

  /** Behind white space, also where line breaks and tabs are written as escapes. */
  skipSpace(from: number): number {
    let index = from;
    for (;;) {
      const code = this.#text.charCodeAt(index);
      // Inside an escaped text, line breaks and tabs are written as \n, \r, \t.
      if (code === 32 || (code >= 9 && code <= 13)) index += 1;
      else if (code === BACKSLASH && /[nrt]/.test(this.#text[index + 1] ?? '')) index += 2;
      else return index;
    }
  }
}
