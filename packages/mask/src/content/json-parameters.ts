import type { ContentRules } from '../content-rules.js';
import { type BoundedRun, characterSet, runAfter } from '../detectors/character-set.js';
import type { TextScan } from '../scan/text-scan.js';
import { closingQuote } from './json-characters.js';
import { hidesNothing } from './masked-value.js';
import { TextRewrite } from './text-rewrite.js';

/** Members that hold what is put in for the placeholders of a statement, as a list or as a text that is one. */
const LIST =
  /"(?:params|parameters|bindings|binds|bind|values|args|arguments)"\s{0,8}:\s{0,8}(?:\[|"(?=\s{0,8}\[))/gi;
const MOST_LISTS = 64;
/** A member that is a statement of SQL or of the like, as far as its verb. */
const STATEMENT =
  /:\s{0,8}"\s{0,8}(?:insert|update|select|merge|replace|delete|with|alter|create|call|exec|upsert)\s/gi;
const MOST_STATEMENTS = 64;
const LONGEST_STATEMENT = 4096;
/** What values are put in for by their places: `$1`, `?`. */
const PLACEHOLDER = /\$\d|[=(, ]\?/;
const NAMES = /[A-Za-z_]\w{2,63}/g;
const MOST_NAMES = 128;
const MOST_TEXTS = 64;
/** Up to the next text of a list: numbers and the like may stand before it. */
const BEFORE_TEXT = /\s{0,64},?(?:\s{0,64}[\w.+-]{1,64}\s{0,64},){0,64}\s{0,64}"/y;

/**
 * Masks the texts of a list that are put in for the placeholders of a statement beside it, in which the name of a secret stands:
 * `{"sql":"UPDATE users SET password = $1","params":["x"]}`. Which text belongs to which name only a database knows.
 *
 * @param text attacker-controlled, cut off anywhere.
 */
export function maskParameters(text: string, rules: ContentRules, { ends }: TextScan): string {
  if (!holdsColumn(text, ends) || !(text.includes('?') || text.includes('$'))) return text;
  const rewrite = new TextRewrite(text);
  const lists = new RegExp(LIST);
  let isBound: boolean | undefined;
  for (let count = 0; count < MOST_LISTS && lists.test(text); count += 1) {
    isBound ??= bindsSecret(text, rules);
    if (!isBound) return text;
    lists.lastIndex = maskList(text, lists.lastIndex, { rewrite, rules });
  }
  return rewrite.toString();
}

function holdsColumn(text: string, ends: TextScan['ends']): boolean {
  if (ends === undefined) return true;
  for (let index = 0; index < ends.length; index += 1) if (endsColumn(text, ends[index] ?? 0)) return true;
  return false;
}

const LONGEST_NAME = 24;
const REST_OF_NAME: BoundedRun = { set: characterSet('A-Za-z0-9_'), limit: LONGEST_NAME };
const SPACE = 0x20;
const CLOSE = 0x29;
const COMMA = 0x2c;
/** From '<' over '=' to '>'. */
const LESS = 0x3c;
const MORE = 0x3e;
const BRACKET = 0x5d;
const GRAVE = 0x60;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Whether the word that a mark lies in can be a column of a statement, which is compared, set, or one of a list. In codes: every mark of
 * every body is asked. The name of a member ends at a quote.
 */
function endsColumn(text: string, mark: number): boolean {
  let at = mark + runAfter(text, mark, REST_OF_NAME);
  let code = text.charCodeAt(at);
  if (code === QUOTE) return false;
  for (; isBetween(code) && at < mark + LONGEST_NAME; code = text.charCodeAt(at)) at += 1;
  return code === COMMA || code === CLOSE || (code >= LESS && code <= MORE);
}

/** What closes a name in quotes of any kind, and white space. */
function isBetween(code: number): boolean {
  return code === SPACE || code === BACKSLASH || code === QUOTE || code === GRAVE || code === BRACKET;
}

/** Whether a statement with placeholders names a secret. */
function bindsSecret(text: string, rules: ContentRules): boolean {
  const statements = new RegExp(STATEMENT);
  for (let count = 0; count < MOST_STATEMENTS && statements.test(text); count += 1) {
    const from = statements.lastIndex;
    const statement = text.slice(from, closingQuote(text, from, from + LONGEST_STATEMENT));
    if (bindsSecretIn(statement, rules)) return true;
  }
  return false;
}

/** Whether a statement has placeholders and names a secret. */
export function bindsSecretIn(statement: string, rules: ContentRules): boolean {
  if (!PLACEHOLDER.test(statement)) return false;
  const names = statement.match(NAMES)?.slice(0, MOST_NAMES) ?? [];
  return names.some((name) => rules.maskForName(name, 'assignment', rules.mask) !== undefined);
}

/** Masks the texts of a list, up to its end or an object in it; gives where that is. */
function maskList(
  text: string,
  start: number,
  { rewrite, rules }: { readonly rewrite: TextRewrite; readonly rules: ContentRules },
): number {
  if (text.charCodeAt(start - 1) === QUOTE) {
    const end = closingQuote(text, start);
    rewrite.replace(start, end, rules.mask);
    return end;
  }
  let at = start;
  let first = -1;
  let count = 0;
  for (BEFORE_TEXT.lastIndex = at; BEFORE_TEXT.test(text); BEFORE_TEXT.lastIndex = at) {
    const open = BEFORE_TEXT.lastIndex;
    at = closingQuote(text, open) + 1;
    count += 1;
    if (count === MOST_TEXTS) first = open;
    if (count < MOST_TEXTS && !hidesNothing(text.slice(open, at - 1), rules))
      rewrite.replace(open, at - 1, rules.mask);
  }
  // Of a long list the rest becomes one.
  if (first >= 0) rewrite.replace(first, Math.min(at - 1, text.length), rules.mask);
  return Math.min(at, text.length);
}
