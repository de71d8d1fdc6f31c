import { ROW_BITS, Trie } from './trie.js';

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

/** Words that end at most states. */
const NONE: readonly number[] = [];

/**
 * Finds many words in one pass (Aho and Corasick, 1975), whatever their case: a table of steps, one per character. Words are
 * printable ASCII. A word with a digit is found with any digit.
 */
export class WordAutomaton {
  /** Next state by `(state << ROW_BITS) + class`, with {@link ENDS_WORDS} set where words end. */
  readonly steps: Uint16Array;
  /** Length of the longest word. */
  readonly longest: number;
  /** Indexes of the words that end at a state, in no certain order; the same list wherever none do. */
  readonly endings: readonly (readonly number[])[];

  /** @param words in lower case, none of them empty. The result of a search names them by their index. */
  constructor(words: readonly string[]) {
    this.longest = words.reduce((longest, { length }) => Math.max(longest, length), 1);
    const trie = new Trie(words, CHARACTER_CLASSES, MOST_STATES);
    this.steps = new Uint16Array(trie.size << ROW_BITS);
    this.endings = this.#connect(trie);
  }

  /**
   * State by state, those of shorter beginnings first, which puts the states near the root, where text dwells, next to each
   * other. The row of a state is the row of its longest proper suffix, with its own children over it.
   *
   * @returns the words that end at each state.
   */
  #connect(trie: Trie): readonly (readonly number[])[] {
    const { steps } = this;
    const { size, firstChildren, nextSiblings } = trie;
    const nodes = new Uint16Array(size);
    const fallbacks = new Uint16Array(size);
    const endings = new Array<readonly number[]>(size).fill(NONE);
    let known = 1;
    for (let state = 0; state < size; state += 1) {
      const fallback = (fallbacks[state] ?? 0) << ROW_BITS;
      if (state !== 0) steps.copyWithin(state << ROW_BITS, fallback, fallback + (1 << ROW_BITS));
      let child = firstChildren[nodes[state] ?? 0] ?? 0;
      for (; child !== 0; child = nextSiblings[child] ?? 0) {
        const step = trie.steps[child] ?? 0;
        const next = known;
        known += 1;
        nodes[next] = child;
        const suffix = state === 0 ? 0 : (steps[fallback + step] ?? 0) & MOST_STATES;
        const own = trie.words.get(child);
        const inherited = endings[suffix] ?? NONE;
        const ending = own === undefined ? inherited : [...own, ...inherited];
        fallbacks[next] = suffix;
        endings[next] = ending;
        steps[(state << ROW_BITS) + step] = ending === NONE ? next : next | ENDS_WORDS;
      }
    }
    return endings;
  }
}
