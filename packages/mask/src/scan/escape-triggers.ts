import { escapedCode } from '../detectors/character-set.js';
import { TRAIT_AT, TRAIT_FOLDABLE, TRAIT_HIDDEN } from '../text-traits.js';
import { HEX_CLASSES, type TriggerWord } from './trigger-word.js';

const HIDING = /[A-Za-z0-9@%+/~._\\\u0080-\u00ff-]/;

/** What a backslash can stand before that hides something and needs none: `0` stands for all digits, NUL for control characters, é for the rest of Latin-1. */
const NEEDLESS: readonly string[] = [...'acdeghijklmopqsvwyz0@%+/~._\\-\u0000\u00a0\u00e9'];
const ESCAPING = 'bfnrtux';

/**
 * Escapes of what names and secrets are made of hide them. An escape of what separates (`%3D`, `\n`) is read as it stands.
 */
export const ESCAPE_TRIGGERS: readonly TriggerWord[] = [
  ...HEX_CLASSES.map((digit) => ({ word: `%${digit}`, traits: TRAIT_HIDDEN, check: isHidingPercent })),
  { word: '%40', traits: TRAIT_AT, check: (text, start) => text.startsWith('%40', start) },
  { word: '\\u', traits: TRAIT_HIDDEN, check: (text, _start, end) => isHex(text.slice(end, end + 4), 4) },
  // Not the backslash alone: in JSON in JSON, one stands before every quote.
  ...NEEDLESS.map((character) => ({ word: `\\${character}`, traits: TRAIT_HIDDEN, check: isNeedlessEscape })),
  // The small letters stand for something in string literals.
  ...[...ESCAPING].map((letter) => ({
    word: `\\${letter}`,
    traits: TRAIT_HIDDEN,
    place: 'capital' as const,
    check: isNeedlessEscape,
  })),
  { word: '\u00a0', traits: TRAIT_FOLDABLE, check: (text, start) => text[start] === '\u00a0' },
  { word: '\\x', traits: TRAIT_HIDDEN, check: (text, _start, end) => isHex(text.slice(end, end + 2), 2) },
];

function isHidingPercent(text: string, start: number): boolean {
  const code = escapedCode(text, start);
  return code >= 0 && HIDING.test(String.fromCharCode(code));
}

/** `a\/b`, as some write JSON: a backslash that decoding takes away. It does not stand for a line end or a quote. */
function isNeedlessEscape(text: string, start: number): boolean {
  const next = text[start + 1] ?? ' ';
  return HIDING.test(next) && !ESCAPING.includes(next) && HIDING.test(text[start - 1] ?? ' ');
}

function isHex(digits: string, length: number): boolean {
  return digits.length === length && /^[0-9A-Fa-f]+$/.test(digits);
}
