import { openWordWalk } from './compiled-walk.js';
import { WordAutomaton } from './word-automaton.js';
import { MOST_CHARACTERS, STATE, type WordWalk } from './word-walk.js';

/** Tells of which lists of words one stands in a text, in one pass for all of them: a regular expression takes as long for each. */
export class WordFinder {
  readonly #lists: readonly (readonly string[])[];
  /** By the state of the automaton, bits of the lists of which a word ends there. */
  #found: Uint32Array = new Uint32Array(0);
  #walk: WordWalk | undefined;

  /** @param lists at most 31, of words in lower case of printable ASCII characters and tabs; a digit stands for any. */
  constructor(lists: readonly (readonly string[])[]) {
    this.#lists = lists;
  }

  /**
   * Bit 0 of the first list, and so on.
   *
   * @param text attacker-controlled, any length; the time is linear in it.
   */
  find(text: string): number {
    const walk = this.#walk ?? this.#prepare();
    let bits = 0;
    for (let from = 0; from < text.length; from += MOST_CHARACTERS) {
      const piece = text.length <= MOST_CHARACTERS ? text : text.slice(from, from + MOST_CHARACTERS);
      walk.walk(piece, from === 0, true);
      for (let hit = 0; hit < walk.hitCount; hit += 1)
        bits |= this.#found[(walk.hits[hit] ?? 0) & STATE] ?? 0;
    }
    return bits;
  }

  /** Late: at the start of a process nothing waits for it. */
  #prepare(): WordWalk {
    const bits = this.#lists.flatMap((words, list) => words.map(() => 1 << list));
    const automaton = new WordAutomaton(this.#lists.flat());
    this.#found = Uint32Array.from(automaton.endings, (words) =>
      words.reduce((all, word) => all | (bits[word] ?? 0), 0),
    );
    this.#walk = openWordWalk(automaton, new Uint8Array(automaton.endings.length));
    return this.#walk;
  }
}
