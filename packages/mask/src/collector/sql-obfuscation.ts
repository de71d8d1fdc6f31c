import { characterSet, DIGITS, endOfRun, HEX_DIGITS, isMemberAt } from '../detectors/character-set.js';

const PLACEHOLDER = '?';
const WORD_START = characterSet('A-Za-z_');
const WORD = characterSet('A-Za-z0-9_.?$');
const NAME = characterSet('A-Za-z0-9_');
const OPERATOR = characterSet('*/=<>!&|^%~@:#+-');
const BACKSLASH = 92;
/** Systems in which a backslash escapes a quote in every string, and double quotes hold strings. */
const MYSQL: ReadonlySet<string> = new Set(['mysql', 'mariadb']);

/**
 * A SQL statement as the Collector's `db_sanitizer` gives it: literals, numbers, `NULL`, booleans and positional parameters
 * become `?`, and so do digits in names; comments and white space stay. What was cut off inside a literal is `?` to the end.
 *
 * @param text attacker-controlled; the time is linear in it.
 * @param system lower case, as in `db.system.name`.
 */
export function obfuscateSql(text: string, system: string): string {
  return new SqlObfuscation(text, system).run().trim();
}

class SqlObfuscation {
  readonly #text: string;
  readonly #system: string;
  readonly #mysql: boolean;
  #out = '';
  #copied = 0;

  constructor(text: string, system: string) {
    this.#text = text;
    this.#system = system;
    this.#mysql = MYSQL.has(system);
  }

  run(): string {
    let at = 0;
    while (at < this.#text.length) at = this.#token(at);
    return this.#copied === 0 ? this.#text : this.#out + this.#text.slice(this.#copied);
  }

  /** Reads the token at an offset and gives its end. */
  #token(at: number): number {
    const text = this.#text;
    const code = text.charCodeAt(at);
    if (WORD_START[code] === 1 || code > 127) return this.#word(at);
    if (DIGITS[code] === 1) return this.#replace(at, this.#numberEnd(at));
    switch (text[at]) {
      case "'":
        return this.#replace(at, this.#stringEnd(at));
      case '"':
        return this.#doubleQuoted(at);
      case '-':
      case '+':
        return this.#sign(at);
      case '/':
        return text[at + 1] === '*' ? endAfter(text, '*/', at + 2) : this.#operatorEnd(at);
      case '#':
        return this.#mysql ? endBefore(text, '\n', at) : this.#operatorEnd(at);
      case '@':
        return this.#variable(at);
      case '$':
        return this.#dollar(at);
      case '*':
        return at + 1;
      default:
        return this.#operatorEnd(at);
    }
  }

  #replace(from: number, to: number, by = PLACEHOLDER): number {
    this.#out += this.#text.slice(this.#copied, from) + by;
    this.#copied = to;
    return to;
  }

  #word(at: number): number {
    let end = at + 1;
    while (isMemberAt(this.#text, end, WORD) || this.#text.charCodeAt(end) > 127) end += 1;
    const word = this.#text.slice(at, end);
    if (word.length <= 5 && /^(?:true|false|null)$/i.test(word)) return this.#replace(at, end);
    return this.#name(at, end);
  }

  /** Numbered tables and columns are one name to a reader of traces. */
  #name(from: number, to: number): number {
    const name = this.#text.slice(from, to);
    const plain = name.replace(/\d+/g, PLACEHOLDER);
    return plain === name ? to : this.#replace(from, to, plain);
  }

  #sign(at: number): number {
    const text = this.#text;
    if (text.startsWith('--', at)) return endBefore(text, '\n', at);
    return isMemberAt(text, at + 1, DIGITS) || text[at + 1] === '.'
      ? this.#replace(at, this.#numberEnd(at + 1))
      : this.#operatorEnd(at);
  }

  /** A sign behind another operator belongs to that. */
  #operatorEnd(at: number): number {
    return isMemberAt(this.#text, at, OPERATOR) ? endOfRun(this.#text, at, OPERATOR) : at + 1;
  }

  #numberEnd(at: number): number {
    const text = this.#text;
    if (text[at] === '0' && /[xX]/.test(text[at + 1] ?? '')) return endOfRun(text, at + 2, HEX_DIGITS);
    let end = at;
    for (;;) {
      const code = text.charCodeAt(end);
      if (isMemberAt(text, end, DIGITS) || code === 46) end += 1;
      else if ((code | 32) === 101 && end > at) end += /[+-]/.test(text[end + 1] ?? '') ? 2 : 1;
      else return end;
    }
  }

  #stringEnd(at: number): number {
    const text = this.#text;
    const quote = text.charCodeAt(at);
    for (let index = at + 1; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === BACKSLASH) {
        // Whether it escapes the quote depends on the database's settings: nobody can tell where the string ends.
        if (!this.#mysql && text.charCodeAt(index + 1) === quote) return text.length;
        index += 1;
      } else if (code === quote) return index + 1;
    }
    return text.length;
  }

  #doubleQuoted(at: number): number {
    if (this.#mysql) return this.#replace(at, this.#stringEnd(at));
    const close = this.#text.indexOf('"', at + 1);
    return close === -1 ? this.#replace(at, this.#text.length) : this.#name(at, close + 1);
  }

  /** `@name` and `@@name` stay, digits and all. */
  #variable(at: number): number {
    const name = this.#text[at + 1] === '@' ? at + 2 : at + 1;
    return isMemberAt(this.#text, name, WORD_START)
      ? endOfRun(this.#text, name, NAME)
      : this.#operatorEnd(at);
  }

  /** `$1`, `$tag$ … $tag$`, and `$func$ … $func$`, whose inside is a statement of its own. */
  #dollar(at: number): number {
    const text = this.#text;
    if (isMemberAt(text, at + 1, DIGITS)) return this.#replace(at, endOfRun(text, at + 1, DIGITS));
    const tag = /^\$\w{0,63}\$/.exec(text.slice(at, at + 66))?.[0];
    if (tag === undefined) return at + 1;
    const inside = at + tag.length;
    const close = text.indexOf(tag, inside);
    if (close === -1) return this.#replace(at, text.length);
    const end = close + tag.length;
    if (tag !== '$func$') return this.#replace(at, end);
    return this.#replace(at, end, `${tag}${obfuscateSql(text.slice(inside, close), this.#system)}${tag}`);
  }
}

function endAfter(text: string, closer: string, from: number): number {
  const found = text.indexOf(closer, from);
  return found === -1 ? text.length : found + closer.length;
}

function endBefore(text: string, closer: string, from: number): number {
  const found = text.indexOf(closer, from);
  return found === -1 ? text.length : found;
}
