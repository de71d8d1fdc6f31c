import { TRAIT_TOKEN } from '../text-traits.js';
import { INFIX_FORMATS, PREFIX_FORMATS } from './api-token-formats.js';
import { endOfRun, endsWord, runAfter, runBefore, startsWord } from './character-set.js';
import { CUT_OFF_BODY, type InfixFormat, type PrefixFormat } from './token-format.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';

const SAMPLE = 64;
const FEWEST_DIFFERENT = 5;

/** The formats by the code of their first character. */
const FORMATS_BY_START: readonly (readonly PrefixFormat[] | undefined)[] = Array.from(
  { length: 128 },
  (_, code) => {
    const starting = PREFIX_FORMATS.filter(({ prefix }) => prefix.charCodeAt(0) === code);
    return starting.length > 0 ? starting : undefined;
  },
);

/** Tokens of vendors that are known by their form. A placeholder (`ghp_xxxxxxxx…`) is none. */
export const apiTokenDetector: ValueDetector = {
  name: 'api-token',
  needs: TRAIT_TOKEN,
  find(text, report) {
    const found: (readonly [start: number, end: number])[] = [];
    const add: ReportMatch = (start, end) => {
      found.push([start, end]);
    };
    findPrefixFormats(text, add);
    for (const format of INFIX_FORMATS) findInfixFormat(text, format, add);
    let done = 0;
    for (const [start, end] of found.sort((one, other) => one[0] - other[0])) {
      if (end > done) report(Math.max(start, done), end);
      done = Math.max(done, end);
    }
  },
};

function findPrefixFormats(text: string, report: ReportMatch): void {
  let at = 0;
  while (at < text.length) {
    const candidates = FORMATS_BY_START[text.charCodeAt(at)];
    let end = at;
    if (candidates !== undefined && startsWord(text, at)) {
      const format = candidates.find((candidate) => tokenEnd(text, at, candidate) > at);
      if (format !== undefined) {
        end = tokenEnd(text, at, format);
        report(format.publicPrefix ? at + format.prefix.length : at, end);
      }
    }
    at = end > at ? end : at + 1;
  }
}

/** Where a token of this format that starts at `at` ends; `at` when there is none. */
export function tokenEnd(text: string, at: number, format: PrefixFormat): number {
  if (!text.startsWith(format.prefix, at)) return at;
  const start = at + format.prefix.length;
  const { exactly, atLeast, body, cutOff } = format;
  const room = exactly < SAMPLE ? SAMPLE : exactly + 1;
  const length = runAfter(text, start, { set: body, limit: room });
  const isCut = cutOff && length >= CUT_OFF_BODY && wasCut(text, start + length);
  const longEnough = exactly > 0 ? length === exactly : length >= atLeast;
  if (!longEnough && !(isCut && (exactly === 0 || length < exactly))) return at;
  if (exactly > 0 && !(endsWord(text, start + length) && text[start + length] !== '_')) return at;
  if (!isMixed(text, start, Math.min(start + length, start + SAMPLE))) return at;
  return exactly > 0 ? start + length : endOfRun(text, start + length, body);
}

function wasCut(text: string, end: number): boolean {
  return end >= text.length || text[end] === '\u2026' || text.startsWith('...', end);
}

/** Digits or both cases, and no few characters again and again. */
function isMixed(text: string, start: number, end: number): boolean {
  let seen = 0;
  let different = 0;
  let digits = false;
  let upper = false;
  let lower = false;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const bit = 1 << (code & 31);
    if ((seen & bit) === 0) different += 1;
    seen |= bit;
    if (code <= 0x39) digits ||= code >= 0x30;
    else if (code >= 0x61) lower = true;
    else upper ||= code <= 0x5a;
  }
  return different >= FEWEST_DIFFERENT && (digits || (upper && lower));
}

function findInfixFormat(text: string, format: InfixFormat, report: ReportMatch): void {
  const { infix } = format;
  const [shortest, longest] = format.beforeLengths;
  const before = { set: format.before, limit: longest + 1 };
  let at = text.indexOf(infix);
  while (at >= 0) {
    const lead = runBefore(text, at, before);
    const opens = lead >= shortest && lead <= longest && startsWord(text, at - lead);
    const end = opens ? infixBodyEnd(text, at + infix.length, format) : at;
    if (end > at) report(at - lead, end);
    at = text.indexOf(infix, end > at ? end : at + 1);
  }
}

/** The end of the body that starts at `start`; -1 when there is none. */
function infixBodyEnd(text: string, start: number, { body, atLeast }: InfixFormat): number {
  const length = runAfter(text, start, { set: body, limit: SAMPLE });
  if (length < atLeast || !isMixed(text, start, start + length)) return -1;
  return endOfRun(text, start + length, body);
}
