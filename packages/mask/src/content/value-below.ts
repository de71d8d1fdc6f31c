import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import type { Stretch } from '../stretch.js';
import { isMaskedValue } from './masked-value.js';
import { isPlaceholder } from './placeholder.js';
import { isMessageWord } from './prose.js';

const BELOW = /([|>][+-]?\d?)?\r?\n([ \t]{1,64}(?=\S)|(?=- \S))/y;

const QUOTED_WORD = /^(["'])[^\s"']{3,256}\1$/;

/**
 * The value that stands indented on the line below a name and its ':': one secret-looking word, a list, or a block
 * of YAML (`password: |`) to its last line. Undefined when the rules do not hit the name, so that no block is walked twice.
 */
export function valueBelow(
  text: string,
  { name, at }: { readonly name: string; readonly at: number },
  rules: ContentRules,
): Stretch | undefined {
  const unindented = wordBelow(text, { name, at }, rules);
  if (unindented !== undefined) return unindented;
  BELOW.lastIndex = at;
  const match = BELOW.exec(text);
  if (match === null || rules.maskForName(name, 'assignment', rules.mask) === undefined) return undefined;
  const [whole, block, indent = ''] = match;
  const start = at + whole.length;
  let end = lineEnd(text, start);
  // A block is indented: what is not is a list, and an indent of nothing would be found behind the end for ever.
  const isBlock = block !== undefined && indent !== '';
  if (isBlock) while (text.startsWith(indent, end + 1)) end = lineEnd(text, end + 1);
  if (text[end - 1] === '\r') end -= 1;
  const value = text.slice(start, end);
  if (isMaskedValue(value, rules)) return undefined;
  if (!isBlock && value.startsWith('- ')) {
    const end = listEnd(text, start, indent);
    return namesSecrets(name, text.slice(start, end)) ? undefined : { start: start + 2, end };
  }
  const quoted = QUOTED_WORD.test(value) && !isMessageWord(value.slice(1, -1));
  if (!isBlock && quoted) {
    const inside = value.slice(1, -1);
    return isMaskedValue(inside, rules) ? undefined : { start: start + 1, end: start + 1 + inside.length };
  }
  const isWord = !/[\s:]$|\s/.test(value) && looksSecret(value);
  return isBlock || isWord ? { start, end } : undefined;
}

/** Of Compose: `secrets:` and the names of some. */
function namesSecrets(name: string, list: string): boolean {
  return (
    /^secrets$/i.test(name) &&
    list.length <= 1024 &&
    /^- [a-z]{2,24}(?:[-_][a-z]{2,24}){0,5}(?:\s{1,64}- [a-z]{2,24}(?:[-_][a-z]{2,24}){0,5})*$/.test(
      list.trimEnd(),
    )
  );
}

/** A line that is nothing but one word, as people paste logins: no next member, and no list. */
const WORD_BELOW = /\r?\n([^\s:=>|,;{}<]{6,128})[ \t]{0,8}(?=\r?\n|$)/y;
const LOGIN_NAME = /(?:pass(?:w(?:or)?d|phrase|code)?|pwd|token|secret|api[_ -]?key)$/i;

function wordBelow(
  text: string,
  { name, at }: { readonly name: string; readonly at: number },
  rules: ContentRules,
): Stretch | undefined {
  if (!LOGIN_NAME.test(name)) return undefined;
  WORD_BELOW.lastIndex = at;
  const word = WORD_BELOW.exec(text)?.[1];
  if (word === undefined || !looksSecret(word) || isMaskedValue(word, rules) || isPlaceholder(word))
    return undefined;
  if (rules.maskForName(name, 'assignment', rules.mask) === undefined) return undefined;
  const start = text.indexOf(word, at);
  return { start, end: start + word.length };
}

/** The end of a list of YAML: lines of the same indent that begin with a dash. */
function listEnd(text: string, start: number, indent: string): number {
  let end = lineEnd(text, start);
  while (text.startsWith(`${indent}- `, end + 1)) end = lineEnd(text, end + 1);
  return text[end - 1] === '\r' ? end - 1 : end;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
