import type { PatternEngine, PatternMatcher } from './pattern-engine.js';

interface EngineOptions {
  readonly flags: string;
  /** Longest text that is read, in UTF-16 units. A longer one is one match as a whole, unread. Default: none. */
  readonly longest?: number;
}

/** A pattern on V8's own engine, which goes back when it fails: for patterns whose time is known, or that are capped. */
export class BacktrackingEngine implements PatternEngine {
  readonly #find: RegExp;
  readonly #whole: RegExp;
  readonly #longest: number;
  readonly #groups: number;
  readonly #names: Readonly<Record<string, number>>;

  /** @throws {SyntaxError} for what is no regular expression. */
  constructor(source: string, { flags, longest = Number.POSITIVE_INFINITY }: EngineOptions) {
    this.#find = new RegExp(source, `${flags}g`);
    // With the flag m the edges of a line are no edges of the text. Without it look-around would only be slower.
    const [start, end] = flags.includes('m') ? ['(?<![\\s\\S])', '(?![\\s\\S])'] : ['^', '$'];
    this.#whole = new RegExp(`${start}(?:${source})${end}`, flags);
    this.#longest = longest;
    const empty = new RegExp(`${source}|`, `${flags}d`).exec('');
    this.#groups = (empty?.length ?? 1) - 1;
    this.#names = groupNumbers(source, flags);
  }

  test(text: string): boolean {
    if (text.length > this.#longest) return true;
    this.#find.lastIndex = 0;
    return this.#find.test(text);
  }

  /** False for a text that is too long: it exempts nothing that was not read. */
  testExact(text: string): boolean {
    return text.length <= this.#longest && this.#whole.test(text);
  }

  groupCount(): number {
    return this.#groups;
  }

  namedGroups(): Readonly<Record<string, number>> {
    return this.#names;
  }

  matcher(text: string): PatternMatcher {
    return text.length > this.#longest ? new UnreadMatch(text) : new BacktrackingMatcher(this.#find, text);
  }
}

class BacktrackingMatcher implements PatternMatcher {
  readonly #pattern: RegExp;
  readonly #text: string;
  #match: RegExpExecArray | undefined;

  constructor(pattern: RegExp, text: string) {
    this.#pattern = pattern;
    this.#text = text;
  }

  find(from = 0): boolean {
    this.#match = undefined;
    for (let start = from; start <= this.#text.length; start += 1) {
      this.#pattern.lastIndex = start;
      const match = this.#pattern.exec(this.#text);
      if (match === null) return false;
      // With the flag u a search from inside of a surrogate pair begins before it.
      if (match.index < from) continue;
      this.#match = match;
      return true;
    }
    return false;
  }

  start(): number {
    return this.#match?.index ?? -1;
  }

  end(): number {
    return this.#match === undefined ? -1 : this.#match.index + this.#match[0].length;
  }

  group(group: number): string | null {
    return this.#match?.[group] ?? null;
  }

  groupCount(): number {
    return (this.#match?.length ?? 1) - 1;
  }
}

/** A text that is too long to be read: one match, without groups, so that no replacement can show any of it. */
class UnreadMatch implements PatternMatcher {
  readonly #length: number;
  #from = 0;

  constructor({ length }: string) {
    this.#length = length;
  }

  find(from = 0): boolean {
    this.#from = from;
    return from < this.#length;
  }

  start(): number {
    return this.#from;
  }

  end(): number {
    return this.#length;
  }

  group(): null {
    return null;
  }

  groupCount(): number {
    return 0;
  }
}

function groupNumbers(source: string, flags: string): Readonly<Record<string, number>> {
  const numbers: Record<string, number> = Object.create(null);
  const groups = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\((?!\?)|\(\?<([^=!>][^>]*)>/g;
  let number = 0;
  for (const [text, name] of source.matchAll(groups)) {
    if (!text.startsWith('(')) continue;
    number += 1;
    if (name !== undefined) numbers[name] = number;
  }
  // Where the flag v nests classes the scan above can miscount; then no name is known.
  return flags.includes('v') ? Object.create(null) : numbers;
}
