import type { AttributeValue } from './attribute-value.js';
import { maskJsonPaths } from './content/json-paths.js';
import type { Tally } from './counters.js';
import { fromEntries } from './value-masker.js';

/** A name on a path. */
export interface PathNode {
  /** True when a path ends here: what stands under the name is masked. */
  ends: boolean;
  readonly next: Map<string, PathNode>;
}

/** Deepest nesting of lists in lists that is read; what lies below is masked. */
const DEEPEST = 32;

/** Masks the members at dotted paths of a value, wherever lists stand between. */
export class MemberPaths {
  readonly #root: PathNode = { ends: false, next: new Map() };
  readonly #mask: string;
  readonly #tally: Tally;

  constructor(paths: readonly string[], { mask, tally }: { readonly mask: string; readonly tally: Tally }) {
    this.#mask = mask;
    this.#tally = tally;
    for (const path of paths) this.#add(path.split('.'));
  }

  /** The same reference when nothing changed; the value itself is never written to. */
  mask(value: AttributeValue): AttributeValue {
    return this.#below(value, this.#root, 0);
  }

  #add(names: readonly string[]): void {
    let node = this.#root;
    for (const name of names) {
      const next = node.next.get(name) ?? { ends: false, next: new Map() };
      node.next.set(name, next);
      node = next;
    }
    node.ends = true;
  }

  #below(value: AttributeValue, node: PathNode, depth: number): AttributeValue {
    if (typeof value === 'string') return this.#text(value, node);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    if (depth >= DEEPEST) {
      this.#tally.limits += 1;
      return this.#mask;
    }
    if (Array.isArray(value)) {
      const elements = value.map((element: AttributeValue) => this.#below(element, node, depth + 1));
      return elements.every((element, index) => Object.is(element, value[index])) ? value : elements;
    }
    const members = Object.entries(value).map(([name, member]) => {
      const next = node.next.get(name);
      return [name, next === undefined ? member : this.#member(member, next, depth + 1)] as const;
    });
    return members.every(([name, member]) => Object.is(member, Reflect.get(value, name)))
      ? value
      : fromEntries(members);
  }

  #member(value: AttributeValue, node: PathNode, depth: number): AttributeValue {
    if (!node.ends) return this.#below(value, node, depth);
    if (value !== this.#mask) this.#tally.hit('paths');
    return this.#mask;
  }

  #text(text: string, node: PathNode): string {
    const masked = maskJsonPaths(text, node, this.#mask);
    if (masked !== text) this.#tally.hit('paths');
    return masked;
  }
}
