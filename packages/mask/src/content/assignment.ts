import {
  type CharacterSet,
  characterSet,
  DIGITS,
  endOfRun,
  escapedCode,
  isMemberAt,
} from '../detectors/character-set.js';
import { looksSecret } from '../detectors/secret-shape.js';
import type { Operator } from './operator.js';
import { closingEscape, escapeAt } from './percent-escape.js';
import { templateEnd } from './placeholder.js';
import {
  bracedEnd,
  bytesAt,
  concatenatedEnd,
  cutContainerEnd,
  doubledLength,
  isSignOfValue,
  stringEnd,
  typographicEnd,
} from './value-joints.js';

const NAME = characterSet('A-Za-z0-9_.$-');
const NAME_START = characterSet('A-Za-z0-9_$');

/** Whether a name can start with this character: a letter, a digit, or an escape of one. */
export function startsName(text: string, at: number): boolean {
  if (isMemberAt(text, at, NAME_START)) return true;
  const code = text.charCodeAt(at);
  if (code >= 0x80) return isForeignLetter(code);
  return code === 0x25 && isEscapeOf(text, at, NAME_START);
}

/** The end of the name that starts at `at`; full stops and dashes at its end do not belong to it. */
export function nameEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    // What leads the eye to a value is no part of the name: `password......x`.
    if (code === 0x2e && text.startsWith('.....', end)) break;
    if (NAME[code] === 1 || (code >= 0x80 && isForeignLetter(code))) end += 1;
    else if (code === 0x25 && isEscapeOf(text, end, NAME)) end += 3;
    else break;
  }
  while (end > at + 1 && '.-'.includes(text[end - 1] ?? ' ')) end -= 1;
  return end;
}

function isEscapeOf(text: string, at: number, set: CharacterSet): boolean {
  const code = escapedCode(text, at);
  // Of UTF-8, any letter of another script.
  return code >= 0x80 || (code >= 0 && set[code] === 1);
}

function isForeignLetter(code: number): boolean {
  if (code < 0xc0 || (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f)) return false;
  // The wide forms of the signs of ASCII.
  return !(code >= 0xff00 && code <= 0xff5e && !/\w/.test(String.fromCharCode(code - 0xfee0)));
}

/** A value, [start, end), as it stands in the text without its quotes. */
export interface ValueExtent {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

const ESCAPED_ENDS: ReadonlySet<number> = new Set([0x26, 0x3b, 0x20, 0x0a, 0x0d, 0x22, 0x27, 0x2c, 0x7d]);

const VERBATIM = /^[@$]{1,2}"/;
/** `，`, `；`, `）`, `。`, `、`. */
const WIDE_ENDS: ReadonlySet<number> = new Set([0xff0c, 0xff1b, 0xff09, 0x3002, 0x3001]);
const LITERAL_PREFIX = /^(?:[bBeEfFnNrRsuULxX]|[bBfFuU][rR]|[rR][bBfF]|raw|String\.raw|U&|_[a-z0-9]{2,10})$/;

/** Finds the ends of values in one text. It remembers where the last ones ended, so that no stretch is walked again and again. */
export class ValueReader {
  readonly #text: string;
  #walkedFrom = 0;
  #walkedTo = -1;
  #escapedFrom = 0;
  #escapedTo = -1;
  #lineFrom = 0;
  #lineTo = -1;
  #bracketBudget: number;

  constructor(text: string) {
    this.#text = text;
    this.#bracketBudget = text.length + 4096;
  }

