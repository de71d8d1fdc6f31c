/**
 * The beginnings of words, each a node; the root, which is 0, is the empty one. Numbers in arrays and not objects: there are
 * thousands, and the first text of a process waits for them.
 */
export class Trie {
  /** The words that are nodes, by their index. */
  readonly words: ReadonlyMap<number, readonly number[]>;
  /** Nodes, the root among them. */
  readonly size: number;
  readonly #steps: Uint8Array;
  readonly #depths: Uint8Array;
  readonly #firstChildren: Uint32Array;
  readonly #nextSiblings: Uint32Array;

  /**
   * @param words each with at most 255 characters.
   * @param classes of each character, by its code.
   */
  constructor(words: readonly string[], classes: Uint8Array) {
    const most = words.reduce((sum, { length }) => sum + length, 1);
    this.#steps = new Uint8Array(most);
    this.#depths = new Uint8Array(most);
    this.#firstChildren = new Uint32Array(most);
    this.#nextSiblings = new Uint32Array(most);
    const ending = new Map<number, number[]>();
    let size = 1;
    for (let index = 0; index < words.length; index += 1) {
      const word = words[index] ?? '';
      let node = 0;
      for (let at = 0; at < word.length; at += 1) {
        const step = classes[word.charCodeAt(at)] ?? 0;
        const child = this.#childBy(node, step);
        if (child === 0) {
          this.#add(size, node, step);
          node = size;
          size += 1;
        } else {
          node = child;
        }
      }
      const same = ending.get(node);
      if (same === undefined) ending.set(node, [index]);
      else same.push(index);
    }
    this.words = ending;
    this.size = size;
  }

  /** 0 where there is none. */
  firstChild(node: number): number {
    return this.#firstChildren[node] ?? 0;
  }

  /** 0 where there is none. */
  nextSibling(node: number): number {
    return this.#nextSiblings[node] ?? 0;
  }

  /** The class of a node's last character. */
  step(node: number): number {
    return this.#steps[node] ?? 0;
  }

  /** The nodes, shorter beginnings first, and the place of each in this order. */
  byDepth(): { readonly nodes: Uint32Array; readonly places: Uint32Array } {
    const starts = new Uint32Array(257);
    for (let node = 0; node < this.size; node += 1) {
      const next = (this.#depths[node] ?? 0) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let depth = 1; depth < starts.length; depth += 1)
      starts[depth] = (starts[depth] ?? 0) + (starts[depth - 1] ?? 0);
    const nodes = new Uint32Array(this.size);
    const places = new Uint32Array(this.size);
    for (let node = 0; node < this.size; node += 1) {
      const depth = this.#depths[node] ?? 0;
      const place = starts[depth] ?? 0;
      starts[depth] = place + 1;
      nodes[place] = node;
      places[node] = place;
    }
    return { nodes, places };
  }

  #childBy(node: number, step: number): number {
    let child = this.#firstChildren[node] ?? 0;
    while (child !== 0 && this.#steps[child] !== step) child = this.#nextSiblings[child] ?? 0;
    return child;
  }

  #add(child: number, node: number, step: number): void {
    this.#steps[child] = step;
    this.#depths[child] = (this.#depths[node] ?? 0) + 1;
    this.#nextSiblings[child] = this.#firstChildren[node] ?? 0;
    this.#firstChildren[node] = child;
  }
}
