import type { Stretch } from '../stretch.js';
import { TRAIT_TOKEN } from '../text-traits.js';
import { PREFIX_FORMATS } from './api-token-formats.js';
import { endsWord, isMemberAt, RunEnds, runAfter, startsWord } from './character-set.js';
import { wasCut } from './cut-token.js';
import { linesEnd } from './key-lines.js';
import { isPublishedKey } from './published-keys.js';
import { changesOften, holdsWords } from './secret-shape.js';
import { isStruckOutAt } from './struck-out.js';
import {
  type BodyContent,
  CUT_OFF_BODY,
  type InfixFormat,
  type PrefixFormat,
  type TokenPart,
} from './token-format.js';
import { INFIX_FORMATS } from './token-infix-formats.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';

/** Characters of a body that are looked at. */
const SAMPLE = 40;
const FEWEST_DIFFERENT = 5;

type Groups<T> = Map<number, T[]>;

const HAS_PREFIX = 1;
const HAS_INFIX = 2;
const MOST_STARTS: number = 128 * 128;
/** What begins with two characters, by their codes (`first * 128 + second`): nearly none do, and a small table stays in the cache. */
const STARTS: Uint8Array = new Uint8Array(MOST_STARTS);
/** The third character that all formats with the first two have; 0 where they differ, or have none. */
const THIRDS: Uint8Array = new Uint8Array(MOST_STARTS);

/** The formats by their first two characters. Filled when the first text comes that can hold a token. */
const FORMATS_BY_START: Groups<PrefixFormat> = new Map();
/** As above, by the infix; the ones of a single character stand under every second one. */
const INFIXES_BY_START: Groups<InfixFormat> = new Map();

function fillTables(): void {
  for (const format of PREFIX_FORMATS)
    group(FORMATS_BY_START, format, { bit: HAS_PREFIX, text: format.prefix });
  for (const format of INFIX_FORMATS) group(INFIXES_BY_START, format, { bit: HAS_INFIX, text: format.infix });
}

interface FormatStart {
  readonly bit: number;
  readonly text: string;
}

function group<T>(groups: Groups<T>, format: T, { bit, text }: FormatStart): void {
  const first = text.charCodeAt(0) * 128;
  const [from, to] = text.length === 1 ? [0, 127] : [text.charCodeAt(1), text.charCodeAt(1)];
  for (let start = first + from; start <= first + to; start += 1) {
    noteStart(start, bit, text.charCodeAt(2) || 0);
    const known = groups.get(start);
    if (known === undefined) groups.set(start, [format]);
    else known.push(format);
  }
}

function noteStart(start: number, bit: number, third: number): void {
  THIRDS[start] = STARTS[start] === 0 || THIRDS[start] === third ? third : 0;
  STARTS[start] = (STARTS[start] ?? 0) | bit;
}

