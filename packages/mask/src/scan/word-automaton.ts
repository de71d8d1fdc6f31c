/** One step of the automaton reads one character class; a row of its table has this many entries. */
const ROW_BITS = 6;
const ROW = 1 << ROW_BITS;
/** Set in an entry of the table when words end at the state. */
export const ENDS_WORDS: number = 0x8000;
const MOST_STATES = ENDS_WORDS - 1;

/**
 * Finds many words in one pass (Aho and Corasick, 1975), whatever their case: a table of steps, one per character. Words are
 * printable ASCII; what no word holds is one class, so that a row stays short.
 */
export class WordAutomaton {
  /** Class of each byte. */
  readonly classes: Uint8Array = new Uint8Array(256);
  /** Next state by `(state << ROW_BITS) + class`, with {@link ENDS_WORDS} set where words end. */
  readonly steps: Uint16Array;
  /** Indexes of the words that end at a state, in no certain order. */
  readonly endings: readonly (readonly number[])[];

  /** @param words in lower case, none of them empty. The result of a search names them by their index. */
  constructor(words: readonly string[]) {
    this.#assignClasses(words);
    const trie = this.#buildTrie(words);
    if (trie.length > MOST_STATES) throw new RangeError('too many words for one automaton');
    this.steps = new Uint16Array(trie.length << ROW_BITS);
    this.endings = this.#connect(trie);
  }

  #assignClasses(words: readonly string[]): void {
    let next = 1;
    for (const word of words) {
      for (let at = 0; at < word.length; at += 1) {
        const code = word.charCodeAt(at);
        if (this.classes[code] !== 0) continue;
        if (next >= ROW) throw new RangeError('too many different characters for one automaton');
        this.classes[code] = next;
        this.classes[word[at]?.toUpperCase().charCodeAt(0) ?? code] = next;
        next += 1;
      }
    }
  }

  #buildTrie(words: readonly string[]): TrieNode[] {
    const root: TrieNode = { children: new Map(), words: [], fallback: 0 };
    const trie = [root];
    for (const [index, word] of words.entries()) {
      let node = root;
      for (let at = 0; at < word.length; at += 1) {
        const step = this.classes[word.charCodeAt(at)] ?? 0;
        let child = node.children.get(step);
        if (child === undefined) {
          child = trie.push({ children: new Map(), words: [], fallback: 0 }) - 1;
          node.children.set(step, child);
        }
        node = trie[child] ?? root;
      }
      node.words.push(index);
    }
    return trie;
  }

  /** Breadth first: the row of a state is the row of its longest proper suffix, with its own children over it. */
  #connect(trie: readonly TrieNode[]): readonly (readonly number[])[] {
    const endings = trie.map(({ words }) => words);
    const queue = [0];
    for (let head = 0; head < queue.length; head += 1) {
      const state = queue[head] ?? 0;
      const node = trie[state];
      if (node === undefined) continue;
      const { fallback } = node;
      if (state !== 0) {
        this.steps.copyWithin(state << ROW_BITS, fallback << ROW_BITS, (fallback + 1) << ROW_BITS);
        const inherited = endings[fallback] ?? [];
        if (inherited.length > 0) endings[state]?.push(...inherited);
      }
      for (const [step, child] of node.children) {
        const next = trie[child];
        if (next === undefined) continue;
        if (state !== 0) next.fallback = (this.steps[(fallback << ROW_BITS) + step] ?? 0) & MOST_STATES;
        this.steps[(state << ROW_BITS) + step] = child;
        queue.push(child);
      }
    }
    this.#markEndings(endings);
    return endings;
  }

  #markEndings(endings: readonly (readonly number[])[]): void {
    for (let index = 0; index < this.steps.length; index += 1) {
      const state = this.steps[index] ?? 0;
      if ((endings[state]?.length ?? 0) > 0) this.steps[index] = state | ENDS_WORDS;
    }
  }
}

interface TrieNode {
  readonly children: Map<number, number>;
  readonly words: number[];
  fallback: number;
}
