/** A set of ASCII characters: 1 at the code of each member. */
export type CharacterSet = Uint8Array;

/** One set for each specification, so that sets can be compared. */
const sets = new Map<string, CharacterSet>();

/**
 * The set of the characters and ranges (`A-Z`) of a specification. A dash that is meant as itself stands last.
 */
export function characterSet(specification: string): CharacterSet {
  const known = sets.get(specification);
  if (known !== undefined) return known;
  const set = characterTable([[1, specification]]);
  sets.set(specification, set);
  return set;
}

/**
 * What each ASCII character is: the value of the last entry whose specification names it, 0 for others. To make such a table of
 * regular expressions takes as long as to compile them, which happens while a process starts.
 */
export function characterTable(
  entries: readonly (readonly [value: number, specification: string])[],
): Uint8Array {
  const table = new Uint8Array(128);
  for (const [value, specification] of entries) {
    for (let at = 0; at < specification.length; at += 1) {
      const first = specification.charCodeAt(at);
      const ranged = specification[at + 1] === '-' && at + 2 < specification.length;
      const last = ranged ? specification.charCodeAt(at + 2) : first;
      table.fill(value, first, last + 1);
      if (ranged) at += 2;
    }
  }
  return table;
}

export const DIGITS: CharacterSet = characterSet('0-9');
export const LETTERS_AND_DIGITS: CharacterSet = characterSet('A-Za-z0-9');
export const WORD_CHARACTERS: CharacterSet = characterSet('A-Za-z0-9_-');
export const HEX_DIGITS: CharacterSet = characterSet('0-9A-Fa-f');

/**
 * Whether a member stands at `at`. Outside of the text there is none, and nobody asks: the code there is NaN, and one look-up by
 * NaN makes all later ones at the same place of the program four times slower.
 */
export function isMemberAt(text: string, at: number, set: CharacterSet): boolean {
  return at >= 0 && at < text.length && set[text.charCodeAt(at)] === 1;
}

/** The end of the run of members that starts at `from`; `from` when there is none. */
export function endOfRun(text: string, from: number, set: CharacterSet): number {
  const { length } = text;
  let end = from;
  while (end < length && set[text.charCodeAt(end)] === 1) end += 1;
  return end;
}

/** A run of members of a set that is looked at only so far. */
export interface BoundedRun {
  readonly set: CharacterSet;
  readonly limit: number;
}

/** How many members end right before `end`, at most `limit`. */
export function runBefore(text: string, end: number, { set, limit }: BoundedRun): number {
  let length = 0;
  while (length < limit && isMemberAt(text, end - length - 1, set)) length += 1;
  return length;
}

/** How many members start at `start`, at most `limit`. */
export function runAfter(text: string, start: number, { set, limit }: BoundedRun): number {
  let length = 0;
  while (length < limit && isMemberAt(text, start + length, set)) length += 1;
  return length;
}

/** The ends of the runs that were walked in one text, by their sets: no run is walked again from each place inside it. */
export class RunEnds {
  readonly #text: string;
  readonly #ends = new Map<CharacterSet, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The end of the run of members of `set` that starts at `at`, which is not before where it was asked for last. */
  endOf(set: CharacterSet, at: number): number {
    const known = this.#ends.get(set) ?? 0;
    if (at < known) return known;
    const end = endOfRun(this.#text, at, set);
    this.#ends.set(set, end);
    return end;
  }
}

const ESCAPE_LETTERS = 'nrtbfv';

/**
 * Whether a word may start at `at`: after a character that is no letter or digit, after a percent-escape (`%3D`), or
 * after an escape of a string literal (`\n`).
 */
export function startsWord(text: string, at: number): boolean {
  if (at === 0 || !isMemberAt(text, at - 1, LETTERS_AND_DIGITS)) return true;
  if (at > 1 && text.charCodeAt(at - 2) === 0x5c && ESCAPE_LETTERS.includes(text[at - 1] ?? ' ')) return true;
  return escapedCode(text, at - 3) >= 0;
}

/** Whether no letter or digit stands at `at`. */
export function endsWord(text: string, at: number): boolean {
  return !isMemberAt(text, at, LETTERS_AND_DIGITS);
}

/** The code that the percent-escape at `at` stands for; -1 when there is none. */
export function escapedCode(text: string, at: number): number {
  if (at < 0 || at + 2 >= text.length || text.charCodeAt(at) !== 0x25) return -1;
  const high = HEX_VALUES[text.charCodeAt(at + 1)] ?? NO_HEX;
  const low = HEX_VALUES[text.charCodeAt(at + 2)] ?? NO_HEX;
  return high === NO_HEX || low === NO_HEX ? -1 : high * 16 + low;
}

const NO_HEX = 255;
const HEX_VALUES: Uint8Array = new Uint8Array(128).fill(NO_HEX);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  HEX_VALUES[digit.charCodeAt(0)] = value;
  HEX_VALUES[digit.toUpperCase().charCodeAt(0)] = value;
}