  read(at: number, operator: Operator): ValueExtent {
    const text = this.#text;
    let quote = at;
    while (text[quote] === '\\' && quote < at + 8) quote += 1;
    if ('"\'`'.includes(text[quote] ?? ' ')) return this.#quoted(at, quote);
    // `$'…'` of a shell, `<…>` of a template.
    if (text[at] === '$' && text[at + 1] === "'") return this.#quoted(at + 1, at + 1);
    // `@"…"` and `$"…"` of C#.
    const prefix = VERBATIM.exec(text.slice(at, at + 3))?.[0].length ?? 0;
    if (prefix > 0) return this.#quoted(at + prefix - 1, at + prefix - 1);
    const inner = typographicEnd(text, at);
    if (inner > at) return { start: at + 1, end: inner, quoted: true };
    const bytes = bytesAt(text, at);
    if (bytes !== undefined) return { ...bytes, quoted: true };
    if (text[at] === '<') {
      const inner = angledEnd(text, at);
      if (inner > at) return { start: at + 1, end: inner, quoted: true };
    }
    const braced =
      text[at] === '{' && operator.kind === 'equals' && !operator.spaced ? bracedEnd(text, at) : at;
    if (braced > at) return { start: at, end: braced, quoted: false };
    if (text[at] === '{' || text[at] === '[') {
      const end = this.#bracketed(at);
      // `{noop}hunter2` of Spring, `{SSHA}…` of LDAP.
      const isEncoder = end > at && end - at <= LONGEST_ENCODER && ENCODER.test(text.slice(at, end + 1));
      if (end > at) return { start: at, end: isEncoder ? this.#plainEnd(end) : end, quoted: false };
      const cut = this.#bracketBudget > 0 ? cutContainerEnd(text, at) : at;
      if (cut > at) return { start: at, end: cut, quoted: false };
    }
    // A map of Go.
    if (text.startsWith('map[', at)) {
      const end = this.#bracketed(at + 3);
      if (end > at + 3) return { start: at, end, quoted: false };
    }
    if (text.startsWith('$(', at)) {
      const end = this.#bracketed(at + 1, 0x28);
      if (text[end - 1] === ')') return { start: at, end, quoted: false };
    }
    if (text[at] === '(' && '"\''.includes(text[at + 1] ?? ' ')) {
      return { start: at, end: Math.max(this.#bracketed(at, 0x28), this.#plainEnd(at)), quoted: false };
    }
    const variable = operator.kind === 'colon' && text[at] === '$' ? variableEnd(text, at) : at;
    if (variable > at) return { start: at, end: variable, quoted: false };
    const parameters = operator.kind === 'colon' ? parametersEnd(text, at) : at;
    if (parameters > at) return { start: at, end: parameters, quoted: false };
    let end = operator.escaped
      ? this.#escapedEnd(at, operator.quote)
      : this.#prefixedEnd(at, this.#plainEnd(at));
    // `PASSWORD('…')`: the call is the value.
    if (end > at && text[end - 1] === '(' && '"\''.includes(text[end] ?? ' '))
      end = Math.max(end, this.#bracketed(end - 1, 0x28));
    return { start: at, end: listEnd(text, Math.max(end, templateEnd(text, at))), quoted: false };
  }

  /** To the same quote with as many backslashes before it; without one, to the end of the line. */
  #quoted(at: number, quote: number): ValueExtent {
    const text = this.#text;
    const start = quote + 1;
    const closer = text[quote] ?? '"';
    let end = start;
    if (quote > at) {
      end = text.indexOf(text.slice(at, quote + 1), start);
      return { start, end: end < 0 ? this.lineEnd(start) : end, quoted: true };
    }
    if (text.startsWith(closer.repeat(2), start)) return this.#tripleQuoted(start + 2, closer.repeat(3));
    while (end < text.length) {
      // A quote that stands twice is one of the value (`'it''s'` in SQL and connection strings).
      const doubled = text[end] === closer && end > start ? doubledLength(text, end) : 0;
      if (text[end] === closer && doubled === 0) break;
      end += doubled > 0 ? doubled : text[end] === '\\' && !isBackslash(text, end, closer) ? 2 : 1;
    }
    if (end >= text.length) return { start, end: this.lineEnd(start), quoted: true };
    const last = Math.max(changedEnd(text, end), concatenatedEnd(text, end));
    // Between two quotes that differ, nothing else can stand.
    return text[last] === closer
      ? { start, end: last, quoted: true }
      : { start: quote, end: last + 1, quoted: true };
  }

  /** A string over several lines (TOML, Python). Without its end, all of the text belongs to it. */
  #tripleQuoted(start: number, closer: string): ValueExtent {
    const end = this.#text.indexOf(closer, start);
    return { start, end: end < 0 ? this.#text.length : end, quoted: true };
  }

  /** The end of the line that `at` lies in. */
  lineEnd(at: number): number {
    if (at < this.#lineFrom || at > this.#lineTo) {
      const end = this.#text.indexOf('\n', at);
      this.#lineFrom = at;
      this.#lineTo = end < 0 ? this.#text.length : end;
    }
    return this.#lineTo;
  }

  /** The end of a list or map, `at` when it does not close; a tuple of strings ends with the line at the latest. */
  #bracketed(at: number, opener = 0x5b): number {
    const tuple = opener === 0x28;
    const limit = tuple ? this.lineEnd(at) : this.#text.length;
    const closer = tuple ? 0x29 : 0x5d;
    let depth = 0;
    for (let index = at; index < limit && this.#bracketBudget > 0; index += 1) {
      this.#bracketBudget -= 1;
      const unit = this.#text.charCodeAt(index);
      if (unit === 0x22 || unit === 0x27) {
        const string = stringEnd(this.#text, index);
        this.#bracketBudget -= Math.min(string > index ? 0 : 64, this.#bracketBudget);
        if (string > index) {
          index = Math.min(string, limit) - 1;
          continue;
        }
      }
      const code = tuple ? unit : unit & ~0x20;
      if (code === opener) depth += 1;
      else if (code === closer && --depth === 0) return index + 1;
    }
    return tuple ? limit : at;
  }

  /** A string behind a prefix of its literal (`N'…'`, `_utf8'…'`); a quote that closes one around the value is none. */
  #prefixedEnd(at: number, end: number): number {
    const text = this.#text;
    if (!'"\'`'.includes(text[end] ?? ' ') || end - at > 12 || text.charCodeAt(end + 1) <= 0x20) return end;
    if (!LITERAL_PREFIX.test(text.slice(at, end)) || /[,;)\]}]/.test(text[end + 1] ?? ',')) return end;
    return Math.min(this.#quoted(end, end).end + 1, text.length);
  }

