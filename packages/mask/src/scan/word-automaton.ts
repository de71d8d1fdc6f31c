/** One step of the automaton reads one character class; a row of its table has this many entries. */
export const ROW_BITS: number = 6;
/** Set in an entry of the table when words end at the state. */
export const ENDS_WORDS: number = 0x8000;
const MOST_STATES = ENDS_WORDS - 1;

/** What is frequent comes first: the steps that text really takes then share half a row, one cache line. */
const CHARACTERS = 'etaoinsrhldcumfpgwybvkxjqz/-._ \t@%\\=+:$~()\u00a0,\'"<>{}[]&;#?!*|^`\u0000';

/**
 * Class of each byte: one for each letter in either case, one for all digits, one for each other printable character, one
 * for control characters. One
 * table for all automatons, because the engine reads a constant faster than a member.
 */
export const CHARACTER_CLASSES: Uint8Array = characterClasses();

function characterClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  const digits = 1;
  classes.fill(digits, 0x30, 0x3a);
  for (const [index, character] of [...CHARACTERS].entries()) {
    classes[character.charCodeAt(0)] = digits + 1 + index;
    classes[character.toUpperCase().charCodeAt(0)] = digits + 1 + index;
  }
  // All control characters are one, the tab apart; and so is what stands for one in the low byte of another character.
  const control = classes[0] ?? 0;
  for (let code = 0; code < 0xa0; code += 1)
    if (classes[code] === 0 && isControl(code)) classes[code] = control;
  classes[0xad] = control;
  return classes;
}

function isControl(code: number): boolean {
  return code < 0x20 || code >= 0x7f;
}

/**
 * Finds many words in one pass (Aho and Corasick, 1975), whatever their case: a table of steps, one per character. Words are
 * printable ASCII. A word with a digit is found with any digit.
 */
export class WordAutomaton {
  /** Next state by `(state << ROW_BITS) + class`, with {@link ENDS_WORDS} set where words end. */
  readonly steps: Uint16Array;
  /** Length of the longest word. */
  readonly longest: number;
  /** Indexes of the words that end at a state, in no certain order. */
  readonly endings: readonly (readonly number[])[];

  /** @param words in lower case, none of them empty. The result of a search names them by their index. */
  constructor(words: readonly string[]) {
    this.longest = Math.max(1, ...words.map(({ length }) => length));
    const nodes = inBreadth(buildTrie(words));
    if (nodes.length > MOST_STATES) throw new RangeError('too many words for one automaton');
    this.steps = new Uint16Array(nodes.length << ROW_BITS);
    this.#connect(nodes);
    this.endings = nodes.map(({ words: ending }) => ending);
  }

  /**
   * Breadth first, which puts the states near the root, where text dwells, next to each other. The row of a state is the row
   * of its longest proper suffix, with its own children over it.
   */
  #connect(nodes: readonly TrieNode[]): void {
    const { steps } = this;
    for (const [state, { fallback, children }] of nodes.entries()) {
      if (state !== 0) steps.copyWithin(state << ROW_BITS, fallback << ROW_BITS, (fallback + 1) << ROW_BITS);
      for (const [step, child] of children) {
        if (state !== 0) {
          child.fallback = (steps[(fallback << ROW_BITS) + step] ?? 0) & MOST_STATES;
          child.words.push(...(nodes[child.fallback]?.words ?? []));
        }
        steps[(state << ROW_BITS) + step] = child.words.length > 0 ? child.state | ENDS_WORDS : child.state;
      }
    }
  }
}

function buildTrie(words: readonly string[]): TrieNode {
  const root = newNode();
  for (const [index, word] of words.entries()) {
    let node = root;
    for (let at = 0; at < word.length; at += 1) {
      const step = CHARACTER_CLASSES[word.charCodeAt(at)] ?? 0;
      let child = node.children.get(step);
      if (child === undefined) {
        child = newNode();
        node.children.set(step, child);
      }
      node = child;
    }
    node.words.push(index);
  }
  return root;
}

/** The trie's nodes, breadth first, numbered in this order. */
function inBreadth(root: TrieNode): readonly TrieNode[] {
  const nodes = [root];
  for (let head = 0; head < nodes.length; head += 1) {
    for (const child of nodes[head]?.children.values() ?? []) {
      child.state = nodes.push(child) - 1;
    }
  }
  return nodes;
}

function newNode(): TrieNode {
  return { children: new Map(), words: [], state: 0, fallback: 0 };
}

interface TrieNode {
  readonly children: Map<number, TrieNode>;
  readonly words: number[];
  state: number;
  fallback: number;
}
