import { escapedCode } from '../detectors/character-set.js';

const ESCAPED_HEX = /^[0-9A-Fa-f]{2}$/;

/** The character that the percent-escape at `at` stands for (-1: none), escaped once or twice (`%3D`, `%253D`), and its end. */
export function escapeAt(text: string, at: number): { readonly code: number; readonly end: number } {
  const code = escapedCode(text, at);
  if (code !== 0x25) return { code, end: code < 0 ? at : at + 3 };
  const high = ESCAPED_HEX.exec(text.slice(at + 3, at + 5));
  return high === null ? { code, end: at + 3 } : { code: Number.parseInt(high[0], 16), end: at + 5 };
}