  #plainEnd(at: number): number {
    if (at >= this.#walkedFrom && at <= this.#walkedTo) return this.#walkedTo;
    let end = at;
    while (end < this.#text.length && !this.#endsValue(end)) end += 1;
    this.#walkedFrom = at;
    this.#walkedTo = end;
    return end;
  }

  #endsValue(at: number): boolean {
    const text = this.#text;
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code === 0x2c) return true;
    if (code === 0x3b || code === 0x26) return !isJoint(text, at);
    if (code === 0x22 || code === 0x27 || code === 0x60 || code === 0x3c) return !isSignOfValue(text, at);
    if (code === 0xa0) return true;
    if (code >= 0x3000 && WIDE_ENDS.has(code)) return true;
    if (code === 0x5c) return 'nrt"\''.includes(text[at + 1] ?? ' ');
    const closes = code === 0x29 || code === 0x5d || code === 0x7d || code === 0x3e;
    if (!closes || text.startsWith('</', at + 1)) return closes;
    return !(text.charCodeAt(at + 1) > 0x20 && !'.,;:)]}>"\'`&'.includes(text[at + 1] ?? ' '));
  }

  /** A value in text that was percent-encoded as a whole: to the quote that opened it, else to an escaped sign. */
  #escapedEnd(at: number, quote = ''): number {
    const close = quote === '' ? -1 : closingEscape(this.#text, at, quote);
    if (close >= at && close - at <= LONGEST_ESCAPED && !/[\s&"'<>]/.test(this.#text.slice(at, close)))
      return close;
    if (at >= this.#escapedFrom && at <= this.#escapedTo) return this.#escapedTo;
    const plain = this.#plainEnd(at);
    let end = this.#escapedWordEnd(at, plain);
    // What belongs to a scheme stands behind a space.
    if (SCHEME.test(this.#text.slice(Math.max(at, end - 12), end)))
      end = this.#escapedWordEnd(escapeAt(this.#text, end).end, plain);
    this.#escapedFrom = at;
    this.#escapedTo = end;
    return end;
  }

  /** To an escaped sign. */
  #escapedWordEnd(from: number, plain: number): number {
    let end = from;
    while (end < plain && !ESCAPED_ENDS.has(escapeAt(this.#text, end).code)) end += 1;
    return end;
  }
}

/** Whether a backslash before a quote is one of the value, since the quote stands twice: `"a\\""b"` of ADO.NET. */
function isBackslash(text: string, at: number, closer: string): boolean {
  return text.startsWith(closer + closer, at + 1) && /\w/.test(text[at + 3] ?? ' ');
}

const SCHEME = /^(?:bearer|basic|token|negotiate|apikey)$/i;
const LONGEST_ESCAPED = 4096;
const CHANGED = /" (?:->|=>) "[^"\n]{1,256}(?=")/y;

/** The end of the new value behind the quote at `at`, where a plan or a report of changes shows both: `"old" -> "new"`. */
function changedEnd(text: string, at: number): number {
  CHANGED.lastIndex = at;
  return CHANGED.test(text) ? CHANGED.lastIndex : at;
}

/** `ab&hunter2` and `ab;hunter2`: neither a next pair nor the end of a command stands behind the sign. */
const JOINT = /[&;][^\s&;=:,"'`<>(){}[\]\\%]{1,64}(?=[\s,"'`)}\]]|$)/y;

function isJoint(text: string, at: number): boolean {
  JOINT.lastIndex = at;
  return JOINT.test(text);
}

const ANGLED = /<[^\s<>"'`]{6,256}(?=>)/y;

/** The end of a word in angle brackets that looks like a secret and like no tag; `at` when there is none. */
function angledEnd(text: string, at: number): number {
  ANGLED.lastIndex = at;
  const word = ANGLED.exec(text)?.[0].slice(1);
  return word !== undefined && looksSecret(word) ? at + 1 + word.length : at;
}

/** `t=1492774577,v1=5257…`: the value of a header that is made of pairs. */
const PARAMETERS = /[\w-]{1,16}=[\w./+%~-]{1,512}={0,2}(?:[,;][\w-]{1,16}=[\w./+%~-]{1,512}={0,2}){1,8}/y;

function parametersEnd(text: string, at: number): number {
  PARAMETERS.lastIndex = at;
  return PARAMETERS.test(text) ? PARAMETERS.lastIndex : at;
}

const NEXT_OF_LIST = /,[^\s,;&"'`<>=:(){}[\]\\%]{1,256}(?=[\s,;&"'`)}\]\\]|$)/y;

/** The end of a list without spaces (`token=a,b`); a word that `=` or `:` follows is a name of its own. */
function listEnd(text: string, from: number): number {
  let end = from;
  NEXT_OF_LIST.lastIndex = end;
  while (NEXT_OF_LIST.test(text)) {
    end = NEXT_OF_LIST.lastIndex;
    NEXT_OF_LIST.lastIndex = end;
  }
  return end;
}

const VARIABLE = /\$[A-Za-z_]\w{0,63}(?=\)\s{0,8}[{}])/y;

/** The end of a variable that GraphQL passes on (`login(password: $p) { … }`); `at` when there is none. */
function variableEnd(text: string, at: number): number {
  VARIABLE.lastIndex = at;
  return VARIABLE.test(text) ? VARIABLE.lastIndex : at;
}

/** The end of the word that starts at `at`, at white space or a quote, without the punctuation after it. */
export function wordEnd(text: string, at: number): number {
  return trimmedWordEnd(text, at, rawWordEnd(text, at));
}

/** The end of a word at white space or a quote. */
function rawWordEnd(text: string, at: number): number {
  let end = at;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code <= 0x20 || code === 0x22 || code === 0x60 || code === 0xa0) break;
    if (code === 0x3c && text[end + 1] === '/') break;
  }
  return end;
}

/** The end of a word without the punctuation after it. */
function trimmedWordEnd(text: string, at: number, rawEnd: number): number {
  let end = rawEnd;
  while (end > at && ".,;:!?)'".includes(text[end - 1] ?? ' ')) end -= 1;
  return end;
}

/** Whether white space, a quote, a bracket or nothing stands before `at`. */
export function followsBreak(text: string, at: number): boolean {
  return at === 0 || text.charCodeAt(at - 1) <= 0x20 || '"\'`([<>=,'.includes(text[at - 1] ?? ' ');
}

/** The end of a run of digits. */
export function digitsEnd(text: string, at: number): number {
  return endOfRun(text, at, DIGITS);
}

/** The end of the word in brackets of its own that starts at `start`: `password [x] rejected`. */
export function bracketedEnd(text: string, start: number): number | undefined {
  const closer = text[start - 1] === '[' ? ']' : text[start - 1] === '<' ? '>' : '';
  const length =
    closer === '' ? -1 : text.slice(start, start + 128).search(closer === ']' ? /[\]\s]/ : /[>\s]/);
  return length > 0 && text[start + length] === closer ? start + length : undefined;
}

const LONGEST_ENCODER = 24;
const ENCODER = /^\{[\w.@-]+\}[\w$+/]$/;
const LONGEST_NEAR = 256;
/** What closes a bracket right behind a name. */
const CLOSERS: ReadonlySet<number> = new Set([0x5d, 0x7d, 0x3e]);

/** Finds the ends of words that no white space parts from their names. It remembers the last one: each word is walked once. */
export class NearWords {
  readonly #text: string;
  #to = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** The end of the word; `start` when it is longer than any. */
  end(start: number): number {
    if (start > this.#to) this.#to = rawWordEnd(this.#text, start);
    // Addresses of memory are in the stack traces of Go.
    if (this.#to - start > LONGEST_NEAR || this.#text.startsWith('0x', start)) return start;
    const end = trimmedWordEnd(this.#text, start, this.#to);
    return CLOSERS.has(this.#text.charCodeAt(end - 1)) ? end - 1 : end;
  }
}