/** Tokens of vendors that are known by their form. A placeholder (`ghp_xxxxxxxx…`) is none. */
export const apiTokenDetector: ValueDetector = {
  name: 'api-token',
  needs: TRAIT_TOKEN,
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

interface Search {
  readonly text: string;
  readonly report: ReportMatch;
  readonly ends: RunEnds;
  readonly checks: RunChecks;
}

/**
 * Which runs hold nothing that a format asks for, from any place inside them: a run of prefixes is not looked at again
 * from each of them.
 */
class RunChecks {
  readonly #text: string;
  readonly #ends = new Map<PrefixFormat, number>();
  readonly #barren = new Set<PrefixFormat>();

  constructor(text: string) {
    this.#text = text;
  }

  holds(format: PrefixFormat, stretch: Stretch): boolean {
    if (format.holds === 'anything') return true;
    const isKnown = stretch.start < (this.#ends.get(format) ?? 0);
    if (isKnown && this.#barren.has(format)) return false;
    const beginning = { start: stretch.start, end: Math.min(stretch.end, stretch.start + SAMPLE) };
    if (hasContent(this.#text, beginning, format.holds)) return true;
    if (isKnown) return false;
    this.#ends.set(format, stretch.end);
    if (hasContent(this.#text, stretch, format.holds)) this.#barren.delete(format);
    else this.#barren.add(format);
    return false;
  }
}

function findTokens(text: string, report: ReportMatch): void {
  if (FORMATS_BY_START.size === 0) fillTables();
  const search: Search = { text, report, ends: new RunEnds(text), checks: new RunChecks(text) };
  let code = text.charCodeAt(0);
  for (let at = 0; at < text.length; ) {
    const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
    const start = code < 128 ? code * 128 + (next & 127) : 0;
    const end = mayStart(text, at, start) ? reportAt(search, at, start) : at;
    if (end > at) {
      at = end;
      code = text.charCodeAt(at);
    } else {
      at += 1;
      code = next;
    }
  }
}

/** Whether the first three characters at `at` can be those of a format; `start` is what its first two are. */
function mayStart(text: string, at: number, start: number): boolean {
  if (STARTS[start] === 0) return false;
  const third = THIRDS[start];
  return third === 0 || text.charCodeAt(at + 2) === third;
}

/** Reports the token at `at`, where the first two characters are those of a format, and gives its end; `at` when there is none. */
function reportAt(search: Search, at: number, start: number): number {
  const starts = STARTS[start] ?? 0;
  if ((starts & HAS_PREFIX) !== 0) {
    const end = reportPrefixed(search, at, FORMATS_BY_START.get(start) ?? []);
    if (end > at) return end;
  }
  return (starts & HAS_INFIX) === 0 ? at : reportInfixed(search, at, INFIXES_BY_START.get(start) ?? []);
}

/** Reports the token of one of the formats that starts at `at`, and gives its end; `at` when there is none. */
function reportPrefixed(search: Search, at: number, formats: readonly PrefixFormat[]): number {
  const { text, report } = search;
  for (let index = 0; index < formats.length; index += 1) {
    const format = formats[index];
    if (format === undefined || !continues(text, at, format.prefix)) continue;
    if (!startsWord(text, at)) return at;
    const lineEnd = tokenEnd(search, at, format);
    const end = format.wraps && lineEnd > at ? linesEnd(text, at, lineEnd) : lineEnd;
    if (end === at || isPublishedKey(text.slice(at, end))) continue;
    report(format.publicPrefix ? at + format.prefix.length : at, end);
    return end;
  }
  return at;
}

/** Whether `expected` stands at `at`, its first two characters excepted: they were compared before. */
function continues(text: string, at: number, expected: string): boolean {
  for (let index = 2; index < expected.length; index += 1) {
    if (text.charCodeAt(at + index) !== expected.charCodeAt(index)) return false;
  }
  return true;
}

/** Where a token of this format that starts at `at` ends; `at` when there is none. */
function tokenEnd({ text, ends, checks }: Search, at: number, format: PrefixFormat): number {
  const start = at + format.prefix.length;
  const shortest = format.lengths[0];
  const longest = format.lengths[1];
  const isOpen = longest === Number.POSITIVE_INFINITY;
  const end = ends.endOf(format.body, start);
  const length = end - start;
  const isCut =
    format.cutOff &&
    length >= CUT_OFF_BODY &&
    length < shortest &&
    wasCut(text, end, format.isDistinctive && !holdsWords(text.slice(start, end)));
  if (!isCut && (length < shortest || length > longest)) return at;
  if (!isOpen && !(endsWord(text, end) && text[end] !== '_')) return at;
  // A piece of a dotted name: `favicon.ico-0c5a….png`.
  if (text[at - 1] === '.' && text[end] === '.') return at;
  if (isStruckOutAt(text, end)) return at;
  return checks.holds(format, { start, end }) ? end : at;
}

/** Whether a stretch holds what a format says, and not a few characters again and again (`aaaaaaaBBBBBB…`). */
function hasContent(text: string, { start, end }: Stretch, holds: BodyContent): boolean {
  let seen = 0;
  let different = 0;
  let digits = 0;
  let upper = false;
  let lower = false;
  let repeated = 0;
  let previous = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if ((code | 0x20) === previous) repeated += 1;
    previous = code | 0x20;
    const bit = 1 << (code & 31);
    if ((seen & bit) === 0) different += 1;
    seen |= bit;
    if (code <= 0x39) digits += code >= 0x30 ? 1 : 0;
    else if (code >= 0x61) lower = true;
    else upper ||= code <= 0x5a;
  }
  if (different < FEWEST_DIFFERENT || repeated * 2 > end - start) return false;
  if (holds === 'digits') return digits >= 3;
  // Of letters and digits that came by chance, one in thirty has a single digit.
  const isMixed = upper && lower && (digits >= 2 || (digits === 1 && changesOften(text.slice(start, end))));
  if (holds === 'random') return isMixed && !holdsWords(text.slice(start, end));
  if (holds === 'cases') return isMixed;
  return holds === 'any' || digits > 0 || (upper && lower);
}

/** Reports the token of one of the formats whose infix stands at `at`, and gives its end; `at` when there is none. */
function reportInfixed({ text, report }: Search, at: number, formats: readonly InfixFormat[]): number {
  for (let index = 0; index < formats.length; index += 1) {
    const format = formats[index];
    if (format === undefined) continue;
    const start = infixedStart(text, at, format);
    if (start < 0) continue;
    const after = at + format.infix.length;
    const end = partsEnd(text, after, format.after);
    if (end < 0) continue;
    const longer = end - after > at - start ? { start: after, end } : { start, end: at };
    if (!hasContent(text, longer, format.holds)) continue;
    report(start, end);
    return end;
  }
  return at;
}

/** Where a token starts whose infix stands at `at`; -1 when what stands before does not fit. */
function infixedStart(
  text: string,
  at: number,
  { infix, before, beforeEnd, beforeLengths }: InfixFormat,
): number {
  const shortest = beforeLengths[0];
  const lowest = at - beforeLengths[1] - 1;
  // Most words are too short: this spares the walk over them.
  if (at < shortest || !isMemberAt(text, at - shortest, before) || !continues(text, at, infix)) return -1;
  if (beforeEnd !== undefined && !isMemberAt(text, at - 1, beforeEnd)) return -1;
  let start = at;
  while (start > lowest && isMemberAt(text, start - 1, before)) start -= 1;
  return start > lowest && at - start >= shortest && opensToken(text, start) ? start : -1;
}

/** A word, or what stands behind `bot` in a path of Telegram's. */
function opensToken(text: string, at: number): boolean {
  return startsWord(text, at) || (text.startsWith('bot', at - 3) && startsWord(text, at - 3));
}

/** The end of the parts from `from` on; -1 when they do not fit. */
function partsEnd(text: string, from: number, parts: readonly TokenPart[]): number {
  let end = from;
  for (const { lead, body, lengths } of parts) {
    if (!text.startsWith(lead, end)) return -1;
    const start = end + lead.length;
    let length = runAfter(text, start, { set: body, limit: lengths[1] + 4 });
    // What ends a sentence, or says that something was left out.
    while (length > lengths[1] && text[start + length - 1] === '.') length -= 1;
    if (length > lengths[1]) return -1;
    end = start + length;
    if (length < lengths[0]) return -1;
  }
  return endsWord(text, end) ? end : -1;
}
