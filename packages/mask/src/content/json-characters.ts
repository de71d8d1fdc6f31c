// Characters of JSON (RFC 8259), by their codes.

/** Anything but white space, digits and what JSON is made of. */
export function isForeign(code: number): boolean {
  if (code > 125 || code === 124) return true;
  if (code > 90) return code !== 91 && code !== 92 && code !== 93 && code !== 123 && code !== 125;
  return code > 58 || (code > 32 && code !== 34 && code !== 58 && (code < 43 || code === 47));
}

const EXPONENT = /\d[eE][+-]?\d/y;

/** Length of `true`, `false`, `null` or the sign of an exponent at an offset, or 0. */
export function literalLength(text: string, index: number): number {
  if (text.startsWith('true', index) || text.startsWith('null', index)) return 4;
  if (text.startsWith('false', index)) return 5;
  EXPONENT.lastIndex = index - 1;
  return index > 0 && EXPONENT.test(text) ? 1 : 0;
}

/** Whether a stretch outside of strings holds what is no JSON. */
export function hasWords(text: string, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    if (!isForeign(text.charCodeAt(index))) continue;
    const literal = literalLength(text, index);
    if (literal === 0) return true;
    index += literal - 1;
  }
  return false;
}

/** A decimal digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/**
 * Whether what stands before a digit makes the two no number of JSON: digits apart (`4111 1111 …`, `4111-1111-…`, `10:80`), a
 * second point (`10.1.2.3`).
 */
export function breaksNumber(text: string, from: number, index: number): boolean {
  let before = index - 1;
  if (text[before] === '.') {
    before -= 1;
    while (before > from && isDigit(text.charCodeAt(before)) && index - before < 24) before -= 1;
    return before > from && text[before] === '.';
  }
  while (before > from && ' \t+-:'.includes(text[before] ?? 'x') && index - before < 4) before -= 1;
  return before < index - 1 && isDigit(text.charCodeAt(before));
}

/** What ends a number or a word of JSON: `,`, `]`, `}`, `"`, `\` and white space. */
export function isLiteralEnd(code: number): boolean {
  return code === 44 || code === 93 || code === 125 || code === 34 || code === 92 || code <= 32;
}

/** The first character that is no white space; 0 when there is none. */
export function firstSolid(text: string): number {
  let index = 0;
  while (index < text.length && text.charCodeAt(index) <= 32) index += 1;
  return index < text.length ? text.charCodeAt(index) : 0;
}

/** Quotes behind more backslashes than this belong to a text that is nested deeper than anybody reads. */
const MAX_LEVEL = 6;

/** How often a quote is escaped that stands behind so many backslashes. */
export function levelOf(run: number): number {
  let level = 0;
  while (level < MAX_LEVEL && 2 ** (level + 1) - 1 <= run) level += 1;
  return level;
}

/** How often the quote is escaped that stands behind the backslashes at an offset. */
export function levelAt(text: string, at: number): number {
  let run = 0;
  while (text[at + run] === '\\') run += 1;
  return levelOf(run);
}

/** How many backslashes stand right before an offset, down to `from`. */
export function backslashesBefore(text: string, at: number, from: number): number {
  let run = 0;
  while (at - run > from && text.charCodeAt(at - run - 1) === 0x5c) run += 1;
  return run;
}

const BESIDE = /"[ \t]{1,8}"/y;

/** Whether one string stands behind another without a sign between, as maps of Clojure have names and values. */
export function standsBesideString(text: string, at: number): boolean {
  BESIDE.lastIndex = Math.max(0, at - 1);
  return BESIDE.test(text);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where the quote stands that closes the string whose inside starts at `open`; the limit, or the end of the text, when none does before. */
export function closingQuote(text: string, open: number, limit: number = text.length): number {
  let at = open;
  const last = Math.min(limit, text.length);
  while (at < last && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return Math.min(at, last);
}

/** The offset behind the string that opens at an offset. */
export function stringEnd(text: string, start: number): number {
  return Math.min(closingQuote(text, start + 1) + 1, text.length);
}
