import { isPackageMember } from '../content/code-value.js';
import { isCoordinate, isPartOfArn } from '../content/colon-names.js';
import { isPlaceholder } from '../content/placeholder.js';
import { nameWords } from '../name-words.js';
import { secretNameRule } from '../secret-names.js';
import type { Stretch } from '../stretch.js';
import { TRAIT_NAMED } from '../text-traits.js';
import { characterSet, endOfRun, RunEnds, runBefore } from './character-set.js';
import { GLUE_RUN, NAME_RUN, OPERATORS } from './name-glue.js';
import { looksRandom, looksSecret } from './secret-shape.js';
import { isStruckOutAt } from './struck-out.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';
import { isVendorName } from './vendor-names.js';

const VALUE = characterSet('A-Za-z0-9_+/.~-');
const VALUE_REST = characterSet('A-Za-z0-9_+/.~%=-');
/** Between two commas. */
const CELL = characterSet('A-Za-z0-9_+/.~%=:-');

const SHORTEST = 8;
/** What the trait asks for: the value or its name has this length. */
const LONG_WORD = 14;
/** What is longer is no credential but a document. */
const LONGEST = 4096;
/** Characters of a value that are looked at. */
const SAMPLE = 256;
const MOST_TRIMMED = 8;
const MOST_WORDS = 4;

/** Types of variables and other words between a name and its value (`var token: string = …`). */
const TYPES: ReadonlySet<string> = new Set(
  'string str text char varchar byte bytes securestring any object is was value default'.split(' '),
);
const LONGEST_TYPE = 12;

/**
 * Random-looking values right after the name of a secret, or of a vendor whose keys have no form of their own, in
 * assignments, calls, lists and mark-up of any language: `setToken("…")`, `token ??= '…'`, `apiKey,…,`, `cloudflare: …`.
 */
export const namedSecretDetector: ValueDetector = {
  name: 'named-secret',
  needs: TRAIT_NAMED,
  find(text, report) {
    const search: Search = { text, report, ends: new RunEnds(text) };
    let at = 0;
    while (at < text.length) {
      if (VALUE[text.charCodeAt(at)] !== 1) {
        at += 1;
        continue;
      }
      const end = endOfRun(text, at, VALUE);
      const whole = isQuote(text[at - 1]) ? search.ends.endOf(VALUE_REST, end) : cellEnd(search, at, end);
      at = Math.max(end, reportValue(search, at, whole));
    }
  },
};

interface Search {
  readonly text: string;
  readonly report: ReportMatch;
  readonly ends: RunEnds;
}

/** The end of a cell between commas, of which the first run ends at `end`; `end` where there is none. */
function cellEnd({ text, ends }: Search, start: number, end: number): number {
  if (text[start - 1] !== ',' || text[end] === ',') return end;
  const last = ends.endOf(CELL, end);
  return text[last] === ',' ? last : end;
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** Reports what stands from `start` to `end` or a little more when it is a secret, and gives the place to go on from. */
function reportValue({ text, report, ends }: Search, start: number, end: number): number {
  if (end - start < SHORTEST || end - start > LONGEST || !holdsDigit(text, start, end)) return start;
  const before = namedBefore(text, start);
  if (before === undefined) return start;
  const last = ends.endOf(VALUE_REST, end);
  const isColon = before.end === start - 1 && text[before.end] === ':';
  if (
    isColon &&
    (isPartOfArn(text, before.start) ||
      isCoordinate(text.slice(before.start, before.end), text.slice(start, end)))
  )
    return start;
  const value = trimmed(text, start, last);
  const sample = text.slice(value.start, Math.min(value.end, value.start + SAMPLE));
  // In a cell, a colon is a joint like any other.
  const name = tellingName(text, before, sample.replaceAll(':', '.'));
  if (name === undefined || isStruckOutAt(text, last)) return start;
  report(value.start, value.end, name);
  return last;
}

function holdsDigit(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) return true;
  }
  return false;
}

/** Dashes and dots around a value belong to what stands around it. */
function trimmed(text: string, from: number, to: number): Stretch {
  let start = from;
  let end = to;
  while (start < Math.min(end, from + MOST_TRIMMED) && '-.'.includes(text[start] ?? ' ')) start += 1;
  while (end > Math.max(start, to - MOST_TRIMMED) && '-.~'.includes(text[end - 1] ?? ' ')) end -= 1;
  return { start, end };
}

interface NameBefore {
  readonly start: number;
  readonly end: number;
  /** An operator stands between name and value, and not white space alone. */
  readonly assigned: boolean;
}

