import { firstSolid } from './json-characters.js';

const QUOTE = 34;

/** Whether the text begins as an object or an array does. */
export function opensJson(text: string): boolean {
  const start = firstSolid(text);
  return start === 123 || start === 91;
}

/** True when the text may hold JSON, or a piece of it in other text. */
export function looksLikeJson(text: string): boolean {
  return opensJson(text) || (text.includes('"') && (firstSolid(text) === QUOTE || text.includes(':')));
}
