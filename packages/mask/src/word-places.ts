import { LETTERS_AND_DIGITS } from './detectors/character-set.js';

/** Where every word can be a name, so many are as much work as one place; shorter texts have too few to count. */
const WORDS_OF_PLACE = 8;
const FEW_WORDS = 1024;

/**
 * The places of what can be names, where no word tells which of them a rule is about. Counting stops beyond `most`.
 *
 * @param text attacker-controlled, any length.
 */
export function wordPlaces(text: string, most: number): number {
  return text.length < FEW_WORDS ? 0 : Math.ceil(wordCount(text, WORDS_OF_PLACE * most) / WORDS_OF_PLACE);
}

/** How many words a text has: runs of letters and digits, of which each can be a name. */
function wordCount(text: string, most: number): number {
  let count = 0;
  let isInside = false;
  for (let at = 0; at < text.length && count <= most; at += 1) {
    const code = text.charCodeAt(at);
    const isMember = code >= 0x80 || LETTERS_AND_DIGITS[code] === 1;
    if (isMember && !isInside) count += 1;
    isInside = isMember;
  }
  return count;
}
