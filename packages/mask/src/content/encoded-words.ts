import type { ContentRules } from '../content-rules.js';
import { maskNestedText } from './nested-text.js';
import { decodePercent, encodeAround } from './percent-decoding.js';
import { TextRewrite } from './text-rewrite.js';

/** A percent sign that is escaped itself, or the `://` of a URL that is. */
const TWICE = /%25[0-9A-Fa-f]{2}|%3A%2F%2F/gi;
/** What ends such a word; `encodeURIComponent` leaves quotes and parentheses as they are. */
const BREAKS = ' \t\n\r"<>`&=?#[]{}|\\';

/**
 * Masks words that are percent-encoded more than once, or hold a whole URL in escapes: each is decoded one level and read as
 * text of its own. Without a secret in it, a word stays byte for byte.
 *
 * @param text attacker-controlled.
 */
export function maskEncodedWords(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const signs = new RegExp(TWICE);
  let done = 0;
  for (let found = signs.exec(text); found !== null; found = signs.exec(text)) {
    let start = found.index;
    while (start > done && !BREAKS.includes(text[start - 1] ?? ' ')) start -= 1;
    let end = signs.lastIndex;
    while (end < text.length && !BREAKS.includes(text[end] ?? ' ')) end += 1;
    const decoded = decodePercent(text.slice(start, end));
    const masked = maskNestedText(decoded, rules);
    if (masked !== decoded) rewrite.replace(start, end, encodeAround(masked, rules.mask));
    done = end;
    signs.lastIndex = end;
  }
  return rewrite.toString();
}
