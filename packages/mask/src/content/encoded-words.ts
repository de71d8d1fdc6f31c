import type { ContentRules } from '../content-rules.js';
import { opensJson } from './json-opening.js';
import { maskNestedText } from './nested-text.js';
import { decodeForm, decodePercent, encodeAround, encodeFormAround } from './percent-decoding.js';
import { TextRewrite } from './text-rewrite.js';

/** A percent sign that is escaped itself, the `://` of a URL that is, or what opens JSON (`{"`, `["`, `[{`). */
const TWICE = /%25[0-9A-Fa-f]{2}|%3A%2F%2F|%[57]B(?:\+|%20|%0[9AD]){0,64}%(?:22|7B)/gi;
/** What ends such a word; `encodeURIComponent` leaves quotes and parentheses as they are. */
const BREAKS = ' \t\n\r"<>`&=?#[]{}|\\';

/**
 * Masks words that are percent-encoded more than once, or hold a whole URL or JSON in escapes: each is decoded one level and
 * read as text of its own. Without a secret in it, a word stays byte for byte.
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
    rewrite.replace(start, end, maskEncodedWord(text.slice(start, end), rules));
    done = end;
    signs.lastIndex = end;
  }
  return rewrite.toString();
}

function maskEncodedWord(raw: string, rules: ContentRules): string {
  const json = maskEncodedJson(raw, rules);
  if (json !== undefined) return json;
  const decoded = decodePercent(raw);
  const masked = maskNestedText(decoded, rules);
  return masked === decoded ? raw : encodeAround(masked, rules.mask);
}

/**
 * Masks JSON that is the value of a form or a query; undefined when it is none. Its blanks are '+' there: read as a plus, one
 * would stand for the value.
 */
export function maskEncodedJson(raw: string, rules: ContentRules): string | undefined {
  const decoded = raw.includes('%') ? decodeForm(raw) : raw;
  if (decoded === raw || !opensJson(decoded)) return undefined;
  const masked = maskNestedText(decoded, rules);
  return masked === decoded ? raw : encodeFormAround(masked, rules.mask, raw);
}
