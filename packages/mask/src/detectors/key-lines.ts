import { characterSet, endOfRun } from './character-set.js';

const BASE64 = characterSet('A-Za-z0-9+/=');
/** Characters of a line: RFC 7468, and RFC 2045. */
const WIDTHS: ReadonlySet<number> = new Set([64, 76]);

/** Where the base64 of a key ends whose first line is [start, end): full lines go on with the next one. */
export function linesEnd(text: string, start: number, end: number): number {
  const width = end - start;
  if (!WIDTHS.has(width)) return end;
  let last = end;
  for (;;) {
    const next = nextLine(text, last);
    const lineEnd = endOfRun(text, next, BASE64);
    const length = lineEnd - next;
    if (next === last || length === 0 || length > width) return last;
    last = lineEnd;
    if (length < width) return last;
  }
}

/** Behind the line break at `at`, perhaps an escaped one; `at` when there is none. */
export function nextLine(text: string, at: number): number {
  const start = text[at] === '\r' ? at + 1 : text.startsWith('\\r', at) ? at + 2 : at;
  if (text[start] === '\n') return start + 1;
  return text.startsWith('\\n', start) ? start + 2 : at;
}
