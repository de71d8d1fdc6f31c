import { TRAIT_AUTH_SCHEME } from '../text-traits.js';
import { characterSet, endOfRun, isMemberAt, LETTERS_AND_DIGITS, startsWord } from './character-set.js';
import { looksSecret } from './secret-shape.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';

const TOKEN68 = characterSet('A-Za-z0-9._~+/=%-'); // RFC 9110, 11.2
const SHORTEST_BASIC = 8;
const DECODED_ROOM = 512;

/** Tokens after `Bearer` (RFC 6750), without the scheme. `bearer token expired` holds none. */
export const bearerTokenDetector: ValueDetector = {
  name: 'bearer-token',
  needs: TRAIT_AUTH_SCHEME,
  find(text, report) {
    findAfterScheme(text, 'bearer', (start, end) => {
      if (looksSecret(text.slice(start, end))) report(start, end);
    });
  },
};

/** Credentials after `Basic` (RFC 7617), without the scheme: base64 of printable text with a ':'. */
export const basicCredentialsDetector: ValueDetector = {
  name: 'basic-credentials',
  needs: TRAIT_AUTH_SCHEME,
  find(text, report) {
    findAfterScheme(text, 'basic', (start, end) => {
      if (end - start >= SHORTEST_BASIC && holdsCredentials(text.slice(start, end))) report(start, end);
    });
  },
};

function findAfterScheme(text: string, scheme: string, report: ReportMatch): void {
  const first = scheme.charCodeAt(0);
  for (let at = 0; at < text.length; at += 1) {
    if ((text.charCodeAt(at) | 0x20) !== first || !startsWord(text, at)) continue;
    const end = at + scheme.length;
    if (text.slice(at, end).toLowerCase() !== scheme) continue;
    const start = afterSpaces(text, end);
    if (start === end) continue;
    const wordEnd = endOfRun(text, start, TOKEN68);
    const trimmed = trimDots(text, start, wordEnd);
    if (trimmed > start) report(start, trimmed);
    if (wordEnd - 1 > at) at = wordEnd - 1;
  }
}

function afterSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

/** Full stops at the end belong to the sentence. */
function trimDots(text: string, start: number, from: number): number {
  let end = from;
  while (end > start && text[end - 1] === '.') end -= 1;
  return end;
}

/** Whether a word is base64 of printable text with a ':'. */
function holdsCredentials(word: string): boolean {
  const length = Math.min(word.length, DECODED_ROOM);
  let bits = 0;
  let colon = false;
  for (let at = 0; at < length && word[at] !== '='; at += 1) {
    const value = BASE64_VALUES[word.charCodeAt(at)] ?? NO_VALUE;
    if (value === NO_VALUE) return false;
    bits = ((bits << 6) | value) & 0xfff;
    if (at % 4 === 0) continue;
    const byte = (bits >> (6 - 2 * (at % 4))) & 0xff;
    if (byte < 0x20) return false;
    colon ||= byte === 0x3a;
  }
  return colon && isMemberAt(word, 0, LETTERS_AND_DIGITS);
}

const NO_VALUE = 255;
const BASE64_VALUES: Uint8Array = new Uint8Array(128).map((_, code) => {
  const character = String.fromCharCode(code);
  const value = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.indexOf(character);
  if (value >= 0 && character !== '') return value;
  if (character === '-') return 62;
  return character === '_' ? 63 : NO_VALUE;
});
