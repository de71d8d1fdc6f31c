import { INFIX_FORMATS, PREFIX_FORMATS } from '../detectors/api-token-formats.js';
import { characterSet, endsWord, runAfter, startsWord } from '../detectors/character-set.js';
import { VENDORS } from '../detectors/vendor-names.js';
import {
  TRAIT_AT,
  TRAIT_AUTH_SCHEME,
  TRAIT_AWS_ID,
  TRAIT_CLIENT,
  TRAIT_DASHES,
  TRAIT_JWT,
  TRAIT_NAMED,
  TRAIT_SECRET_KIND,
  TRAIT_TOKEN,
} from '../text-traits.js';
import type { TriggerWord } from './trigger-word.js';

const SHORTEST_JWT = 16;
const AWS_ID_LENGTH = 20;
/** Characters of a token's body that are looked at: whether it is one, the detector says. */
const TOKEN_BEGINNING = 8;
const LONGEST_NAME = 64;
const MOST_GLUE = 24;
const PACKAGES = 'node_modules/';
const QUOTED_DOMAIN = /^[^\s"'@:,/]{1,63}\./;

/** What the built-in detectors look for, as far as it is text. */
export const DETECTOR_TRIGGERS: readonly TriggerWord[] = [
  { word: '@', traits: TRAIT_AT, check: isAddressSign },
  { word: '-----', traits: TRAIT_DASHES },
  {
    word: 'eyj',
    traits: TRAIT_JWT,
    check: (text, start) => text.startsWith('eyJ', start) && text.length - start >= SHORTEST_JWT,
  },
  ...['bearer', 'basic'].map((word) => ({ word, traits: TRAIT_AUTH_SCHEME, check: isScheme })),
  ...['AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T'].map((prefix) => ({
    word: prefix.toLowerCase(),
    traits: TRAIT_AWS_ID,
    check: (text: string, start: number) =>
      text.startsWith(prefix, start) && text.length - start >= AWS_ID_LENGTH && startsWord(text, start),
  })),
  ...PREFIX_FORMATS.map(({ prefix, body }) => ({
    word: prefix.toLowerCase(),
    traits: TRAIT_TOKEN,
    check: (text: string, start: number, end: number) =>
      text.startsWith(prefix, start) &&
      startsWord(text, start) &&
      runAfter(text, end, { set: body, limit: TOKEN_BEGINNING }) === TOKEN_BEGINNING,
  })),
  ...['curl', 'wget', 'httpie', 'xh'].map((word) => ({ word, traits: TRAIT_CLIENT, check: isScheme })),
  {
    word: 'kind:',
    traits: TRAIT_SECRET_KIND,
    check: (text, _start, end) => /^[ \t]*["']?secret/i.test(text.slice(end, end + 64)),
  },
  ...[...VENDORS].map((word) => ({ word, traits: TRAIT_NAMED, check: isAssigned })),
  ...INFIX_FORMATS.map(({ infix }) => ({
    word: infix.toLowerCase(),
    traits: TRAIT_TOKEN,
    check: (text: string, start: number) => text.startsWith(infix, start),
  })),
];

/** An '@' that nothing stands before is in no address and no user information, and neither is the scope of a package. */
function isAddressSign(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  // Behind the quotes of `"john doe"@example.com`, but not of `"@type"`.
  if (before === 0x22) return QUOTED_DOMAIN.test(text.slice(start + 1, start + 65));
  if (!(before > 0x20) || before === 0x60 || before === 0x3c || before === 0x3e) return false;
  return !text.startsWith(PACKAGES, start - PACKAGES.length);
}

function isScheme(text: string, start: number, end: number): boolean {
  return startsWord(text, start) && endsWord(text, end);
}

const NAME = characterSet('A-Za-z0-9_.$-');
const GLUE = characterSet(' \t\r\n"\'`\\=:>(,|?+.)]!~-');

/** Whether an operator stands behind the name that the word is in: without one a vendor's name is just mentioned. */
function isAssigned(text: string, _start: number, end: number): boolean {
  const from = end + runAfter(text, end, { set: NAME, limit: LONGEST_NAME });
  const to = from + runAfter(text, from, { set: GLUE, limit: MOST_GLUE });
  return /[=:>(,|]/.test(text.slice(from, to));
}
