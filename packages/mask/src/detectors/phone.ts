import { TRAIT_PHONE } from '../text-traits.js';
import { DIGITS, endsWord, LETTERS_AND_DIGITS } from './character-set.js';
import type { ValueDetector } from './value-detector.js';

const SHORTEST = 8;
const LONGEST = 15; // E.164
const MAX_LENGTH = 24;
const NATIONAL = /(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-. ]\d{4}|0\d{1,4}[- ]\d{2,4}[- ]\d{3,4}|0\d{1,3}-\d{6,8}/y;

/** Phone numbers: E.164 with '+' and usual separators, and national numbers with separators (North America,
 * or after a leading 0). Opt-in. */
export const phoneDetector: ValueDetector = {
  name: 'phone',
  needs: TRAIT_PHONE,
  find(text, report) {
    let at = 0;
    while (at < text.length) {
      const end = numberEnd(text, at);
      if (end > at) report(at, end);
      at = end > at ? end : at + 1;
    }
  },
};

function numberEnd(text: string, at: number): number {
  const character = text[at] ?? '';
  if (character === '+') return internationalEnd(text, at);
  if (character !== '(' && DIGITS[text.charCodeAt(at)] !== 1) return at;
  return isJoined(text, at - 1) ? at : nationalEnd(text, at);
}

function isJoined(text: string, before: number): boolean {
  return LETTERS_AND_DIGITS[text.charCodeAt(before)] === 1 || '-.+_/'.includes(text[before] ?? ' ');
}

function internationalEnd(text: string, at: number): number {
  const first = text[at + 1] ?? '0';
  if (first < '1' || first > '9' || LETTERS_AND_DIGITS[text.charCodeAt(at - 1)] === 1) return at;
  let digits = 0;
  let end = at + 1;
  let gap = 0;
  for (let index = at + 1; index < at + MAX_LENGTH && digits <= LONGEST; index += 1) {
    if (DIGITS[text.charCodeAt(index)] === 1) {
      digits += 1;
      gap = 0;
      end = index + 1;
    } else if (++gap > 2 || !' -.()'.includes(text[index] ?? 'x')) {
      break;
    }
  }
  return digits >= SHORTEST && digits <= LONGEST && endsWord(text, end) ? end : at;
}

function nationalEnd(text: string, at: number): number {
  NATIONAL.lastIndex = at;
  const match = NATIONAL.exec(text);
  if (match === null) return at;
  const end = at + match[0].length;
  return endsWord(text, end) && text[end] !== '-' ? end : at;
}
