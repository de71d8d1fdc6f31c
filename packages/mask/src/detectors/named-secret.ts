import { nameWords } from '../name-words.js';
import { secretNameRule } from '../secret-names.js';
import { TRAIT_LONG_WORD } from '../text-traits.js';
import { characterSet, endOfRun } from './character-set.js';
import { looksRandom, looksSecret } from './secret-shape.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';
import { isVendorName } from './vendor-names.js';

const VALUE = characterSet('A-Za-z0-9_+/.~%-');
const VALUE_REST = characterSet('A-Za-z0-9_+/.~%=-');
const NAME = characterSet('A-Za-z0-9_.$-');
/** What stands between a name and its value in the languages of programs, shells and configurations. */
const GLUE = characterSet(' \t\r\n"\'`\\=:>(,|?+.)]!~-');
const OPERATORS = characterSet('=:>(,|');

const SHORTEST = 8;
/** What is longer is no credential but a document. */
const LONGEST = 4096;
const MOST_GLUE = 24;
const LONGEST_NAME = 64;
const MOST_WORDS = 3;

/** Types of variables, between a name and its value (`var token: string = …`). */
const TYPE = /^(?:string|str|text|char|varchar|bytes?|secret|securestring|any|object|is|was|value|default)$/i;

/**
 * Random-looking values right after the name of a secret, or of a vendor whose keys have no form of their own, in
 * assignments, calls, lists and mark-up of any language: `setToken("…")`, `token ??= '…'`, `apiKey,…,`, `cloudflare: …`.
 */
export const namedSecretDetector: ValueDetector = {
  name: 'named-secret',
  needs: TRAIT_LONG_WORD,
  find(text, report) {
    let at = 0;
    while (at < text.length) {
      if (VALUE[text.charCodeAt(at)] !== 1) {
        at += 1;
        continue;
      }
      const end = endOfRun(text, at, VALUE);
      const whole = isQuote(text[at - 1]) ? endOfRun(text, end, VALUE_REST) : end;
      at = Math.max(end, reportValue({ text, report }, at, whole));
    }
  },
};

interface Search {
  readonly text: string;
  readonly report: ReportMatch;
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** Reports what stands from `start` to `end` or a little more when it is a secret, and gives the place to go on from. */
function reportValue({ text, report }: Search, start: number, end: number): number {
  if (end - start < SHORTEST || end - start > LONGEST || !holdsDigit(text, start, end)) return start;
  const name = namedBefore(text, start);
  if (name === undefined) return start;
  const last = endOfRun(text, end, VALUE_REST);
  const value = trimmed(text, start, last);
  if (!isNamedSecret(name, text.slice(value.start, value.end))) return start;
  report(value.start, value.end, name.text);
  return last;
}

function holdsDigit(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) return true;
  }
  return false;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Dashes and dots around a value belong to what stands around it. */
function trimmed(text: string, from: number, to: number): Stretch {
  let start = from;
  let end = to;
  while (start < end && '-.'.includes(text[start] ?? ' ')) start += 1;
  while (end > start && '-.~'.includes(text[end - 1] ?? ' ')) end -= 1;
  return { start, end };
}

interface NameBefore {
  readonly text: string;
  /** An operator stands between name and value, and not white space alone. */
  readonly assigned: boolean;
  /** Nothing but a comma and white space stands between, as in a list of names. */
  readonly listed: boolean;
}

/** The name that ends before `at`, with only what binds a name to its value between. */
function namedBefore(text: string, at: number): NameBefore | undefined {
  let assigned = false;
  let listed = false;
  let end = at;
  for (let step = 0; step < 2; step += 1) {
    const glue = glueStart(text, end);
    if (glue.start === end) return undefined;
    assigned ||= glue.operator;
    listed ||= LIST.test(text.slice(glue.start, end));
    const start = nameStart(text, glue.start);
    if (start === glue.start) return undefined;
    const name = text.slice(start, glue.start);
    if (!TYPE.test(name)) return { text: withWordsBefore(text, start, name), assigned, listed };
    end = start;
  }
  return undefined;
}

/** Where the glue that ends at `end` starts. A line end is glue only behind an operator. */
function glueStart(text: string, end: number): { readonly start: number; readonly operator: boolean } {
  const lowest = Math.max(0, end - MOST_GLUE);
  let start = end;
  let operator = false;
  let open = false;
  while (start > lowest && GLUE[text.charCodeAt(start - 1)] === 1) {
    const code = text.charCodeAt(start - 1);
    if (code === 0x0a) open = true;
    else if (OPERATORS[code] === 1) {
      operator = true;
      open = false;
    }
    start -= 1;
  }
  return open ? { start: end, operator } : { start, operator };
}

function nameStart(text: string, end: number): number {
  const lowest = Math.max(0, end - LONGEST_NAME);
  let start = end;
  while (start > lowest && NAME[text.charCodeAt(start - 1)] === 1) start -= 1;
  return start;
}

/** A name of several words, as people write them: `API key for prod: …`. */
function withWordsBefore(text: string, nameAt: number, name: string): string {
  let start = nameAt;
  for (let count = 1; count < MOST_WORDS && text[start - 1] === ' '; count += 1) {
    const word = nameStart(text, start - 1);
    if (word === start - 1) break;
    start = word;
  }
  return start === nameAt ? name : text.slice(start, nameAt) + name;
}

const NUMBER = /^\d{15,24}$/;

const LIST = /^\s*,\s+$/;

function isNamedSecret({ text, assigned, listed }: NameBefore, value: string): boolean {
  if (value.length < SHORTEST || listed) return false;
  const last = text.slice(text.lastIndexOf(' ') + 1);
  if (isSecretName(last) || (last.length < text.length && assigned && isSecretName(text))) {
    return looksSecret(value) || ((assigned || /[A-Z_]/.test(last)) && NUMBER.test(value));
  }
  return assigned && looksRandom(value) && isVendorName(nameWords(last));
}

function isSecretName(name: string): boolean {
  return secretNameRule(name, 'assignment') !== undefined;
}
