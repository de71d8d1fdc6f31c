import {
  type CharacterSet,
  characterSet,
  DIGITS,
  endOfRun,
  HEX_DIGITS,
  isMemberAt,
} from '../detectors/character-set.js';
import type { SqlDialect } from './sql-dialect.js';

const NUMBER = characterSet('0-9A-Za-z_.');
const UUID = /\{?[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}\}?/y;
const BRACED_UUID = /\{[0-9A-Fa-f-]{32,48}\}/y;
/** Of words that are no names in quotes. */
export const SQL_WORD: CharacterSet = characterSet('0-9A-Za-z_$#');
const ORACLE_CLOSERS: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
  ['(', ')'],
]);

/**
 * The end of the string that the quote at `at` opens. A doubled quote stands for itself. Where it is unclear which
 * quote ends the string, all of the rest counts as literal: a backslash before the closing quote of a dialect without
 * escapes, or a word glued to it.
 */
export function stringEnd(text: string, at: number, escapes: boolean): number {
  const quote = text.charCodeAt(at);
  let index = at + 1;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === 0x5c && escapes) {
      index += 2;
    } else if (code !== quote) {
      index += 1;
    } else if (text.charCodeAt(index + 1) === quote) {
      if (!escapes && oddBackslashes(text, index)) return text.length;
      index += 2;
    } else {
      const unclear = (!escapes && oddBackslashes(text, index)) || isMemberAt(text, index + 1, SQL_WORD);
      return unclear ? text.length : index + 1;
    }
  }
  return text.length;
}

function oddBackslashes(text: string, before: number): boolean {
  let count = 0;
  while (text[before - count - 1] === '\\') count += 1;
  return count % 2 === 1;
}

/** The end of an identifier in quotes or brackets. */
export function quotedNameEnd(text: string, at: number, closer: string): number {
  let index = text.indexOf(closer, at + 1);
  while (index >= 0 && text[index + 1] === closer) index = text.indexOf(closer, index + 2);
  return index < 0 ? text.length : index + 1;
}

/** The end of `$tag$ … $tag$` (PostgreSQL); `at` when no such literal opens there. `$1` does not. */
export function dollarQuoteEnd(text: string, at: number): number {
  const tag = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]{0,62})?\$/.exec(text.slice(at, at + 66))?.[0];
  if (tag === undefined) return at;
  const end = text.indexOf(tag, at + tag.length);
  return end < 0 ? text.length : end + tag.length;
}

/** The end of a number, also hexadecimal and with an exponent, or of a UUID without quotes. */
export function numberEnd(text: string, at: number): number {
  const uuid = uuidEnd(text, at);
  if (uuid > at) return uuid;
  let end = endOfRun(text, at, NUMBER);
  const exponent = (text.charCodeAt(end - 1) | 0x20) === 0x65 && '+-'.includes(text[end] ?? ' ');
  if (exponent && isMemberAt(text, end + 1, DIGITS)) end = endOfRun(text, end + 1, DIGITS);
  return end;
}

/** The end of a UUID without quotes, perhaps in braces; `at` when there is none. */
export function uuidEnd(text: string, at: number): number {
  if (at + 8 >= text.length || !mayBeUuid(text, at)) return at;
  const end = matchEnd(UUID, text, at);
  return end > at || text[at] !== '{' ? end : matchEnd(BRACED_UUID, text, at);
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) && !isMemberAt(text, pattern.lastIndex, SQL_WORD) ? pattern.lastIndex : at;
}

/** Of most words the ninth character already says that there is none, of a brace the next one. */
function mayBeUuid(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  if (first === 0x7b) return text[at + 1] === '-' || isMemberAt(text, at + 1, HEX_DIGITS);
  const ninth = text.charCodeAt(at + 8);
  return ninth === 0x2d || (HEX_DIGITS[ninth] === 1 && HEX_DIGITS[first] === 1);
}

/**
 * The end of a literal that a word introduces: `E'…'`, `N'…'`, `X'…'`, `B'…'`, `U&'…'`, `_utf8'…'`, `q'[…]'`; `at` when the
 * word that ends at `wordEnd` introduces none.
 */
export function prefixedStringEnd(
  text: string,
  word: { readonly at: number; readonly end: number },
  dialect: SqlDialect,
): number {
  const { at, end } = word;
  const prefix = text.slice(at, Math.min(end, at + 24)).toLowerCase();
  const quote = text[end] === '&' && prefix === 'u' ? end + 1 : end;
  if (text[quote] !== "'") return at;
  if (prefix === 'q' || prefix === 'nq') return oracleStringEnd(text, quote);
  if (prefix === 'e') return stringEnd(text, quote, true);
  const known =
    prefix === 'n' || prefix === 'x' || prefix === 'b' || prefix === 'u' || prefix.startsWith('_');
  return known ? stringEnd(text, quote, dialect.backslashEscapes) : at;
}

function oracleStringEnd(text: string, quote: number): number {
  const opener = text[quote + 1] ?? '';
  const closer = `${ORACLE_CLOSERS.get(opener) ?? opener}'`;
  const end = text.indexOf(closer, quote + 2);
  return end < 0 ? text.length : end + 2;
}
