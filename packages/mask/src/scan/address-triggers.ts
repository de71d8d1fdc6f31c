import { HEX_DIGITS, isMemberAt, runAfter } from '../detectors/character-set.js';
import { TRAIT_ADDRESS } from '../text-traits.js';
import { HEX_CLASSES, type TriggerWord } from './trigger-word.js';

const MORE_OF_A_QUAD = /^\d{1,3}\.\d{1,3}\.\d/;
/** In a part of a URL, once and twice. */
const COLONS: readonly string[] = [':', '%3a', '%253a'];
const LONGEST_COLON = 5;
const ESCAPED_COLON = /^%(?:25)?3a/i;
const BEHIND_GROUP = /^(?::|%3a|%253a)[\da-f:%]/i;
const LONGEST_GROUP = 4;
const DASHED = /^[\da-f]{2}-[\da-f]{2}-[\da-f]{2}-/i;
const DOTTED = /^[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}/i;

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
  if (isColon(text, end)) return true;
  if (!isMemberAt(text, start - 1, HEX_DIGITS)) return false;
  const at = end + runAfter(text, end, { set: HEX_DIGITS, limit: LONGEST_GROUP });
  if (at === end || !isColon(text, at)) return false;
  return BEHIND_GROUP.test(text.slice(at, at + LONGEST_COLON + 1));
}

function isColon(text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  return sign === 0x3a || (sign === 0x25 && ESCAPED_COLON.test(text.slice(at, at + LONGEST_COLON)));
}

function pieceFrom(text: string, from: number): string {
  return from < 0 ? '' : text.slice(from, from + 14);
}
