import { DIGITS, isMemberAt, runAfter, startsWord } from '../detectors/character-set.js';
import { IBAN_LENGTHS } from '../detectors/iban.js';
import { isNamedPhone } from '../detectors/named-phone.js';
import { TRAIT_DIGITS, TRAIT_IBAN, TRAIT_PHONE, TRAIT_TOKEN } from '../text-traits.js';
import type { TriggerWord } from './trigger-word.js';

const DIGIT_RUN = 9;
const ACCOUNT_NUMBER = 15;
const MOST_GAPS = 2;
/** Room of nine digits with two separators after each. */
const ROOM = 27;
const GAPS: ReadonlySet<string> = new Set(' -._+()/%');
const CARD_GAPS: readonly string[] = [' ', '-', '+', '\u00a0'];

/** How card and account numbers begin: in one run, or in groups. A `0` stands for any digit: at most eight characters each. */
const NUMBER_SHAPES: readonly string[] = [
  '00000000',
  ...CARD_GAPS.map((gap) => `0000${gap}00`),
  // An escaped space, and two.
  '0000%000',
  '0000%00%',
  ...CARD_GAPS.flatMap((first) => CARD_GAPS.map((second) => `0000${first}${second}00`)),
];
/** A space of a text that is a part of a URL is written in other ways. */
const SPACES: readonly string[] = [' ', '+', '%20'];
const SSN_SHAPES: readonly string[] = [
  ...['-', '.', '\u00a0'].map((gap) => `000${gap}00${gap}0`),
  ...SPACES.flatMap((first) => SPACES.map((second) => `000${first}00${second}0`)),
];
const PHONE_SHAPES: readonly string[] = [
  ...['+0', '0-0', '0/0', '000.000', ')000', ')-000'],
  ...SPACES.flatMap((space) => [`00${space}00`, `)${space}000`]),
];

/** Between the groups of a card, and in versions and dates as well: there, four groups of four have to follow. */
const ODD_GAPS: readonly string[] = ['.', '_', '/'];
const ODD_GROUPS = /^\d{4}([._/])\d{4}\1\d{4}\1\d{4}/;

const DASHED_GROUPS = /^\d{4} - \d{4} - \d{4}/;

/** Numbers of nine and more digits, with at most two separators between any two of them. */
export const DIGIT_TRIGGERS: readonly TriggerWord[] = [
  ...NUMBER_SHAPES.map((word) => ({
    word,
    traits: TRAIT_DIGITS | TRAIT_PHONE | TRAIT_IBAN,
    check: isLongNumber,
  })),
  ...ODD_GAPS.map((gap) => ({
    word: `0000${gap}000`,
    traits: TRAIT_DIGITS,
    check: (text: string, start: number) => ODD_GROUPS.test(text.slice(start, start + 19)),
  })),
  {
    word: '0000 - 0',
    traits: TRAIT_DIGITS,
    check: (text, start) => DASHED_GROUPS.test(text.slice(start, start + 18)),
  },
  { word: '00000000', traits: TRAIT_TOKEN, check: isLongRun },
  ...SSN_SHAPES.map((word) => ({
    word,
    traits: TRAIT_DIGITS,
    check: (text: string, start: number) => runAfter(text, start + 7, { set: DIGITS, limit: 4 }) === 4,
  })),
];

/** An account in groups can have hardly a digit but those that check it. In one run, it is a long word. */
export const ACCOUNT_TRIGGERS: readonly TriggerWord[] = [...IBAN_LENGTHS.keys()].flatMap((country) =>
  [...SPACES, '-', '\u00a0'].map((gap) => ({
    word: `${country.toLowerCase()}00${gap}`,
    traits: TRAIT_IBAN,
    check: startsWord,
  })),
);

/** Numbers that are written as phone numbers are. */
export const PHONE_TRIGGERS: readonly TriggerWord[] = [
  ...PHONE_SHAPES.map((word) => ({ word, traits: TRAIT_PHONE })),
  // So few digits in one run are a phone number only behind its name.
  {
    word: '0000000',
    traits: TRAIT_PHONE,
    check: (text, start) => !isMemberAt(text, start - 1, DIGITS) && isNamedPhone(text, start),
  },
];

/** Some tokens begin with the number of an account. */
function isLongRun(text: string, start: number): boolean {
  return runAfter(text, start, { set: DIGITS, limit: ACCOUNT_NUMBER }) === ACCOUNT_NUMBER;
}

function isLongNumber(text: string, _start: number, end: number): boolean {
  return digitsFrom(text, end - 1, -1) + digitsFrom(text, end, 1) >= DIGIT_RUN;
}

/** Digits from a place on, in the room of a number and until something else than a few separators stands there. */
function digitsFrom(text: string, start: number, step: 1 | -1): number {
  let digits = 0;
  let gaps = 0;
  for (let read = 0; read < ROOM && gaps <= MOST_GAPS; read += 1) {
    const at = start + read * step;
    if (isMemberAt(text, at, DIGITS)) {
      digits += 1;
      gaps = 0;
    } else if (isGap(text, at)) gaps += 1;
    else break;
  }
  return digits;
}

function isGap(text: string, at: number): boolean {
  const character = text[at] ?? 'x';
  return GAPS.has(character) || (character > '\u007f' && /[\s\p{Pd}]/u.test(character));
}
