import { TRAIT_PHONE } from '../text-traits.js';
import { DIGITS, endsWord, isMemberAt, LETTERS_AND_DIGITS, WORD_CHARACTERS } from './character-set.js';
import { isNamedPhone, namedPhoneEnd } from './named-phone.js';
import type { ValueDetector } from './value-detector.js';

const SHORTEST = 8;
const LONGEST = 15; // E.164
const MAX_LENGTH = 24;
const NATIONAL = new RegExp(
  [
    String.raw`(?:1[-. ])?(?:\(\d{3}\) ?|[2-9]\d{2}[-.])\d{3}[-. ]\d{4}`, // North America
    String.raw`[2-9]\d{2} [2-9]\d{2} \d{4}`,
    String.raw`0\d(?:[ .]\d{2}){4}`, // France, Belgium
    String.raw`0\d{1,4}[- ]\d{2,4}[- ]\d{3,4}`, // United Kingdom, Japan, Germany
    String.raw`0\d{4} \d{6}`,
    String.raw`0\d{1,4}[-/ ]\d{6,8}`,
    String.raw`[6-9]\d{4}[- ]\d{5}`, // India
    String.raw`\(\d{2}\) ?9?\d{4}-\d{4}`, // Brazil
    String.raw`\(0\d{1,4}\) ?\d{3,4}[- ]?\d{3,4}`,
    String.raw`1[3-9]\d[- ]\d{4}[- ]\d{4}`, // China
  ].join('|'),
  'y',
);
const BARE = /\d{10,11}|\d{3,5}[- ]\d{5,8}/y;
/** Two zeros and the code of a country: with dashes only that of North America, since many ids begin with zeros. */
const ABROAD =
  /001[-. ]\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}|00[2-9]\d{1,2}[ ./(]{1,2}\d(?:[\d)]|[ ./-](?=\d)){6,15}/y;
/** An account or a card. */
const FOURS = /^\d{4} \d{4} \d{4}(?!\d)/;
/** What a switchboard needs behind the number. */
const EXTENSION = /(?: ?(?:x|ext\.?|extension) ?)\d{1,6}(?![\dA-Za-z_])/iy;
/** A country and its check digits. */
const ACCOUNT_BEFORE = /(?:^|[^\dA-Za-z])[A-Z]{2}\d{2}[- ]$/;
const GROUP_BEFORE = /(?:^|[^\dA-Za-z])(?=[A-Za-z]{0,3}\d)[\dA-Za-z]{4}[- ]$/;
const BEFORE = 40;
const NAME =
  /\b(?:phone|mobile|cell(?:phone)?|tel(?:ephone)?|fax|whatsapp|msisdn|call(?:ed|ing)?|sms|number (?:is|was)|contact no|handy(?:nummer)?|telefon|celular|m[oó]vil)\b[^\d\n]{0,16}$/i;

/**
 * Phone numbers: E.164 with '+' or '00' and usual separators, and national numbers with separators (North America, or after a
 * leading 0), with their extensions; beside a word that names it, a number in any groups. Opt-in.
 */
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
  if (character !== '(' && !isMemberAt(text, at, DIGITS)) return at;
  return isJoined(text, at - 1) ? at : nationalEnd(text, at);
}

function isJoined(text: string, before: number): boolean {
  // Of a time of day.
  if (text[before] === ':' && isMemberAt(text, before - 1, DIGITS)) return true;
  return isMemberAt(text, before, LETTERS_AND_DIGITS) || '-.+_/'.includes(text[before] ?? ' ');
}

function internationalEnd(text: string, at: number): number {
  const first = text[at + 1] ?? '0';
  if (first < '1' || first > '9' || isMemberAt(text, at - 1, LETTERS_AND_DIGITS)) return at;
  let digits = 0;
  let end = at + 1;
  let gap = 0;
  for (let index = at + 1; index < at + MAX_LENGTH && digits <= LONGEST; index += 1) {
    if (isMemberAt(text, index, DIGITS)) {
      digits += 1;
      gap = 0;
      end = index + 1;
    } else if (++gap > 2 || !' -.()'.includes(text[index] ?? 'x')) {
      break;
    }
  }
  if (digits < SHORTEST || digits > LONGEST) return at;
  const last = extensionEnd(text, end);
  return endsWord(text, last) ? last : at;
}

function extensionEnd(text: string, end: number): number {
  EXTENSION.lastIndex = end;
  return end + (EXTENSION.exec(text)?.[0].length ?? 0);
}

function nationalEnd(text: string, at: number): number {
  if (isNamedPhone(text, at)) {
    const end = namedPhoneEnd(text, at);
    if (end > at) return extensionEnd(text, end);
  }
  const abroad = numberAbroad(text, at);
  if (abroad !== '') return extensionEnd(text, at + abroad.length);
  NATIONAL.lastIndex = at;
  const match = NATIONAL.exec(text);
  const number = match?.[0] ?? namedNumber(text, at);
  if (number === '') return at;
  const end = extensionEnd(text, at + number.length);
  if (!endsWord(text, end) || text[end] === '-') return at;
  return match !== null && isAmongGroups(text, at, number) && !isNamed(text, at) ? at : end;
}

function numberAbroad(text: string, at: number): string {
  if (!text.startsWith('00', at)) return '';
  ABROAD.lastIndex = at;
  const number = ABROAD.exec(text)?.[0] ?? '';
  return FOURS.test(number) || isMemberAt(text, at + number.length, WORD_CHARACTERS) ? '' : number;
}

/** A number without separators, or with one, beside a word that names it. */
function namedNumber(text: string, at: number): string {
  BARE.lastIndex = at;
  const number = BARE.exec(text)?.[0] ?? '';
  return number !== '' && isNamed(text, at) ? number : '';
}

function isNamed(text: string, at: number): boolean {
  return NAME.test(text.slice(Math.max(0, at - BEFORE), at));
}

/** Grouped as an account number is, in fours with others beside it, or as a social security number; or of more zeros than any. */
function isAmongGroups(text: string, at: number, number: string): boolean {
  if (number.startsWith('000') || /^\d{3}[- ]\d{2}[- ]\d{4}$/.test(number)) return true;
  const before = text.slice(Math.max(0, at - 6), at);
  if (ACCOUNT_BEFORE.test(before)) return true;
  const isMore = /^[- ]\d/.test(text.slice(at + number.length, at + number.length + 2));
  if (/^\d{2}(?: \d{2}){4}$/.test(number)) return isMore;
  return /^\d{4}[- ]\d{4}[- ]\d{3,4}$/.test(number) && (isMore || GROUP_BEFORE.test(before));
}
