import { TRAIT_DIGITS } from '../text-traits.js';
import { DIGITS, endOfRun, endsWord, isMemberAt, LETTERS_AND_DIGITS, startsWord } from './character-set.js';
import { canBeIssued, hasIssuerPrefix } from './issuer-prefixes.js';
import { isNamedCard } from './named-card.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';

const SHORTEST = 12;
const LONGEST = 19;

/** Groups of digits with one separator (or two) between neighbours: start and end of each, by turns. */
type DigitGroups = readonly number[];

/** Four groups of four with a sign between them that other numbers have as well, and always the same. */
const ODD_GROUPS = /(?<![\w.:/-])\d{4}([._/])\d{4}\1\d{4}\1\d{4}(?![\w/-]|[.:]\w)/g;

/** As many digits have accounts of AWS and the numbers of articles (EAN-13), and in each tenth of them the last one fits. */
const OTHER_NUMBERS: readonly number[] = [12, 13];
/** The first group of an IBAN: what follows is of an account, though its check digits are wrong. */
const IBAN_HEAD = /(?:^|[^A-Za-z0-9])[A-Z]{2}\d\d $/;

/**
 * Payment card numbers (ISO/IEC 7812): an issuer prefix that is in use, its length and the Luhn digit. Beside a word that names a
 * card, the last is enough.
 */
export const paymentCardDetector: ValueDetector = {
  name: 'payment-card',
  needs: TRAIT_DIGITS,
  find(text, report) {
    for (const {
      0: { length },
      index,
    } of text.matchAll(ODD_GROUPS)) {
      candidate.clear();
      candidate.add(text, index, index + length);
      if (candidate.passesLuhn() && candidate.isIssued()) report(index, index + length);
    }
    let at = 0;
    while (at < text.length) {
      if (DIGITS[text.charCodeAt(at)] !== 1) {
        at += 1;
        continue;
      }
      const groups = digitGroups(text, at);
      reportCards(text, groups, report);
      at = groups[groups.length - 1] ?? at + 1;
    }
  },
};

function digitGroups(text: string, from: number): DigitGroups {
  const groups: number[] = [];
  let start = from;
  for (;;) {
    const end = endOfRun(text, start, DIGITS);
    groups.push(start, end);
    const next = end + separatorLength(text, end);
    if (next === end || !isMemberAt(text, next, DIGITS)) return groups;
    start = next;
  }
}

/** The separator of two groups: one or two of space, dash, plus (a space in a query), an escaped space, or a dash between spaces. */
function separatorLength(text: string, at: number): number {
  if (text.startsWith('%20', at) || text.startsWith(' - ', at)) return 3;
  const isSeparator = (index: number): boolean => ' -+\u00a0'.includes(text[index] ?? 'x');
  if (!isSeparator(at)) return 0;
  return isSeparator(at + 1) ? 2 : 1;
}

function reportCards(text: string, groups: DigitGroups, report: ReportMatch): void {
  for (let first = 0; first < groups.length; ) {
    const last = cardEnd(text, groups, first);
    if (last >= 0) report(groups[first] ?? 0, groups[last + 1] ?? 0);
    first = last >= 0 ? last + 2 : first + 2;
  }
}

/** Where the last group of the longest card stands that begins with the group at `first`, or -1. */
function cardEnd(text: string, groups: DigitGroups, first: number): number {
  const from = groups[first] ?? 0;
  if (!isCardStart(text, from)) return -1;
  candidate.clear();
  let longest = -1;
  for (let last = first; last < groups.length; last += 2) {
    const start = groups[last] ?? 0;
    const end = groups[last + 1] ?? 0;
    const room = end - start;
    const layoutFits = last === first ? room >= 4 : room >= 2;
    if (!layoutFits || candidate.count + room > LONGEST) break;
    candidate.add(text, start, end);
    if (isCardEnd(text, end) && isCard(text, from, last > first)) longest = last;
    if (last > first && room < 3) break;
  }
  return longest;
}

function isCard(text: string, from: number, isGrouped: boolean): boolean {
  if (candidate.count < SHORTEST || !candidate.passesLuhn()) return false;
  const isKnown = (isGrouped || !OTHER_NUMBERS.includes(candidate.count)) && candidate.isIssued();
  return isKnown || isNamedCard(text, from);
}

/** Longest word before a dash that is looked at. */
const LONGEST_WORD = 24;

/** Not inside a word, a decimal fraction or a UUID-like chain of groups; `note.4111…` and `card-4111…` are starts. */
function isCardStart(text: string, start: number): boolean {
  // The first track of a magnetic stripe (ISO/IEC 7813).
  if (text.startsWith('%B', start - 2)) return true;
  if (!startsWord(text, start)) return false;
  const before = text[start - 1];
  if (before === '.') return !isMemberAt(text, start - 2, DIGITS);
  if (before === ' ' && IBAN_HEAD.test(text.slice(Math.max(0, start - 6), start))) return false;
  return before !== '-' || !isChainedGroup(text, start - 1);
}

/** Whether what ends before a dash is a group of an id (it holds a digit, or is four hex letters) and not a word. */
function isChainedGroup(text: string, end: number): boolean {
  let start = end;
  while (start > 0 && end - start < LONGEST_WORD && isMemberAt(text, start - 1, LETTERS_AND_DIGITS))
    start -= 1;
  const group = text.slice(start, end);
  return /[0-9]/.test(group) || /^[A-Fa-f]{4}$/.test(group);
}

function isCardEnd(text: string, end: number): boolean {
  if (!endsWord(text, end)) return false;
  const after = text[end];
  if (after === '.') return !isMemberAt(text, end + 1, DIGITS);
  return after !== '-' || !isMemberAt(text, end + 1, LETTERS_AND_DIGITS);
}

/**
 * Digits that may be a card number: most are none, and a text made of each of them would be most of the work. The sum of Luhn is kept for
 * digits that stand at even and at odd places, once as they are and once doubled: which is which shows at the end.
 */
class CandidateDigits {
  readonly #codes = new Uint8Array(LONGEST);
  #even = 0;
  #odd = 0;
  #evenDoubled = 0;
  #oddDoubled = 0;
  count = 0;

  clear(): void {
    this.count = 0;
    this.#even = 0;
    this.#odd = 0;
    this.#evenDoubled = 0;
    this.#oddDoubled = 0;
  }

  /** Adds the digits of a stretch of the text, which has not more of them than there is room for. */
  add(text: string, start: number, end: number): void {
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (DIGITS[code] !== 1) continue;
      this.#codes[this.count] = code;
      this.#count(code - 0x30);
      this.count += 1;
    }
  }

  #count(digit: number): void {
    const doubled = digit > 4 ? 2 * digit - 9 : 2 * digit;
    if ((this.count & 1) === 0) {
      this.#even += digit;
      this.#evenDoubled += doubled;
    } else {
      this.#odd += digit;
      this.#oddDoubled += doubled;
    }
  }

  isIssued(): boolean {
    const start = ((this.#codes[0] ?? 0) - 0x30) * 10 + (this.#codes[1] ?? 0) - 0x30;
    return (
      canBeIssued(start, this.count) &&
      hasIssuerPrefix(String.fromCharCode(...this.#codes.subarray(0, this.count)))
    );
  }

  /** The last digit is taken as it is, the one before it doubled, and so on. */
  passesLuhn(): boolean {
    const sum = (this.count & 1) === 0 ? this.#evenDoubled + this.#odd : this.#oddDoubled + this.#even;
    return sum % 10 === 0;
  }
}

const candidate = new CandidateDigits();
