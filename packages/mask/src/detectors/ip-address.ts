import { TRAIT_ADDRESS } from '../text-traits.js';
import { characterSet, endOfRun, isMemberAt, LETTERS_AND_DIGITS } from './character-set.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';

const ADDRESS = characterSet('0-9A-Fa-f:.');
const DIGITS_AND_DOTS = characterSet('0-9.');
const ZONE = characterSet('A-Za-z0-9_.-');
const LONGEST = 50;
/** Groups of an address without a digit. */
const FEWEST_OF_LETTERS = 4;
/** Of an address without a '::'. */
const SHORTEST = 7;
/** `2001:db8::1%22` is the end of an escaped text more often than it has a zone. */
const ESCAPED_SIGN = /^%(?:0[9ad]|2[0-9c]|3[a-f]|5[bd]|7[b-d])/i;
const SIX_COLONS = /(?::[^:]*){6}/;
const VALUE_SIGNS = '=["\'';
/** Of the machine itself, and of all that it has: the same everywhere. */
const NOBODYS: ReadonlySet<string> = new Set(['127.0.0.1', '0.0.0.0']);
const VERSION_ROOM = 16;
const VERSION_BEFORE =
  /(?:^|[^A-Za-z])(?:version|ver|release|build|upgrade[sd]? to)\.?["']?[ \t]?[:=/-]?[ \t]?["']?$/i;
const VERSION_BEHIND =
  /^(?:\.(?:jar|war|ear|zip|tgz|tar|whl|gem|deb|rpm|dll|exe|msi|nupkg|aar|pom|so)|-(?:snapshot|release|final|ga|rc|alpha|beta|dev|preview))(?![a-z])/i;
const QUAD = /(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.]*\d)/y;

/** IPv4 and IPv6 addresses (RFC 4291, also with a zone). Opt-in. */
export const ipAddressDetector: ValueDetector = {
  name: 'ip-address',
  needs: TRAIT_ADDRESS,
  find(text, report) {
    let at = 0;
    while (at < text.length) {
      if (ADDRESS[text.charCodeAt(at)] !== 1) {
        at += 1;
        continue;
      }
      const end = endOfRun(text, at, ADDRESS);
      if (end - at >= SHORTEST || hasTwoColons(text, at, end)) reportRun(text, { start: at, end }, report);
      at = end;
    }
  },
};

function hasTwoColons(text: string, start: number, end: number): boolean {
  for (let at = start + 1; at < end; at += 1)
    if (text.charCodeAt(at) === 0x3a && text.charCodeAt(at - 1) === 0x3a) return true;
  return false;
}

interface Run {
  readonly start: number;
  readonly end: number;
}

function reportRun(text: string, run: Run, report: ReportMatch): void {
  let { start, end } = run;
  // `client:2001:db8::1`: of the name before it.
  if (text[start] === ':' && text[start + 1] !== ':') start += 1;
  while (end > start && text[end - 1] === '.') end -= 1;
  if (end > start + 2 && text[end - 1] === ':' && text[end - 2] !== ':') end -= 1;
  const free = !isWordCharacter(text, start - 1) && !isWordCharacter(text, run.end);
  if (
    free &&
    end - start <= LONGEST &&
    !isPunctuation(text, start, end) &&
    isVersion6(text.slice(start, end))
  ) {
    const hasZone = text[end] === '%' && !ESCAPED_SIGN.test(text.slice(end, end + 3));
    report(start, hasZone ? endOfRun(text, end + 1, ZONE) : end);
    return;
  }
  reportQuads(text, { start, end }, report);
}

/** `Status :: Beta`, `usage()::`: a '::' alone is the unspecified address (RFC 4291, 2.5.2) only behind the sign of a value, or as the last word. */
function isPunctuation(text: string, start: number, end: number): boolean {
  if (end - start > 2) return false;
  if (start === 0) return end === text.length;
  const before = text[start - 1] ?? '';
  return !VALUE_SIGNS.includes(before) && !(before === ' ' && end === text.length);
}

function isWordCharacter(text: string, at: number): boolean {
  return isMemberAt(text, at, LETTERS_AND_DIGITS) || text[at] === '_';
}

/** Dotted quads of a run, each whole; a ':' and a port may follow. */
function reportQuads(text: string, run: Run, report: ReportMatch): void {
  let at = run.start;
  while (at < run.end) {
    // What ends a sentence belongs to no address.
    const end = Math.min(endOfRun(text, at, DIGITS_AND_DOTS), run.end);
    if (isQuad(text, at, end)) report(at, end);
    at = end + 1;
  }
}

function isQuad(text: string, start: number, end: number): boolean {
  if (end - start < 7 || end - start > 15 || isWordCharacter(text, start - 1) || isWordCharacter(text, end))
    return false;
  QUAD.lastIndex = start;
  const match = QUAD.exec(text);
  if (match === null || match[0].length !== end - start || NOBODYS.has(match[0])) return false;
  return !isProductVersion(text, start, match[0]) && !isNamedVersion(text, start, end);
}

/** `Version 8.0.35.27`, `lib-1.2.3.4.jar`, `1.2.3.4-SNAPSHOT`. */
function isNamedVersion(text: string, start: number, end: number): boolean {
  return (
    VERSION_BEFORE.test(text.slice(Math.max(0, start - VERSION_ROOM), start)) ||
    VERSION_BEHIND.test(text.slice(end, end + VERSION_ROOM))
  );
}

/** `Chrome/120.0.0.0` is a version. */
function isProductVersion(text: string, start: number, quad: string): boolean {
  return quad.endsWith('.0.0') && text[start - 1] === '/' && isWordCharacter(text, start - 2);
}

function isVersion6(word: string): boolean {
  // Most words with a colon are none, and splitting them costs most of the time.
  if (!word.includes('::') && !SIX_COLONS.test(word)) return false;
  const halves = word.split('::');
  if (halves.length > 2 || (halves.length === 1 && !word.includes(':'))) return false;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    const count = countGroups(half, index === halves.length - 1);
    if (count < 0) return false;
    groups += count;
  }
  if (halves.length === 1) return groups === 8;
  return groups <= 7 && (groups >= FEWEST_OF_LETTERS || groups === 0 || isNumbered(word));
}

/** Of letters alone, short words with two colons between them are names in a program (`Add::add`); and `0::` is a control group. */
function isNumbered(word: string): boolean {
  return /\d/.test(word) && !/^0+::$/.test(word);
}

/** The 16-bit groups of one side of the '::'; -1 when it is none. */
function countGroups(half: string, isLast: boolean): number {
  if (half === '') return 0;
  const groups = half.split(':');
  const last = groups[groups.length - 1] ?? '';
  const quad = isLast && last.includes('.');
  const hex = quad ? groups.slice(0, -1) : groups;
  if (!hex.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return -1;
  if (!quad) return hex.length;
  QUAD.lastIndex = 0;
  return QUAD.exec(last)?.[0].length === last.length ? hex.length + 2 : -1;
}
