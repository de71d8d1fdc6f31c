import { TRAIT_AUTH_SCHEME } from '../text-traits.js';
import { characterSet, endOfRun, isMemberAt, LETTERS_AND_DIGITS, startsWord } from './character-set.js';
import { looksSecret } from './secret-shape.js';
import type { ValueDetector } from './value-detector.js';

const TOKEN68 = characterSet('A-Za-z0-9._~+/=%-'); // RFC 9110, 11.2
const TOKEN_SCHEMES = /bearer|negotiate|ntlm/gi;
const BASIC_SCHEMES = /basic/gi;
const SHORTEST_BASIC = 8;
const DECODED_ROOM = 512;

/** GSS-API tokens in base64 as SPNEGO (RFC 4178) and Kerberos begin, and the messages of NTLM. */
const GSS_TOKEN = /^(?:YI|oY|oR|TlRM)[A-Za-z0-9+/=]{14}/;

/** Of a mechanism of another kind, and of an answer of a server. */
const OTHER_TOKEN = /^[A-Za-z0-9+/]{40,4096}={0,2}$/;

function isGssToken(token: string): boolean {
  if (GSS_TOKEN.test(token)) return true;
  return OTHER_TOKEN.test(token) && /\d/.test(token) && /[a-z]/.test(token) && /[A-Z]/.test(token);
}

/**
 * Tokens after `Bearer` (RFC 6750), `Negotiate` (RFC 4559) and `NTLM`, without the scheme. `bearer token expired` holds none.
 */
export const bearerTokenDetector: ValueDetector = {
  name: 'bearer-token',
  needs: TRAIT_AUTH_SCHEME,
  find(text, report) {
    findAfterScheme(text, TOKEN_SCHEMES, (start, end, scheme) => {
      const token = text.slice(start, end);
      if (scheme === 'bearer' ? looksSecret(token) : isGssToken(token)) report(start, end);
    });
  },
};

/** Credentials after `Basic` (RFC 7617), without the scheme: base64 of printable text with a ':'. */
export const basicCredentialsDetector: ValueDetector = {
  name: 'basic-credentials',
  needs: TRAIT_AUTH_SCHEME,
  find(text, report) {
    findAfterScheme(text, BASIC_SCHEMES, (start, end) => {
      if (end - start >= SHORTEST_BASIC && holdsCredentials(text.slice(start, end))) report(start, end);
    });
  },
};

/** A word after a scheme, in small letters. */
type SchemeMatch = (start: number, end: number, scheme: string) => void;

function findAfterScheme(text: string, schemes: RegExp, report: SchemeMatch): void {
  let done = 0;
  for (const { 0: scheme, index: at } of text.matchAll(schemes)) {
    if (at < done || !startsWord(text, at)) continue;
    const end = at + scheme.length;
    const start = afterSpaces(text, end);
    if (start === end) continue;
    const wordEnd = endOfRun(text, start, TOKEN68);
    const trimmed = trimDots(text, start, wordEnd);
    if (trimmed > start) report(start, trimmed, scheme.toLowerCase());
    done = wordEnd;
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
const BASE64_VALUES: Uint8Array = new Uint8Array(128).fill(NO_VALUE);
for (const digits of [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
])
  for (let value = 0; value < digits.length; value += 1) BASE64_VALUES[digits.charCodeAt(value)] = value;