/** The name that ends before `at`, with only what binds a name to its value between. */
function namedBefore(text: string, at: number): NameBefore | undefined {
  let assigned = false;
  let from = at;
  for (let step = 0; step < 2; step += 1) {
    const { start: end, operator } = glueBefore(text, from);
    if (end === from) return undefined;
    assigned ||= operator;
    const start = nameStart(text, end);
    if (start === end) return undefined;
    if (end - start > LONGEST_TYPE || !TYPES.has(text.slice(start, end).toLowerCase()))
      return { start, end, assigned };
    // `the password for admin is …` assigns as well.
    assigned ||= text.startsWith('is', start) || text.startsWith('was', start);
    from = start;
  }
  return undefined;
}

/**
 * Where the glue that ends at `end` starts; `end` when there is none. A line end is glue only behind an operator, and a
 * comma before a word without quotes stands in a list of names.
 */
function glueBefore(text: string, end: number): { readonly start: number; readonly operator: boolean } {
  const lowest = Math.max(0, end - GLUE_RUN.limit);
  let start = end;
  let operator = false;
  let open = false;
  let others = false;
  for (; start > lowest; start -= 1) {
    const code = text.charCodeAt(start - 1);
    if (GLUE_RUN.set[code] !== 1) break;
    if (code === 0x0a) open = true;
    else if (OPERATORS[code] === 1) {
      operator = true;
      open = false;
    }
    if (code !== 0x2c && code !== 0x20) others = true;
  }
  const listed = operator && !others && text.charCodeAt(end - 1) === 0x20;
  return open || listed ? { start: end, operator } : { start, operator };
}

function nameStart(text: string, end: number): number {
  return end - runBefore(text, end, NAME_RUN);
}

/** The name with the words before it, as people write them (`API key for prod: …`); undefined when there are none. */
function withWordsBefore(text: string, { start, end }: NameBefore): string | undefined {
  let first = start;
  for (let count = 1; count < MOST_WORDS && text.charCodeAt(first - 1) === 0x20; count += 1) {
    const word = nameStart(text, first - 1);
    if (word === first - 1) break;
    first = word;
    // An option is a name by itself.
    if (text.startsWith('--', word)) break;
  }
  return first === start ? undefined : text.slice(first, end);
}

const OBJECT_NAME = /^[a-z]{1,24}\d{0,3}(?:[.-][a-z]{0,24}\d{0,3}){1,12}(?:-[a-z\d]{5})?$/;
const NUMBER = /^\d{15,24}$/;

/** The name that makes a value a secret, or undefined. */
function tellingName(text: string, before: NameBefore, value: string): string | undefined {
  const name = text.slice(before.start, before.end);
  if (Math.max(value.length, name.length) < LONG_WORD || value.length < SHORTEST) return undefined;
  const { assigned } = before;
  const judgement = judge(name);
  if (judgement === SECRET) {
    // A thing that is called so: `secret "sh.helm.release.v1.web.v3" already exists`.
    if (!assigned && /^secrets?$/i.test(name) && OBJECT_NAME.test(value)) return undefined;
    return isSecretValue(value, assigned || /[A-Z_]/.test(name)) ? name : undefined;
  }
  // `auth0|507f1f77bcf86cd799439011`: a user of theirs.
  if (!assigned || (text[before.end] === '|' && text[before.end + 1] !== ' ')) return undefined;
  if (judgement === VENDOR && looksRandom(value)) return name;
  if (judgement === ACCESS && looksSecret(value)) return name;
  const words = withWordsBefore(text, before);
  return words !== undefined && judge(words) === SECRET && isSecretValue(value, true) ? words : undefined;
}

function isSecretValue(value: string, numbers: boolean): boolean {
  return (
    ((looksSecret(value) && !isPackageMember(value)) || (numbers && NUMBER.test(value))) &&
    !isPlaceholder(value)
  );
}

const HARMLESS = 0;
const SECRET = 1;
const VENDOR = 2;
/** A vendor's name, and that an access is meant. */
const ACCESS = 3;

/** Names repeat; what was found out about them is kept, within bounds. */
const judgements = new Map<string, number>();
const MOST_JUDGEMENTS = 2048;

function judge(name: string): number {
  const known = judgements.get(name);
  if (known !== undefined) return known;
  const judgement = judgeAnew(name);
  if (judgements.size >= MOST_JUDGEMENTS) judgements.clear();
  judgements.set(name, judgement);
  return judgement;
}

function judgeAnew(name: string): number {
  if (secretNameRule(name, 'assignment') !== undefined) return SECRET;
  const words = nameWords(name);
  if (!isVendorName(words)) return HARMLESS;
  return words.includes('access') || words.includes('accessid') ? ACCESS : VENDOR;
}
