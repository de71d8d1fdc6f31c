import type { ContentRules } from '../content-rules.js';
import { isMaskedValue } from './masked-value.js';
import { TextRewrite } from './text-rewrite.js';

/** RFC 7578; line ends can be written out, as loggers do. */
const PART =
  /content-disposition:[ \t]{0,8}form-data;[^\r\n\\]{0,256}?\bname="?([^";\r\n\\]{1,256})(?:"[^\r\n\\]{0,512})?/gi;
/** The head alone, as an item of a list: `_streams` of `form-data`. */
const HEAD_ITEM = new RegExp(
  `^${PART.source}(?:(?:\\r\\n|\\\\r\\\\n)[^\\r\\n\\\\]{0,1024}){0,8}?(?:\\r\\n|\\\\r\\\\n){2}$`,
  'i',
);
const LONGEST_HEAD = 2048;
/** The item ends where its head does, and the next one holds the value. */
const ITEM_END = /\\{0,7}["'`]\s{0,64}(?:,\s{0,64}[[\\"'`<\w]|\])/y;
const HEAD_END = /(?:(?:\r?\n|\\r\\n|\\n)[^\r\n\\]{1,1024}){0,8}?(?:\r?\n|\\r\\n|\\n){2}/y;
const BOUNDARY = /--[^\r\n\\]{1,74}(?:\r?\n|\\r\\n|\\n)$/;
const LONGEST_BOUNDARY = 80;
const LINE_END = /(?:\r?\n|\\r\\n|\\n)$/;

/**
 * Masks the parts of a form (multipart/form-data) whose names the rules hit, also when the form was cut off inside of one.
 *
 * @param text attacker-controlled.
 */
export function maskMultipartText(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const parts = new RegExp(PART);
  for (let part = parts.exec(text); part !== null; part = parts.exec(text)) {
    const name = part[1] ?? '';
    HEAD_END.lastIndex = parts.lastIndex;
    if (!HEAD_END.test(text) || rules.maskForName(name, 'query', rules.mask) === undefined) continue;
    const start = HEAD_END.lastIndex;
    const isWritten = text[start - 1] === 'n' && text[start - 2] === '\\';
    ITEM_END.lastIndex = start;
    if (isWritten && ITEM_END.test(text)) continue;
    const end = partEnd(text, start, `${isWritten ? '\\n' : '\n'}${boundaryBefore(text, part.index)}`);
    const value = text.slice(start, end);
    if (!isMaskedValue(value, rules)) {
      rewrite.replace(start, end, rules.maskForName(name, 'query', value) ?? value);
    }
    parts.lastIndex = Math.max(end, parts.lastIndex);
  }
  return rewrite.toString();
}

/** The name in the head of a part that is the item of a list of its own, before the one that holds the value; or ''. */
export function partBefore(item: string): string {
  if (!/[n\n]/.test(item.slice(-1))) return '';
  const head = item.slice(-LONGEST_HEAD);
  const part = Math.max(0, head.toLowerCase().lastIndexOf('content-disposition'));
  return HEAD_ITEM.exec(head.slice(part))?.[1] ?? '';
}

/** The line of dashes above a part, or the dashes that every one begins with. */
function boundaryBefore(text: string, at: number): string {
  const line = BOUNDARY.exec(text.slice(Math.max(0, at - LONGEST_BOUNDARY), at))?.[0];
  return line === undefined ? '--' : line.replace(LINE_END, '');
}

/** @param boundary with the line feed before it, as the text writes one. */
function partEnd(text: string, start: number, boundary: string): number {
  const at = text.indexOf(boundary, start);
  if (at < 0) return text.startsWith(boundary.slice(boundary.indexOf('-')), start) ? start : text.length;
  if (text[at - 1] === '\r') return Math.max(start, at - 1);
  return Math.max(start, text.startsWith('\\r', at - 2) ? at - 2 : at);
}
