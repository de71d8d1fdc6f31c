import { TRAIT_ADDRESS } from '../text-traits.js';
import { HEX_CLASSES, type TriggerWord } from './trigger-word.js';

const MORE_OF_A_QUAD = /^\d{1,3}\.\d{1,3}\.\d/;
/** In a part of a URL, once and twice. */
const COLONS: readonly string[] = [':', '%3a', '%253a'];
const COLON = '(?::|%3a|%253a)';
const BEHIND_COLON = new RegExp(`^[\\da-f]{1,4}${COLON}[\\da-f:%]`, 'i');
const TWO_COLONS = new RegExp(`^${COLON}`, 'i');
const DASHED = /^[\da-f]{2}-[\da-f]{2}-[\da-f]{2}-/i;
const DOTTED = /^[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}/i;
const HEX_DIGIT = /[\da-f]/i;

/** What network addresses (IPv4, IPv6) and hardware addresses hold. */
export const ADDRESS_TRIGGERS: readonly TriggerWord[] = [
  {
    word: '0.0',
    traits: TRAIT_ADDRESS,
    check: (text, _start, end) => MORE_OF_A_QUAD.test(text.slice(end - 1, end + 8)),
  },
  ...COLONS.flatMap((colon) =>
    [...HEX_CLASSES, ':', '%'].map((behind) => ({
      word: colon + behind,
      traits: TRAIT_ADDRESS,
      check: (text: string, start: number) => isBetweenGroups(text, start, start + colon.length),
    })),
  ),
  ...HEX_CLASSES.map((digit) => ({
    word: `-${digit}`,
    traits: TRAIT_ADDRESS,
    check: (text: string, start: number) => DASHED.test(pieceFrom(text, start - 2)),
  })),
  ...HEX_CLASSES.map((digit) => ({
    word: `.${digit}`,
    traits: TRAIT_ADDRESS,
    check: (text: string, start: number) => DOTTED.test(pieceFrom(text, start - 4)),
  })),
];

/** A colon with another one next to it, or with a group of hex digits between the two. */
function isBetweenGroups(text: string, start: number, end: number): boolean {
  const behind = text.slice(end, end + 10);
  if (TWO_COLONS.test(behind)) return true;
  return HEX_DIGIT.test(text[start - 1] ?? ' ') && BEHIND_COLON.test(behind);
}

function pieceFrom(text: string, from: number): string {
  return from < 0 ? '' : text.slice(from, from + 14);
}
