import { LETTERS_AND_DIGITS } from '../detectors/character-set.js';
import type { TriggerWord } from './trigger-word.js';
import { isLetter, isUpper } from './word-edges.js';

/** In a place: the length of what was found, where something must begin with it; else 0. */
const FOUND_LENGTH = 0x0f;
/** In a place, set when a word of a name must close behind what was found. */
const CLOSES = 0x10;
/** In a place, set when what was found must not end with a small letter. */
const CAPITAL = 0x20;
/** In a place, set when letters and digits must start with it, and not only a word of a name. */
const STARTS = 0x40;

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
/** `%3D`: so much before a word can say that it opens. */
const LONGEST_ESCAPE = 3;

/**
 * By the state of an automaton, where its words are meant, for {@link isMeant}; 0 where one of them is meant anywhere.
 *
 * @param endings of each state, the words that end there.
 * @param foundBy of a longer word so much is found.
 */
export function hitPlaces(
  words: readonly TriggerWord[],
  endings: readonly (readonly number[])[],
  foundBy: number,
): Uint8Array {
  const places = Uint8Array.from(words, (word) => placeOf(word, foundBy));
  const common = new Uint8Array(endings.length);
  for (let state = 0; state < endings.length; state += 1) {
    const indexes = endings[state];
    if (indexes !== undefined && indexes.length > 0) common[state] = commonPlace(indexes, places);
  }
  return common;
}

/** The parts that all words of a state have in common. Without iterators: there are thousands of states, and a text waits for them. */
function commonPlace(indexes: readonly number[], places: Uint8Array): number {
  const first = places[indexes[0] ?? 0] ?? 0;
  let differing = 0;
  for (let at = 1; at < indexes.length; at += 1) differing |= first ^ (places[indexes[at] ?? 0] ?? 0);
  if (differing === 0) return first;
  // A part of one bit is what differs; a length differs as a whole.
  const parts = (differing & FOUND_LENGTH) === 0 ? differing : differing | FOUND_LENGTH;
  return first & ~parts;
}

function placeOf(word: TriggerWord, foundBy: number): number {
  if (word.place === undefined) return 0;
  const { length } = word.word;
  if (word.place === 'capital') return length <= foundBy ? CAPITAL : 0;
  if (word.place === 'start') return Math.min(length, foundBy) | STARTS;
  return Math.min(length, foundBy) | (word.place === 'word' && length <= foundBy ? CLOSES : 0);
}

/**
 * False when no word of a name opens where a hit starts, or none closes behind it: as `isNameWord` and `startsWord`, but yes where
 * less of the text is known; and when it ends with a small letter where it must not. assembly/word-walk.ts does the same.
 *
 * @param bytes the low bytes of a text without foreign characters, with a space behind it.
 */
export function isMeant(bytes: Uint8Array, end: number, place: number): boolean {
  if ((place & CLOSES) !== 0 && isLower(bytes[end] ?? 0)) return false;
  if ((place & CAPITAL) !== 0 && isLower(bytes[end - 1] ?? 0)) return false;
  const length = place & FOUND_LENGTH;
  const start = end - length;
  // An escape may have begun in the piece before.
  if (length === 0 || start < LONGEST_ESCAPE) return true;
  const before = bytes[start - 1] ?? 0;
  const isFree =
    (place & STARTS) === 0
      ? !isLetter(before) || isUpper(bytes[start] ?? 0)
      : LETTERS_AND_DIGITS[before] !== 1;
  if (isFree) return true;
  return bytes[start - 2] === BACKSLASH || bytes[start - 3] === PERCENT;
}

function isLower(byte: number): boolean {
  return isLetter(byte) && !isUpper(byte);
}
