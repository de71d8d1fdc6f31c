import { PREFIX_FORMATS } from '../detectors/api-token-formats.js';
import {
  type CharacterSet,
  endsWord,
  isMemberAt,
  LETTERS_AND_DIGITS,
  runAfter,
  startsWord,
} from '../detectors/character-set.js';
import { BECH32_PREFIXES } from '../detectors/crypto-wallet.js';
import { JWT_STARTS } from '../detectors/jwt.js';
import { GLUE_RUN, NAME_RUN } from '../detectors/name-glue.js';
import { CUT_OFF_BODY, type PrefixFormat } from '../detectors/token-format.js';
import { INFIX_FORMATS } from '../detectors/token-infix-formats.js';
import { PACKAGES } from '../detectors/url-userinfo.js';
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
  TRAIT_TOLD_CODE,
} from '../text-traits.js';
import { type TriggerWord, triggerList } from './trigger-word.js';
import { WORD_RUN } from './word-walk.js';

const SHORTEST_JWT = 16;
const AWS_ID_LENGTH = 20;
/** Characters of a token's body that are looked at: whether it is one, the detector says. */
const TOKEN_BEGINNING = 8;
const QUOTED_DOMAIN = /^[^\s"'@:,/]{1,63}\./;

/** Clients that take credentials on their command lines, and the command that does. */
const CLIENTS: readonly string[] = (
  'curl wget httpie xh sshpass mysql mysqldump mysqladmin mysqlimport mariadb mariadb-dump redis-cli mongo mongosh mongodump ' +
  'mongorestore login'
).split(' ');

/** What the built-in detectors look for, as far as it is text. */
export const DETECTOR_TRIGGERS: readonly TriggerWord[] = triggerList([
  { word: '@', traits: TRAIT_AT, check: isAddressSign },
  ['-----', '---- begin ssh2 ', 'private-lines: '].map((word) => ({ word, traits: TRAIT_DASHES })),
  JWT_STARTS.map((beginning) => ({
    word: beginning.toLowerCase(),
    traits: TRAIT_JWT,
    check: (text: string, start: number) =>
      text.startsWith(beginning, start) && text.length - start >= SHORTEST_JWT,
  })),
  ['bearer', 'basic', 'negotiate', 'ntlm'].map((word) => ({
    word,
    traits: TRAIT_AUTH_SCHEME,
    place: 'start' as const,
    check: isScheme,
  })),
  ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T'].map((prefix) => ({
    word: prefix.toLowerCase(),
    traits: TRAIT_AWS_ID,
    place: 'start' as const,
    check: (text: string, start: number) =>
      text.startsWith(prefix, start) && text.length - start >= AWS_ID_LENGTH && startsWord(text, start),
  })),
  PREFIX_FORMATS.filter((format) => !isLongWord(format)).map(prefixTrigger),
  // Wallets; others are runs of letters and digits that the scanner looks for.
  BECH32_PREFIXES.map((word) => ({
    word,
    traits: TRAIT_TOKEN,
    place: 'start' as const,
    check: (text: string, start: number) => startsWord(text, start),
  })),
  CLIENTS.map((word) => ({ word, traits: TRAIT_CLIENT, place: 'start' as const, check: isScheme })),
  {
    word: 's your ',
    traits: TRAIT_TOLD_CODE,
    check: (text, start) => /[A-Z0-9] [ia]$/i.test(text.slice(start - 3, start)),
  },
  ['code', 'password', 'pin', 'number', 'c\u00f3digo', 'codigo', 'codice', 'kod'].map((word) => ({
    word,
    traits: TRAIT_TOLD_CODE,
    check: isTold,
  })),
  {
    word: ' #0000',
    traits: TRAIT_TOLD_CODE,
    check: (text, start) => /@[\w.-]{3,64}$/.test(text.slice(Math.max(0, start - 65), start)),
  },
  {
    word: 'kind:',
    traits: TRAIT_SECRET_KIND,
    check: (text, _start, end) => /^[ \t]*["']?secret/i.test(text.slice(end, end + 64)),
  },
  // And a personal access token (`GH_PAT`).
  [...VENDORS, '_pat'].map((word) => ({ word, traits: TRAIT_NAMED, check: isAssigned })),
  // Of the others, a part is a run of letters and digits that the scanner looks for.
  INFIX_FORMATS.filter(({ infix }) => infix.length > 1).map(({ infix, before, beforeLengths }) => ({
    word: infix.toLowerCase(),
    traits: TRAIT_TOKEN,
    check: (text: string, start: number) =>
      isMemberAt(text, start - beforeLengths[0], before) && text.startsWith(infix, start),
  })),
]);

/** What says no most often, and soonest, is asked first. */
function prefixTrigger({ prefix, body }: PrefixFormat): TriggerWord {
  const beginning = { set: body, limit: TOKEN_BEGINNING };
  return {
    word: prefix.toLowerCase(),
    traits: TRAIT_TOKEN,
    place: 'start',
    check: (text, start, end) =>
      isMemberAt(text, end, body) &&
      runAfter(text, end, beginning) === TOKEN_BEGINNING &&
      startsWord(text, start) &&
      text.startsWith(prefix, start),
  };
}

/** A short prefix and a body that together are a long word: the scanner looks for those. */
function isLongWord({ prefix, body, lengths }: PrefixFormat): boolean {
  if (prefix.length > 3 || prefix.length + Math.min(lengths[0], CUT_OFF_BODY) < WORD_RUN) return false;
  return /^[A-Za-z0-9]+$/.test(prefix) && isWordSet(body);
}

function isWordSet(set: CharacterSet): boolean {
  for (let code = 0; code < set.length; code += 1)
    if (set[code] === 1 && LETTERS_AND_DIGITS[code] !== 1) return false;
  return true;
}

/** An '@' that nothing stands before is in no address and no user information, and neither is the scope of a package. */
function isAddressSign(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  // Behind the quotes of `"john doe"@example.com`, but not of `"@type"`.
  if (before === 0x22) return QUOTED_DOMAIN.test(text.slice(start + 1, start + 65));
  if (Number.isNaN(before) || before === 0x60 || /\s/.test(String.fromCharCode(before))) return false;
  return !text.startsWith(PACKAGES, start - PACKAGES.length);
}

/** What a code is for, or whose it is, and that it follows. */
const TOLD =
  /^(?: (?:for|to|of)(?: [\w.'@-]{1,24}){1,4}?)?(?: is| was|:|=| -)[: ]{0,3}[A-Z0-9<]|^[a-z]{0,4}(?: [\w.'\u00c0-\u00ff-]{1,24}){0,5}?[ :-]{1,4}\d{3}/;

/** Whether a code is told behind the word: `code is`, `password for x:`. */
function isTold(text: string, _start: number, end: number): boolean {
  // Of a message in a form.
  return TOLD.test(text.slice(end, end + 128).replaceAll(/\+|%20/g, ' '));
}

function isScheme(text: string, start: number, end: number): boolean {
  return startsWord(text, start) && endsWord(text, end);
}

/** Whether an operator stands behind the name that the word is in: without one a vendor's name is just mentioned. */
function isAssigned(text: string, _start: number, end: number): boolean {
  const from = end + runAfter(text, end, NAME_RUN);
  const to = from + runAfter(text, from, GLUE_RUN);
  return /[=:>(,|]/.test(text.slice(from, to));
}
