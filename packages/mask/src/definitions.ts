import type { FaultList } from './fault-list.js';
import type { PolicyDraft } from './policy-draft.js';
import { reference } from './policy-members.js';

/** Lists that name lists that name lists: more than this is a mistake. */
const MOST_TEXTS = 10_000;
const LONGEST_PATTERN = 100_000;
/** `${name}` in a pattern. An escaped `$` is none. */
const EMBEDDED = /\\[\s\S]|\$\{([A-Za-z][\w-]*)\}/g;

/** What `define` gives, and which of it is used. */
export class Definitions {
  readonly #lists = new Map<string, readonly (readonly [path: string, text: string])[]>();
  readonly #faults: FaultList;
  /** Names whose lists and patterns are being resolved, and those that were. */
  readonly #open = new Set<string>();
  readonly #texts = new Map<string, readonly string[]>();
  readonly #patterns = new Map<string, string>();
  readonly #used = new Set<string>();

  constructor(define: PolicyDraft['define'], faults: FaultList) {
    this.#faults = faults;
    for (const [name, given] of Object.entries(define ?? {})) {
      const path = `define.${name}`;
      const placed =
        typeof given === 'string'
          ? [[path, given] as const]
          : given.map((text, index) => [`${path}[${index}]`, text] as const);
      this.#lists.set(
        name,
        placed.flatMap(([at, text]) => (text === undefined ? [] : [[at, text] as const])),
      );
    }
    // A fault in a list is one whether the list is used or not.
    for (const name of this.#lists.keys()) this.#pattern(name, `define.${name}`);
    this.#used.clear();
  }

  /** Names that nothing takes in. */
  unused(): string[] {
    return [...this.#lists.keys()].filter((name) => !this.#used.has(name));
  }

  /**
   * A list with every `$name` replaced by its texts, each under the path of the element that named it. Holes are left out.
   */
  expand<T>(
    path: string,
    elements: readonly (T | string | undefined)[] = [],
  ): (readonly [string, T | string])[] {
    return elements.flatMap((element, index): readonly (readonly [string, T | string])[] => {
      const at = `${path}[${index}]`;
      if (typeof element === 'string') return this.texts(element, at).map((text) => [at, text] as const);
      return element === undefined ? [] : [[at, element] as const];
    });
  }

  /** The texts that a text stands for: `$name` for those of the list, any other for itself. */
  texts(text: string, path: string): readonly string[] {
    const name = reference.exec(text)?.[1];
    return name === undefined ? [text] : this.#resolve(name, path);
  }

  /** A pattern with every `${name}`, and a `$name` alone, replaced by the alternatives that it stands for. */
  pattern(source: string, path: string): string {
    const name = reference.exec(source)?.[1];
    if (name !== undefined) return this.#pattern(name, path);
    if (!source.includes('${')) return source;
    const written = source.replace(EMBEDDED, (whole, embedded: string | undefined) =>
      embedded === undefined ? whole : `(?:${this.#pattern(embedded, path)})`,
    );
    if (written.length <= LONGEST_PATTERN) return written;
    this.#faults.addReason(path, `a pattern of at most ${LONGEST_PATTERN} characters`, 'a longer one');
    return '';
  }

  #pattern(name: string, path: string): string {
    const known = this.#patterns.get(name);
    const texts = this.#resolve(name, path);
    if (known !== undefined || !this.#enter(name, path)) return known ?? '';
    const parts = texts.map((text) => this.pattern(text, path));
    const [only] = parts;
    const pattern =
      parts.length === 1 && only !== undefined ? only : parts.map((part) => `(?:${part})`).join('|');
    this.#open.delete(name);
    this.#patterns.set(name, pattern);
    return pattern;
  }

  #resolve(name: string, path: string): readonly string[] {
    this.#used.add(name);
    const list = this.#lists.get(name);
    if (list === undefined) this.#faults.addReason(path, 'a name that define gives', 'an unknown name');
    const known = this.#texts.get(name);
    if (list === undefined || known !== undefined || !this.#enter(name, path)) return known ?? [];
    const texts = list.flatMap(([at, text]) => this.texts(text, at)).slice(0, MOST_TEXTS + 1);
    if (texts.length > MOST_TEXTS)
      this.#faults.addReason(path, `at most ${MOST_TEXTS} texts in a list`, 'more');
    this.#open.delete(name);
    this.#texts.set(name, texts);
    return texts;
  }

  /** False, and a fault, when the name is being resolved already. */
  #enter(name: string, path: string): boolean {
    if (this.#open.has(name)) {
      this.#faults.addReason(path, 'a list that does not hold itself', 'one that does');
      return false;
    }
    this.#open.add(name);
    return true;
  }
}
