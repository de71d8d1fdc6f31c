import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import type { ValueExtent, ValueReader } from './assignment.js';
import { maskHeaderText } from './header-text.js';
import type { Operator } from './operator.js';
import type { TextRewrite } from './text-rewrite.js';

const HEADERS: ReadonlySet<string> = new Set(['cookie', 'set-cookie']);
const CLOSERS = '"\'`\\';

/** A name that was read, [start, end). */
interface HeaderName {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface CookieOutput {
  readonly rules: ContentRules;
  readonly values: ValueReader;
  readonly rewrite: TextRewrite;
}

/**
 * Masks cookies in text of no certain form: after a header's name (`Cookie: a=b; c=d`), in quotes and in lists of them
 * (`'set-cookie': [ 'a=b; Path=/' ]`, as `util.inspect` prints headers).
 */
export class CookieText {
  readonly #text: string;
  readonly #output: CookieOutput;
  /** The last '=' of the line that ends at #line. */
  #equals = -1;
  #line = -1;

  constructor(text: string, output: CookieOutput) {
    this.#text = text;
    this.#output = output;
  }

  /** Masks the value after a name, and gives its end; -1 when there is no cookie. */
  mask(name: HeaderName, operator: Operator): number {
    const header = name.text.slice(name.text.lastIndexOf('.') + 1);
    if (header.length > 10 || !HEADERS.has(header.toLowerCase())) return -1;
    const at = operator.end;
    if (this.#isQuote(at)) {
      const value = this.#output.values.read(at, operator);
      return this.#put(header, value) ? value.end : -1;
    }
    if (operator.kind !== 'colon' || this.#text[at] === '{') return -1;
    if (this.#text[at] === '[') return this.#list(header, operator);
    const value = this.#rest(name, operator);
    return value !== undefined && this.#put(header, value) ? value.end : -1;
  }

  #isQuote(at: number): boolean {
    let quote = at;
    while (this.#text[quote] === '\\' && quote < at + 8) quote += 1;
    return '"\'`'.includes(this.#text[quote] ?? ' ');
  }

  /** Each string of a list; what was read is not read again. */
  #list(header: string, operator: Operator): number {
    let at = this.#next(operator.end + 1);
    let done = -1;
    while (this.#isQuote(at)) {
      const value = this.#output.values.read(at, operator);
      this.#put(header, value);
      done = Math.min(value.end + 1, this.#text.length);
      at = this.#next(this.#text[value.end] === '\\' ? this.#closed(value.end) : done);
    }
    return done;
  }

  #closed(at: number): number {
    let end = at;
    while (this.#text[end] === '\\') end += 1;
    return end + 1;
  }

  #next(from: number): number {
    let at = from;
    while (this.#text[at] === ',' || this.#text.charCodeAt(at) <= 0x20) at += 1;
    return at;
  }

  /** The rest of the line, or of the string that the name stands in; a single word when there is no `name=`. */
  #rest(name: HeaderName, operator: Operator): ValueExtent | undefined {
    const start = operator.end;
    const line = this.#output.values.lineEnd(start);
    if (line !== this.#line) {
      this.#line = line;
      this.#equals = this.#text.lastIndexOf('=', line);
    }
    const word = this.#output.values.read(start, operator);
    if (this.#equals < start) return word;
    const opener = this.#text[name.start - 1] ?? ' ';
    const opens = '"\''.includes(opener) && !CLOSERS.includes(this.#text[name.end] ?? ' ');
    const close = opens ? this.#text.indexOf(opener, start) : -1;
    return { start, end: close < 0 ? line : Math.min(close, line), quoted: false };
  }

  #put(header: string, { start, end }: ValueExtent): boolean {
    const value = this.#text.slice(start, end);
    if (!value.includes('=') && !looksSecret(value)) return false;
    const { rewrite, rules } = this.#output;
    rewrite.replace(start, end, maskHeaderText(header, value, rules));
    return true;
  }
}
