// What looks like the end of a value without quotes, and is a sign of it.

import type { Stretch } from '../stretch.js';

/** `it's`, `Zk7q"Wm3`, `Z1l<tXLb`: the word goes on behind the sign, and no name, tag or string opens there. */
const JOINT =
  /["'`<](?:[A-Za-z0-9][^\s"'`<>=:,;&(){}[\]\\]{0,128}|(?<=')[A-Za-z0-9](?:[^\s"`<>=:,;&(){}[\]\\]{0,128}))(?=[\s,;&)}\]]|$)/y;
const WORD = /[A-Za-z0-9]/;
/** Of the literals of programs and of SQL: `rb'…'`, `N'…'`. */
const PREFIX = /(?:^|[^A-Za-z0-9])(?:[bBeEfFnNrRuUxX]|[bBfFuU][rR]|[rR][bBfF]|_[a-z0-9]{2,10})$/;

/** Whether the quote or the angle at `at` is a part of the value around it. */
export function isSignOfValue(text: string, at: number): boolean {
  if (!WORD.test(text[at - 1] ?? ' ') || PREFIX.test(text.slice(Math.max(0, at - 12), at))) return false;
  JOINT.lastIndex = at;
  return JOINT.test(text);
}

/** Of a driver of ODBC: `PWD={a;b}}c};`. */
const BRACED = /\{(?:[^}\n]|\}\}){1,256}\}(?=;|$)/y;

/** The end of a value in braces as connection strings have it; `at` when there is none. */
export function bracedEnd(text: string, at: number): number {
  BRACED.lastIndex = at;
  return BRACED.test(text) ? BRACED.lastIndex : at;
}

/** A string in what a program prints: its brackets close nothing. */
const STRING = /(?:"(?:[^"\\\n]|\\.){0,1024}"|'(?:[^'\\\n]|\\.){0,1024}')(?=[\s,;:)}\]]|$)/y;
const OPENS_STRING: ReadonlySet<string> = new Set([...' \t\n[{(:,=']);

/** The end of the string that starts at `at`; `at` when none does. */
export function stringEnd(text: string, at: number): number {
  if (!OPENS_STRING.has(text[at - 1] ?? ' ')) return at;
  STRING.lastIndex = at;
  return STRING.test(text) ? STRING.lastIndex : at;
}

/** What joins two strings: `"Bearer " + "x"`, `'a' . 'b'`. */
const CONCATENATED = /["'`][ \t]{0,4}(?:\+|\.{1,2}|&|~|\|\|)\s{0,16}[A-Za-z]{0,2}(["'`])/y;
const MOST_PARTS = 16;
const LONGEST_PART = 1024;

/** The end of the last one of the strings that are put together, of which the first one closes at `at`. */
export function concatenatedEnd(text: string, at: number): number {
  let end = at;
  for (let part = 0; part < MOST_PARTS; part += 1) {
    CONCATENATED.lastIndex = end;
    const quote = CONCATENATED.exec(text)?.[1];
    if (quote === undefined) return end;
    const start = CONCATENATED.lastIndex;
    const length = text
      .slice(start, start + LONGEST_PART)
      .search(quote === '"' ? /["\n]/ : quote === "'" ? /['\n]/ : /[`\n]/);
    if (length < 0 || text[start + length] === '\n') return end;
    end = start + length;
  }
  return end;
}

/** The length of what stands for a quote of the value, at the quote at `at`: `''`, `'\''`, `\""`; 0 when that closes it. */
export function doubledLength(text: string, at: number): number {
  const quote = text[at] ?? '';
  if (quote === "'" && text.startsWith("'\\''", at)) return 4;
  let run = at;
  while (text[run] === quote && run < at + 16) run += 1;
  return (run - at) % 2 === 0 && /\w/.test(text[run] ?? ' ') ? run - at : 0;
}

const TYPOGRAPHIC =
  /[\u2018\u201a\u201c\u201e\u00ab\u2039][^\n\u2018-\u201f\u00ab\u00bb\u2039\u203a]{1,256}(?=[\u2018\u2019\u201c\u201d\u00bb\u203a])/y;

/** The end of what stands in quotes of print at `at`; `at` when nothing does. */
export function typographicEnd(text: string, at: number): number {
  if (!(text.charCodeAt(at) >= 0xab)) return at;
  TYPOGRAPHIC.lastIndex = at;
  return TYPOGRAPHIC.test(text) ? TYPOGRAPHIC.lastIndex : at;
}

/** `<Buffer 68 75 … 20 more bytes>` and `Uint8Array(2) [ 104, 117 ]` of Node. */
const BYTES =
  /<(?:Slow)?Buffer [\da-f][\da-f ]{0,256}(?:\.{3} \d{1,9} more bytes?)?>|[A-Z][A-Za-z\d]{2,24}\(\d{1,9}\) (?:\[Uint8Array\] )?\[\s{1,64}\d[\d,\s]{0,4096}(?:\.{3} \d{1,9} more items?\s{1,64})?(?:\]|\.{0,3}$)/y;

/** The bytes that Node prints at `at`, of a buffer those alone; undefined when there are none. */
export function bytesAt(text: string, at: number): Stretch | undefined {
  const code = text.charCodeAt(at);
  if (code !== 0x3c && !(code >= 0x41 && code <= 0x5a)) return undefined;
  BYTES.lastIndex = at;
  const bytes = BYTES.exec(text)?.[0];
  if (bytes === undefined) return undefined;
  const end = at + bytes.length;
  return code === 0x3c ? { start: at + bytes.indexOf(' ') + 1, end: end - 1 } : { start: at, end };
}

/** A container in which a text begins, or a member with a value. */
const CONTAINER =
  /[{[]\s{0,64}(?:['"`]\S|(?:Bearer|Basic) \S|["']?[\w$-]{1,64}["']?\s{0,4}[:=]\s{0,4}[['"`{]{0,4}\s{0,64}[^\s'"`[{])/y;
const MOST_CUT = 2048;

/** The end of a text that was cut off inside of the container at `at`; `at` when it goes on with something else. */
export function cutContainerEnd(text: string, at: number): number {
  CONTAINER.lastIndex = at;
  if (text.length - at > MOST_CUT || !CONTAINER.test(text)) return at;
  return /\n\s*(?:at |\n|\^)|<\//.test(text.slice(at)) ? at : text.length;
}
