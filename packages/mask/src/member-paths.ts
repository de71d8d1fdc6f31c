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

interface Walk {
  readonly depth: number;
  /** Results by place on a path: a shared value is read once, one that holds itself is masked. */
  readonly seen: Map<PathNode, Map<object, AttributeValue>>;
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
    return this.#below(value, this.#root, { depth: 0, seen: new Map() });
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

  #below(value: AttributeValue, node: PathNode, walk: Walk): AttributeValue {
    if (typeof value === 'string') return this.#text(value, node);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    if (walk.depth >= DEEPEST) {
      this.#tally.limits += 1;
      return this.#mask;
    }
    const seen = walk.seen.get(node) ?? new Map<object, AttributeValue>();
    const known = seen.get(value);
    if (known !== undefined) return known;
    walk.seen.set(node, seen.set(value, this.#mask));
    const below = { depth: walk.depth + 1, seen: walk.seen };
    const masked = Array.isArray(value) ? this.#list(value, node, below) : this.#map(value, node, below);
    seen.set(value, masked);
    return masked;
  }

  #list(list: readonly AttributeValue[], node: PathNode, walk: Walk): AttributeValue {
    const elements = list.map((element) => this.#below(element, node, walk));
    return elements.every((element, index) => Object.is(element, list[index])) ? list : elements;
  }

  #map(map: object, node: PathNode, walk: Walk): AttributeValue {
    const before: [string, AttributeValue][] = Object.entries(map);
    const after = before.map(([name, member]): [string, AttributeValue] => {
      const next = node.next.get(name);
      return [name, next === undefined ? member : this.#member(member, next, walk)];
    });
    const isSame = after.every(([, member], index) => Object.is(member, before[index]?.[1]));
    return isSame ? (map as AttributeValue) : fromEntries(after);
  }

  #member(value: AttributeValue, node: PathNode, walk: Walk): AttributeValue {
    if (!node.ends) return this.#below(value, node, walk);
    if (value !== this.#mask) this.#tally.hit('paths');
    return this.#mask;
  }

  #text(text: string, node: PathNode): string {
    const masked = maskJsonPaths(text, node, this.#mask);
    if (masked !== text) this.#tally.hit('paths');
    return masked;
  }
}
