import { TRAIT_DIGITS } from '../text-traits.js';
import { DIGITS, endOfRun, endsWord, isMemberAt, LETTERS_AND_DIGITS, startsWord } from './character-set.js';
import type { ValueDetector } from './value-detector.js';

const SEPARATORS = '- .\u00a0\u2010\u2011\u2012\u2013';

/** US social security numbers with separators, in ranges that are given out (not 000, 666 or 9xx; no group 00; no serial 0000). */
export const usSsnDetector: ValueDetector = {
  name: 'us-ssn',
  needs: TRAIT_DIGITS,
  find(text, report) {
    let at = 0;
    while (at < text.length) {
      if (DIGITS[text.charCodeAt(at)] !== 1) {
        at += 1;
        continue;
      }
      const areaEnd = endOfRun(text, at, DIGITS);
      const end = areaEnd - at === 3 ? numberEnd(text, at) : at;
      if (end > at) report(at, end);
      at = end === at ? areaEnd : end;
    }
  },
};

/** Where the number that starts at `at` ends; `at` when there is none. */
function numberEnd(text: string, at: number): number {
  const separator = text[at + 3] ?? '';
  if (separator === '' || !SEPARATORS.includes(separator) || text[at + 6] !== separator) return at;
  const end = endOfRun(text, at + 7, DIGITS);
  const whole = endOfRun(text, at + 4, DIGITS) === at + 6 && end === at + 11;
  return whole && isGivenOut(text, at) && standsAlone(text, at, end) ? end : at;
}

function isGivenOut(text: string, at: number): boolean {
  const area = text.slice(at, at + 3);
  if (area === '000' || area === '666' || area >= '900') return false;
  return text.slice(at + 4, at + 6) !== '00' && text.slice(at + 7, at + 11) !== '0000';
}

function standsAlone(text: string, start: number, end: number): boolean {
  if (!startsWord(text, start) || !endsWord(text, end)) return false;
  const joined = (mark: number, beyond: number): boolean =>
    '-.'.includes(text[mark] ?? ' ') && isMemberAt(text, beyond, LETTERS_AND_DIGITS);
  return !joined(start - 1, start - 2) && !joined(end, end + 1);
}
