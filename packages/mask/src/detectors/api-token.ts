import { TRAIT_LONG_WORD } from '../text-traits.js';
import { INFIX_FORMATS, PREFIX_FORMATS } from './api-token-formats.js';
import { endOfRun, endsWord, runAfter, runBefore, startsWord } from './character-set.js';
import { isPublishedKey } from './published-keys.js';
import {
  type BodyContent,
  CUT_OFF_BODY,
  type InfixFormat,
  type PrefixFormat,
  type TokenPart,
} from './token-format.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';

const SAMPLE = 64;
const FEWEST_DIFFERENT = 5;

/** The formats by the codes of their first two characters: `first * 128 + second`. */
const FORMATS_BY_START: readonly (readonly PrefixFormat[] | undefined)[] = grouped(
  PREFIX_FORMATS,
  ({ prefix }) => prefix.charCodeAt(0) * 128 + prefix.charCodeAt(1),
  128 * 128,
);

/** The formats by the code of the first character of their infix. */
const INFIXES_BY_START: readonly (readonly InfixFormat[] | undefined)[] = grouped(
  INFIX_FORMATS,
  ({ infix }) => infix.charCodeAt(0),
  128,
);

function grouped<T>(
  items: readonly T[],
  groupOf: (item: T) => number,
  size: number,
): (readonly T[] | undefined)[] {
  const groups = new Array<T[] | undefined>(size).fill(undefined);
  for (const item of items) groups[groupOf(item)] = [...(groups[groupOf(item)] ?? []), item];
  return groups;
}

/** Tokens of vendors that are known by their form. A placeholder (`ghp_xxxxxxxx…`) is none. */
export const apiTokenDetector: ValueDetector = {
  name: 'api-token',
  needs: TRAIT_LONG_WORD,
  find(text, report) {
    const found: (readonly [start: number, end: number])[] = [];
    findTokens(text, (start, end) => {
      found.push([start, end]);
    });
    let done = 0;
    for (const [start, end] of found.sort((one, other) => one[0] - other[0])) {
      if (end > done) report(Math.max(start, done), end);
      done = Math.max(done, end);
    }
  },
};

function findTokens(text: string, report: ReportMatch): void {
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    let end = at;
    if (code < 128) {
      const prefixes = FORMATS_BY_START[code * 128 + (text.charCodeAt(at + 1) & 127)];
      if (prefixes !== undefined && startsWord(text, at)) end = reportPrefixed({ text, report }, at, prefixes);
      const infixes = end > at ? undefined : INFIXES_BY_START[code];
      if (infixes !== undefined) end = reportInfixed({ text, report }, at, infixes);
    }
    at = end > at ? end : at + 1;
  }
}

interface Search {
  readonly text: string;
  readonly report: ReportMatch;
}

/** Reports the token of one of the formats that starts at `at`, and gives its end; `at` when there is none. */
function reportPrefixed({ text, report }: Search, at: number, formats: readonly PrefixFormat[]): number {
  const third = text.charCodeAt(at + 2);
  for (const format of formats) {
    const { prefix } = format;
    if (prefix.length > 2 && prefix.charCodeAt(2) !== third) continue;
    const end = tokenEnd(text, at, format);
    if (end === at || isPublishedKey(text.slice(at, end))) continue;
    report(format.publicPrefix ? at + prefix.length : at, end);
    return end;
  }
  return at;
}

/** Where a token of this format that starts at `at` ends; `at` when there is none. */
function tokenEnd(text: string, at: number, format: PrefixFormat): number {
  if (!text.startsWith(format.prefix, at)) return at;
  const start = at + format.prefix.length;
  const { body, cutOff, holds } = format;
  const [shortest, longest] = format.lengths;
  const isOpen = longest === Number.POSITIVE_INFINITY;
  const room = isOpen ? Math.max(SAMPLE, shortest) : Math.max(SAMPLE, longest + 1);
  const length = runAfter(text, start, { set: body, limit: room });
  const isCut = cutOff && length >= CUT_OFF_BODY && length < shortest && wasCut(text, start + length);
  if (!isCut && (length < shortest || length > longest)) return at;
  if (!isOpen && !(endsWord(text, start + length) && text[start + length] !== '_')) return at;
  if (!hasContent(text, { start, end: Math.min(start + length, start + SAMPLE) }, holds)) return at;
  return isOpen ? endOfRun(text, start + length, body) : start + length;
}

function wasCut(text: string, end: number): boolean {
  return end >= text.length || text[end] === '\u2026' || text.startsWith('...', end);
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Whether a body holds what its format says, and not a few characters again and again. */
function hasContent(text: string, { start, end }: Stretch, holds: BodyContent): boolean {
  let seen = 0;
  let different = 0;
  let digits = 0;
  let upper = false;
  let lower = false;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const bit = 1 << (code & 31);
    if ((seen & bit) === 0) different += 1;
    seen |= bit;
    if (code <= 0x39) digits += code >= 0x30 ? 1 : 0;
    else if (code >= 0x61) lower = true;
    else upper ||= code <= 0x5a;
  }
  if (different < FEWEST_DIFFERENT) return false;
  if (holds === 'digits') return digits >= 3;
  if (holds === 'cases') return digits >= 2 && upper && lower;
  return holds === 'any' || digits > 0 || (upper && lower);
}

/** Reports the token of one of the formats whose infix stands at `at`, and gives its end; `at` when there is none. */
function reportInfixed({ text, report }: Search, at: number, formats: readonly InfixFormat[]): number {
  for (const format of formats) {
    const start = infixedStart(text, at, format);
    if (start < 0) continue;
    const end = partsEnd(text, at + format.infix.length, format.after);
    if (end < 0 || !hasContent(text, { start, end: Math.min(end, start + SAMPLE) }, 'mixed')) continue;
    report(start, end);
    return end;
  }
  return at;
}

/** Where a token starts whose infix stands at `at`; -1 when what stands before does not fit. */
function infixedStart(text: string, at: number, format: InfixFormat): number {
  const { infix, before, beforeEnd } = format;
  const [shortest, longest] = format.beforeLengths;
  // Most words are too short: this spares the walk over them.
  if (at < shortest || before[text.charCodeAt(at - shortest)] !== 1 || !text.startsWith(infix, at)) return -1;
  if (beforeEnd !== undefined && beforeEnd[text.charCodeAt(at - 1)] !== 1) return -1;
  const lead = runBefore(text, at, { set: before, limit: longest + 1 });
  return lead >= shortest && lead <= longest && startsWord(text, at - lead) ? at - lead : -1;
}

/** The end of the parts from `from` on; -1 when they do not fit. The last one may be cut off with the text. */
function partsEnd(text: string, from: number, parts: readonly TokenPart[]): number {
  let end = from;
  for (const { lead, body, lengths } of parts) {
    if (!text.startsWith(lead, end)) return -1;
    const start = end + lead.length;
    const [shortest, longest] = lengths;
    const length = runAfter(text, start, { set: body, limit: longest + 1 });
    if (length > longest) return -1;
    end = start + length;
    if (length < shortest) return length >= CUT_OFF_BODY && wasCut(text, end) ? end : -1;
  }
  return endsWord(text, end) ? end : -1;
}
