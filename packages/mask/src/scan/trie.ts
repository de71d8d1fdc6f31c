/** A row has an entry for each class of characters. */
export const ROW_BITS: number = 6;

/** Stands in no word. */
const END = '\xff';
const END_BYTE = 0xff;

/**
 * The beginnings of words, each a node; the root, which is 0, is the empty one. Numbers in arrays and not objects: there are
 * thousands, and the first text of a process waits for them.
 */
export class Trie {
  /** The words that are nodes, by their index. */
  readonly words: ReadonlyMap<number, readonly number[]>;
  /** Nodes, the root among them. */
  readonly size: number;
  /** By node, its first child; 0 where there is none. */
  readonly firstChildren: Uint16Array;
  /** By node, the next child of the same parent; 0 where there is none. */
  readonly nextSiblings: Uint16Array;
  /** By node, the class of its last character. */
  readonly steps: Uint8Array;

  /**
   * @param classes of each character, by its code.
   * @param most nodes, at most 65,535.
   * @throws RangeError when the words have more beginnings.
   */
  constructor(words: readonly string[], classes: Uint8Array, most: number) {
    const room = Math.min(
      most,
      words.reduce((sum, { length }) => sum + length, 1),
    );
    const firstChildren = new Uint16Array(room);
    const nextSiblings = new Uint16Array(room);
    const steps = new Uint8Array(room);
    // Child by `(node << ROW_BITS) + class`. What no node needs is never touched.
    const children = new Uint16Array(room << ROW_BITS);
    const ending = new Map<number, number[]>();
    // All in one loop over bytes, which the engine compiles while it runs.
    const bytes = Buffer.from(words.map((word) => word + END).join(''), 'latin1');
    let size = 1;
    let node = 0;
    let index = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === END_BYTE) {
        const same = ending.get(node);
        if (same === undefined) ending.set(node, [index]);
        else same.push(index);
        node = 0;
        index += 1;
        continue;
      }
      const step = classes[byte] ?? 0;
      const entry = (node << ROW_BITS) + step;
      const child = children[entry] ?? 0;
      if (child !== 0) {
        node = child;
        continue;
      }
      if (size === room) throw new RangeError('too many words for one automaton');
      steps[size] = step;
      nextSiblings[size] = firstChildren[node] ?? 0;
      firstChildren[node] = size;
      children[entry] = size;
      node = size;
      size += 1;
    }
    this.firstChildren = firstChildren;
    this.nextSiblings = nextSiblings;
    this.steps = steps;
    this.words = ending;
    this.size = size;
  }
}
