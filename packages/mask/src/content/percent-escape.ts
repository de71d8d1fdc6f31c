import { escapedCode } from '../detectors/character-set.js';

const ESCAPED_HEX = /^[0-9A-Fa-f]{2}$/;

/** The character that the percent-escape at `at` stands for (-1: none), escaped once or twice (`%3D`, `%253D`), and its end. */
export function escapeAt(text: string, at: number): { readonly code: number; readonly end: number } {
  const code = escapedCode(text, at);
  if (code !== 0x25) return { code, end: code < 0 ? at : at + 3 };
  const high = ESCAPED_HEX.exec(text.slice(at + 3, at + 5));
  return high === null ? { code, end: at + 3 } : { code: Number.parseInt(high[0], 16), end: at + 5 };
}

const ESCAPED_BACKSLASHES = /((?:%(?:25)?5C){1,8})$/i;

/** Where the escaped quote stands that closes a value, behind no escaped backslash; -1 when there is none. */
export function closingEscape(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + quote.length)) {
    const run = ESCAPED_BACKSLASHES.exec(text.slice(Math.max(from, at - 40), at))?.[0].length ?? 0;
    if ((run / quote.length) % 2 === 0) return at;
  }
  return -1;
}
