import { TRAIT_AWS_ID, TRAIT_BASE64_RUN } from '../text-traits.js';
import { characterSet, endOfRun, endsWord, startsWord } from './character-set.js';
import type { ValueDetector } from './value-detector.js';

const UPPER_AND_DIGITS = characterSet('A-Z0-9');
const BASE64 = characterSet('A-Za-z0-9+/');
const ID_PREFIX = /^(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])/;
const ID_LENGTH = 20;
/** `AKIAXXXXXXXXXXXXXXXX` of a sample. */
const STRUCK_OUT = /X{12}/;
const SECRET_LENGTH = 40;

/** AWS access key ids of users and sessions (IAM identifiers: `AKIA…`, `ASIA…`, `ABIA…`, `ACCA…`). */
export const awsAccessKeyIdDetector: ValueDetector = {
  name: 'aws-access-key-id',
  needs: TRAIT_AWS_ID,
  find(text, report) {
    let at = text.indexOf('A');
    while (at >= 0) {
      const end = endOfRun(text, at, UPPER_AND_DIGITS);
      const whole = end - at === ID_LENGTH && startsWord(text, at) && endsWord(text, end);
      if (whole && ID_PREFIX.test(text.slice(at, at + 4)) && !STRUCK_OUT.test(text.slice(at, end)))
        report(at, end);
      at = text.indexOf('A', end);
    }
  },
};

/**
 * AWS secret access keys: words of exactly 40 base64 characters that look random. A SHA-1 in hex, a path or an
 * identifier of that length does not.
 */
export const awsSecretAccessKeyDetector: ValueDetector = {
  name: 'aws-secret-access-key',
  needs: TRAIT_BASE64_RUN,
  find(text, report) {
    let at = 0;
    while (text.length - at >= SECRET_LENGTH) {
      const end = endOfRun(text, at, BASE64);
      if (isSecretKey(text, at, end)) report(at, end);
      at = end + 1;
    }
  },
};

const UPPER = 1;
const LOWER = 2;
const DIGIT = 3;
const MARK = 4;
const MOST_SLASHES = 4;
const FEWEST_CHANGES = 15;
/** Of `https://host.com/id/…`: the dot before it parts it from the host. */
const REST_OF_URL = /^[a-z]{2,6}\/[a-z]/;
/** `/users/…`: in a path, words of small letters stand between the slashes. */
const WORD_OF_PATH = /(?:^|\/)[a-z]{4,39}(?:\/|$)/;
/** A name in code: words, with digits at their end. */
const NAME = /^[A-Za-z]{30,40}\d{0,9}$|(?:[a-z]{3,}[^a-z]+(?:[a-z]{1,2}[^a-z]+)*){4}[a-z]{3}/;
const HEX = /^[0-9A-Fa-f]+$/;

function isSecretKey(text: string, start: number, end: number): boolean {
  if (end - start !== SECRET_LENGTH || text[end] === '=' || '_-'.includes(text[end] ?? ' ')) return false;
  if ('_-'.includes(text[start - 1] ?? ' ')) return false;
  if (text[start - 1] === '.' && REST_OF_URL.test(text.slice(start, start + 8))) return false;
  const seen = [0, 0, 0, 0, 0];
  let changes = 0;
  let previous = 0;
  for (let at = start; at < end; at += 1) {
    const kind = kindOf(text.charCodeAt(at));
    seen[kind] = (seen[kind] ?? 0) + 1;
    if (kind !== previous) changes += 1;
    previous = kind;
  }
  const word = text.slice(start, end);
  if (HEX.test(word) || WORD_OF_PATH.test(word) || NAME.test(word)) return false;
  const mixed = Math.min(seen[UPPER] ?? 0, seen[LOWER] ?? 0) >= 4 && (seen[DIGIT] ?? 0) >= 1;
  return mixed && (seen[MARK] ?? 0) <= MOST_SLASHES && changes >= FEWEST_CHANGES;
}

function kindOf(code: number): number {
  if (code >= 0x61) return LOWER;
  if (code >= 0x41) return UPPER;
  return code >= 0x30 ? DIGIT : MARK;
}
