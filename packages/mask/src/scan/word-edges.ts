import { startsWord } from '../detectors/character-set.js';

/**
 * Whether [start, end) can be a word of a name, as `nameWords` splits names: between characters that are no letters, or where
 * the case changes. May say yes too often, never no for a word.
 */
export function isNameWord(text: string, start: number, end: number): boolean {
  return opensWord(text, start) && closesWord(text, end);
}

/** As `isNameWord`, for a word that opens a longer one (`cardnumber`). */
export function opensWord(text: string, start: number): boolean {
  if (!isLetter(text.charCodeAt(start - 1)) || startsWord(text, start)) return true;
  const first = text.charCodeAt(start);
  if (!isUpper(first)) return false;
  return !(isUpper(text.charCodeAt(start - 1)) && isUpper(text.charCodeAt(start + 1)));
}

function closesWord(text: string, end: number): boolean {
  const next = text.charCodeAt(end);
  if (!isLetter(next)) return true;
  if (!isUpper(next)) return false;
  return !isUpper(text.charCodeAt(end - 1)) || !isUpper(text.charCodeAt(end + 1));
}

export function isUpper(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

export function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}
