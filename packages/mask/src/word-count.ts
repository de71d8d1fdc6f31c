import { LETTERS_AND_DIGITS } from './detectors/character-set.js';

/**
 * How many words a text has: runs of letters and digits, of which each can be a name. Counting stops beyond `most`.
 *
 * @param text attacker-controlled, any length.
 */
export function wordCount(text: string, most: number): number {
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
