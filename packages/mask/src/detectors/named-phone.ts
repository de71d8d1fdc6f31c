import { DIGITS, endsWord, isMemberAt } from './character-set.js';

const SHORTEST = 7;
const LONGEST = 13;
/** With two zeros before the code of the country. */
const LONGEST_ABROAD = 15;
const MOST_GAPS = 2;
const SEPARATORS = ' -.()/';
const BEFORE = 48;
/** The word is right before the number, but for what joins the two. */
const NAME =
  /(?:^|[^A-Za-z0-9])(?:(?:tele|cell)?phone|mobile|cell|tel|fax|whats ?app|msisdn|handy(?:nummer)?|telefon(?:nummer|o)?|tel\u00e9fono|t\u00e9l\u00e9phone|portable|celular|m[o\u00f3]vil|(?:my|his|her|our|their|your) number|contact (?:no|number)|call(?: (?:me|us|him|her|them))? (?:at|on|under)|call(?: (?:me|us|him|her|them))?)(?:[ _-]?(?:number|no|num|nr|nummer))?\.?(?: (?:is|was|ist|es|est))?[ \t:=#"']{0,4}$/i;
/** A date is told beside a call as well. */
const DATE = /^(?:(?:19|20)\d{2}([-./ ])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2(?:19|20)\d{2})(?!\d)/;

/** Whether a word that names a phone number stands right before the number at `at`. */
export function isNamedPhone(text: string, at: number): boolean {
  return NAME.test(text.slice(Math.max(0, at - BEFORE), at));
}

/** The end of a number in whatever groups that starts at `at`, behind a word that names it; `at` when there is none. */
export function namedPhoneEnd(text: string, at: number): number {
  const longest = text.startsWith('00', at) ? LONGEST_ABROAD : LONGEST;
  let digits = 0;
  let counted = 0;
  let end = at;
  let gap = 0;
  for (let index = at; index <= text.length; index += 1) {
    if (isMemberAt(text, index, DIGITS)) {
      digits += 1;
      gap = 0;
      if (digits > longest) break;
      continue;
    }
    // Whole groups only.
    if (gap === 0 && digits > counted) {
      counted = digits;
      end = index;
    }
    gap += 1;
    if (gap > MOST_GAPS || !SEPARATORS.includes(text[index] ?? 'x')) break;
  }
  const isNumber = counted >= SHORTEST && endsWord(text, end) && !'-:_'.includes(text[end] ?? ' ');
  return isNumber && !DATE.test(text.slice(at, at + 12)) ? end : at;
}
