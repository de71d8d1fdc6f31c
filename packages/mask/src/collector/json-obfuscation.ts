const QUOTE = 34;
const BACKSLASH = 92;
const LEAF = '"?"';

/**
 * A JSON document with every string, number, `true`, `false` and `null` replaced by `"?"`; names of members stay, white
 * space between tokens goes. A document that was cut off, or breaks off being JSON, ends in
 * three dots. What does not begin as a document stays as it is.
 *
 * @param text attacker-controlled; one pass, without recursion.
 */
export function obfuscateJson(text: string): string {
  if (!/^\s*(?:[{["]|(?:-?\d[\d.eE+-]*|true|false|null)\s*$)/.test(text)) return text;
  return new JsonObfuscation(text).run();
}

class JsonObfuscation {
  readonly #text: string;
  /** For each open bracket: true for an object. */
  readonly #open: boolean[] = [];
  #out = '';
  /** The next string is the name of a member. */
  #name = false;

  constructor(text: string) {
    this.#text = text;
  }

  run(): string {
    const text = this.#text;
    let at = 0;
    let done = false;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code <= 32) at += 1;
      else if (done || this.#isEllipsis(at)) return `${this.#out}...`;
      else {
        const end = this.#token(at, code);
        if (end === -1) return `${this.#out}...`;
        at = end;
        done = this.#open.length === 0;
      }
    }
    return done ? this.#out : `${this.#out}...`;
  }

  /** The end of what this has made before. */
  #isEllipsis(at: number): boolean {
    return at === this.#text.length - 3 && this.#text.endsWith('...');
  }

  /** Reads the token at an offset and gives its end, or -1 where the text is no JSON. */
  #token(at: number, code: number): number {
    switch (code) {
      case 123: // {
      case 91: // [
        this.#open.push(code === 123);
        this.#name = code === 123;
        return this.#mark(at);
      case 125: // }
      case 93: // ]
        if (this.#open.pop() !== (code === 125)) return -1;
        return this.#mark(at);
      case 44: // ,
        this.#name = this.#open[this.#open.length - 1] === true;
        return this.#mark(at);
      case 58: // :
        this.#name = false;
        return this.#mark(at);
      case QUOTE:
        return this.#string(at);
      default:
        return this.#literal(at);
    }
  }

  #mark(at: number): number {
    this.#out += this.#text[at];
    return at + 1;
  }

  #string(at: number): number {
    let end = at + 1;
    while (end < this.#text.length && this.#text.charCodeAt(end) !== QUOTE) {
      end += this.#text.charCodeAt(end) === BACKSLASH ? 2 : 1;
    }
    const closed = end < this.#text.length;
    // The name of a member that was cut off could be the start of anything.
    this.#out += this.#name && closed ? this.#text.slice(at, end + 1) : LEAF;
    return closed ? end + 1 : -1;
  }

  #literal(at: number): number {
    let end = at;
    while (end < this.#text.length && /[\w.+-]/.test(this.#text[end] ?? '')) end += 1;
    if (end === at || this.#name) return -1;
    this.#out += LEAF;
    return end;
  }
}
