import type { PathNode } from '../member-paths.js';
import { stringEnd } from './json-characters.js';
import { decodeJsonString, encodeJsonString } from './json-string.js';
import { TextRewrite } from './text-rewrite.js';

const QUOTE = 34;

/**
 * Masks the members at paths of a JSON text, through lists, and through JSON in its strings. It needs no parse, so that a
 * text that was cut off is masked as far as it goes. One pass for each nesting of JSON in JSON, of which there are no more than names on a path.
 *
 * @param text attacker-controlled; what does not begin as JSON stays as it is.
 */
export function maskJsonPaths(text: string, root: PathNode, mask: string): string {
  if (root.next.size === 0 || !/^\s*[{["]/.test(text.slice(0, 256))) return text;
  return new JsonPathScan(text, root, mask).run();
}

/** An open bracket, and where on a path it stands. */
interface Container {
  readonly isObject: boolean;
  readonly node: PathNode | undefined;
}

class JsonPathScan {
  readonly #text: string;
  readonly #mask: string;
  readonly #rewrite: TextRewrite;
  readonly #open: Container[] = [];
  /** Where the next value stands. */
  #node: PathNode | undefined;
  /** The next string is the name of a member. */
  #name = false;

  constructor(text: string, root: PathNode, mask: string) {
    this.#text = text;
    this.#mask = mask;
    this.#rewrite = new TextRewrite(text);
    this.#node = root;
  }

  run(): string {
    let at = 0;
    while (at < this.#text.length) at = this.#token(at);
    return this.#rewrite.toString();
  }

  #token(at: number): number {
    const code = this.#text.charCodeAt(at);
    if (code === 125 || code === 93) {
      this.#open.pop();
      return at + 1;
    }
    if (code === 44) {
      const { isObject, node } = this.#open[this.#open.length - 1] ?? { isObject: false, node: undefined };
      this.#name = isObject;
      this.#node = node;
      return at + 1;
    }
    if (code <= 32 || code === 58) return at + 1;
    if (this.#name && code === QUOTE) return this.#readName(at);
    if (this.#node?.ends === true) return this.#replace(at);
    if (code === 123 || code === 91) {
      this.#open.push({ isObject: code === 123, node: this.#node });
      this.#name = code === 123;
      return at + 1;
    }
    return code === QUOTE ? this.#readString(at) : at + 1;
  }

  #readName(at: number): number {
    const end = stringEnd(this.#text, at);
    const name = decodeJsonString(this.#text.slice(at + 1, end - 1));
    this.#node = this.#open[this.#open.length - 1]?.node?.next.get(name);
    this.#name = false;
    return end;
  }

  /** A string that can hold JSON itself. */
  #readString(at: number): number {
    const end = stringEnd(this.#text, at);
    if (this.#node === undefined || this.#node.next.size === 0) return end;
    const closed = this.#text.charCodeAt(end - 1) === QUOTE && end - at > 1;
    const inside = decodeJsonString(this.#text.slice(at + 1, closed ? end - 1 : end));
    const masked = maskJsonPaths(inside, this.#node, this.#mask);
    if (masked !== inside) this.#rewrite.replace(at, end, `"${encodeJsonString(masked)}"`);
    return end;
  }

  /** The value at the end of a path, whatever it is. */
  #replace(at: number): number {
    const end = this.#valueEnd(at);
    this.#rewrite.replace(at, end, `"${encodeJsonString(this.#mask)}"`);
    this.#node = undefined;
    return end;
  }

  #valueEnd(at: number): number {
    const text = this.#text;
    let depth = 0;
    let index = at;
    while (index < text.length) {
      const code = text.charCodeAt(index);
      if (code === QUOTE) {
        index = stringEnd(this.#text, index);
        if (depth === 0) return index;
        continue;
      }
      if (code === 123 || code === 91) depth += 1;
      else if (code === 125 || code === 93) {
        if (depth === 0) return index;
        depth -= 1;
        if (depth === 0) return index + 1;
      } else if (depth === 0 && (code === 44 || code <= 32)) return index;
      index += 1;
    }
    return text.length;
  }
}
