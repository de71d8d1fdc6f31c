import { refuse } from './fault.js';
import { type JsonKind, JsonNumber, type JsonSource } from './json-source.js';

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** One JSON document (RFC 8259), nothing before it and nothing after it but white space. */
export class JsonText implements JsonSource {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  kind(): JsonKind {
    switch (this.#peek()) {
      case 0x7b:
        return 'object';
      case 0x5b:
        return 'array';
      case 0x22:
        return 'string';
      case 0x74:
      case 0x66:
        return 'boolean';
      case 0x6e:
        return 'null';
      default:
        return 'number';
    }
  }

  eachMember(visit: (name: string) => void): void {
    this.#expect(0x7b, 'an object');
    if (this.#take(0x7d)) return;
    do {
      if (this.#peek() !== 0x22) this.#refuse('a member name');
      const name = this.#string();
      this.#expect(0x3a, 'a colon');
      visit(name);
    } while (this.#take(0x2c));
    this.#expect(0x7d, 'a comma or the end of the object');
  }

  eachElement(visit: (index: number) => void): void {
    this.#expect(0x5b, 'an array');
    if (this.#take(0x5d)) return;
    let index = 0;
    do visit(index++);
    while (this.#take(0x2c));
    this.#expect(0x5d, 'a comma or the end of the array');
  }

  scalar(): string | boolean | null | JsonNumber {
    switch (this.kind()) {
      case 'string':
        return this.#string();
      case 'boolean':
        return this.#word('true') || this.#literal('false', false);
      case 'null':
        return this.#literal('null', null);
      default:
        return this.#number();
    }
  }

  /** Refuses anything behind the document. */
  finish(): void {
    if (!Number.isNaN(this.#peek())) this.#refuse('the end of the text');
  }

  #number(): JsonNumber {
    number.lastIndex = this.#at;
    const match = number.exec(this.#text);
    if (match === null) return this.#refuse('a JSON value');
    this.#at = number.lastIndex;
    return new JsonNumber(match[0]);
  }

  #string(): string {
    const start = this.#at;
    let escaped = false;
    for (let i = start + 1; ; i++) {
      const code = this.#text.charCodeAt(i);
      if (code === 0x22) {
        this.#at = i + 1;
        return escaped ? this.#unescape(start) : this.#text.slice(start + 1, i);
      }
      if (code === 0x5c) {
        escaped = true;
        i++;
      } else if (!(code >= 0x20)) {
        this.#at = i;
        this.#refuse('the end of the string');
      }
    }
  }

  /** JavaScript's own reader knows the escapes of RFC 8259, and no other. */
  #unescape(start: number): string {
    try {
      return JSON.parse(this.#text.slice(start, this.#at));
    } catch {
      return this.#refuse('an escape of RFC 8259');
    }
  }

  #word(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #literal<T>(word: string, value: T): T {
    return this.#word(word) ? value : this.#refuse('a JSON value');
  }

  #take(code: number): boolean {
    if (this.#peek() !== code) return false;
    this.#at++;
    return true;
  }

  #expect(code: number, what: string): void {
    if (!this.#take(code)) this.#refuse(what);
  }

  /** The next character that is not white space; NaN at the end. */
  #peek(): number {
    let code = this.#text.charCodeAt(this.#at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      code = this.#text.charCodeAt(++this.#at);
    }
    return code;
  }

  #refuse(expected: string): never {
    const end = this.#at >= this.#text.length;
    return refuse('JSON', expected, end ? 'the end of the text' : 'another character');
  }
}
