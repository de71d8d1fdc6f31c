import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { isMaskedValue } from './masked-value.js';
import { isPlaceholder } from './placeholder.js';
import { isCommonWord, PHRASE_NAME, saysNothing } from './prose.js';
import { TextRewrite } from './text-rewrite.js';

/** What stands before a value that a message quotes; the last sign opens it. */
const LABELS =
  'with value|for value|value(?: was| is)?:?|received(?: type \\w{1,16})?:?|got:?|want:?|expected:?|actual:?|provided:?|given:?|but was:?|vs\\.?|(?<=\\()was|(?<=> ?["\']? )argument|input:?|found:?|' +
  '(?:unexpected|invalid) argument:?|argument \\$\\d{1,3}:|base \\d{1,2}:|of type \\w{1,16}:|to (?:be|equal|match):?|mismatch:?|input_value=|(?<=, )value=';
const LABELLED_VALUE = new RegExp(
  '(?:(["\'`])(?:value|received|got|actual|provided|input)\\1\\s{0,2}:?|(?<![\\w$.-])' +
    `(?:${LABELS}))\\s{0,2}(?:[([]\\s{0,2})?[bru]?(?:["'\`]|\\\\["']){1,3}|` +
    '\\brejected value \\[|\\b(?:expected|but was): <|(?<=["\'])\\s{0,2}(?:[!=]==?|<>)\\s{0,2}["\']',
  'gi',
);
/** One of these is in every text in which something is found. */
export const VALUE_WORDS: readonly string[] = [
  'value',
  'received',
  'got',
  'want',
  'actual',
  'provided',
  'given',
  '(was',
  'but was',
  'input',
  'found',
  'argument',
  'base',
  'of type',
  'to be',
  'to equal',
  'to match',
  'mismatch',
  'from ',
  'valid ',
  'expected',
  'old=',
  'new=',
  'for ',
  's: ',
  'vs',
  '!=',
  'as the ',
  'as my ',
  'entered ',
  'supplied ',
  'submitted ',
  'typed ',
];
const VALUE_SIGNS =
  /\b(?:value|received|got|want|actual|provided|given|but was|input|input_value|found|argument|base|of type|to (?:be|equal|match)|mismatch)\b|\(was /i;
const NAME =
  /["'`]([\w.$[\]-]{1,64})["'`]|\b(?:path|field|param|parameter|argument|property|option|key|flag|propertyPath)(?:[:=] ?| )-{0,2}([\w.$-]{1,64})|\bfor (?!(?:path|field|param|parameter|argument|property|option|key|flag) )["'`]?(?:-\w, )?-{0,2}([\w.-]{1,64})|(?<![\w$.-])([\w.-]{1,64})(?=: (?:expected|must|should|invalid)\b)|\boption ["']?--([\w-]{1,64})|\/([\w.-]{1,64})(?=: \w{1,24}$)|\(([\w.-]{1,64})\)$|(?<![\w$.-])([\w.$-]{1,64}) (?:(?:String |Input |Value |Field )?(?:must|should)|is|has|cannot|does|needs|mismatch)\b|\b(?:unexpected|invalid|wrong|bad|incorrect|expected) (?!tokens?\b|keys?\b)([\w.-]{1,64})(?=:? (?:got\b|to\b|["']))/gi;
/** A word without quotes that a message shows: what it got, or what is not the other one, what it was before, who it is for, the next of a list. */
const SHOWN =
  /(?<=(?:\b(?:received|got|given|value|but was|vs\.?|expected|(?:for \w{1,16}|from) [\w.@-]{1,32}):?|!==?|\bfrom(?: \S{4,256} to)?) |\b(?:entered|provided|supplied|submitted|typed)(?: was)?:? ["'(]|\b(?:old|new)=|(?:codes|words|secrets|tokens|keys): [^\n=:"']{1,256}, )[^\s"'`,;()<>]{5,256}/gi;
const UNQUOTED =
  /(?<![^\s(:])["'`]?([^\s"'`]{6,256})["'`]? (?:is (?:not an? |an? in)valid|as (?:the|my)) ((?:api |access )?[\w-]{3,32})/gi;
/** A line that is nothing but a name: validators of Python write what is wrong with it below. */
const NAME_LINE = /^[ \t]{0,8}([A-Za-z_][\w.[\]-]{0,127})\r?$/;
/** `changed password from 'x' to 'y'`. Group 1: the name. */
const CHANGE =
  /(?<![\w$.-])([\w.$-]{1,64})["']?:? (?:was |has been |is )?(?:changed |updated )?from (["'])([^"'\n]{1,256})\2 to (["'])(?=[^"'\n]{1,256}\4)/gi;
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['<', '>'],
]);

/**
 * Masks values that messages of validators quote, on lines that name a secret or stand below one that does:
 * `"pin" must be a number, got "x"`, `on field 'password': rejected value [x]`.
 *
 * @param text attacker-controlled.
 */
export function maskNamedValues(text: string, rules: ContentRules): string {
  const isChange = text.includes(' from ');
  if (!isChange && !VALUE_SIGNS.test(text)) return text;
  const rewrite = new TextRewrite(text);
  let above = '';
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    const changed = isChange ? maskChange(line, rules) : line;
    rewrite.replace(start, end, VALUE_SIGNS.test(changed) ? maskLine(changed, above, rules) : changed);
    above = end - start <= 160 ? (NAME_LINE.exec(line)?.[1] ?? '') : '';
    start = end + 1;
  }
  return rewrite.toString();
}

function isSecretName(name: string, rules: ContentRules): boolean {
  return name !== '' && rules.maskForName(name, 'assignment', rules.mask) !== undefined;
}

function maskChange(line: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(line);
  const changes = new RegExp(CHANGE);
  for (let change = changes.exec(line); change !== null; change = changes.exec(line)) {
    const [whole, name = '', , old = '', quote = '"'] = change;
    const start = changes.lastIndex;
    const end = line.indexOf(quote, start);
    changes.lastIndex = end;
    if (!isSecretName(name, rules) || !(PHRASE_NAME.test(name) || looksSecret(old))) continue;
    const before = change.index + whole.length - ' to '.length - old.length - 2;
    mask(line, { rewrite, rules, name, start: before, end: before + old.length });
    mask(line, { rewrite, rules, name, start, end });
  }
  return rewrite.toString();
}

interface Quoted {
  readonly rewrite: TextRewrite;
  readonly rules: ContentRules;
  /** Of the secret. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function mask(line: string, { rewrite, rules, name, start, end }: Quoted): void {
  const value = line.slice(start, end);
  // Signs alone stand between two quotes.
  if (!/[\p{L}\d]/u.test(value)) return;
  if (isMaskedValue(value, rules) || value === name || isPlaceholder(value) || isHarmless(value)) return;
  rewrite.replace(start, end, rules.maskForName(name, 'assignment', value) ?? value);
}

const ABOUT = /^(?:polic|expir|type|len|rule|ids?$|name|version|ttl|bucket)/i;

/** The last name of a secret in a sentence, or on the line above that ends with its colon, of one word or two; none when the next word says that it is about the secret. */
function toldName(before: string, rules: ContentRules): string | undefined {
  const words = before.replace(/^.*[^:]\n/s, '').match(/[\w$-]{3,64}/g) ?? [];
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const word = words[at] ?? '';
    const name = /^(?:key|code)s?$/i.test(word) ? `${words[at - 1] ?? ''} ${word}` : word;
    if (isSecretName(name, rules)) return ABOUT.test(words[at + 1] ?? '') ? undefined : name;
  }
  return undefined;
}

/** `api-key-7`, `us-east-1`: a name, unless a person has typed it. */
const KEBAB = /^[a-z]+(?:-[a-z\d]+)+$/;

/**
 * Masks words without quotes that messages show of a secret whose name stands before: `bad secret (got x)`, `password changed from x to y`.
 *
 * @param text attacker-controlled.
 */
export function maskShownWords(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const put = (name: string | undefined, start: number, value: string): void => {
    if (name === undefined || !looksSecret(value) || (KEBAB.test(value) && !PHRASE_NAME.test(name))) return;
    mask(text, { rewrite, rules, name, start, end: start + value.length });
  };
  for (const { 0: word, index } of text.matchAll(SHOWN)) {
    const value = word.replace(/[.:?\]}]{1,8}$/, '');
    if (looksSecret(value)) put(toldName(text.slice(Math.max(0, index - 80), index), rules), index, value);
  }
  for (const { 0: whole, 1: value = '', 2: name = '', index } of text.matchAll(UNQUOTED))
    put(isSecretName(name, rules) ? name : undefined, index + whole.indexOf(value), value);
  return rewrite.toString();
}

/** One object ends and the next one of a list, or of the members of another, begins: what is in one names nothing in the other. */
const NEXT_OBJECT = /(?<=\}\s{0,4},\s{0,4}(?:[\w$.'"-]{1,64}: {0,4})?(?:[A-Z]\w{0,63} )?)(?=\{)/;

function maskLine(line: string, above: string, rules: ContentRules): string {
  const objects = line.includes('},') ? line.split(NEXT_OBJECT) : [line];
  if (objects.length === 1) return maskPart(line, secretIn(line, rules) ?? above, rules);
  // What stands before all of them is said of each.
  const before = secretIn(line.slice(0, line.indexOf('{')), rules) ?? above;
  return objects.map((object) => maskPart(object, secretIn(object, rules) ?? before, rules)).join('');
}

/** The first name of a secret. */
function secretIn(text: string, rules: ContentRules): string | undefined {
  return [...text.matchAll(NAME)]
    .map((groups) => groups.slice(1).find((group) => group !== undefined) ?? '')
    .find((found) => isSecretName(found, rules));
}

function maskPart(line: string, name: string, rules: ContentRules): string {
  if (!isSecretName(name, rules)) return line;
  const rewrite = new TextRewrite(line);
  const labels = new RegExp(LABELLED_VALUE);
  for (let label = labels.exec(line); label !== null; label = labels.exec(line)) {
    const start = labels.lastIndex;
    if (label[1] === undefined && closesLiteral(label[0], line[start] ?? '')) continue;
    const opener = line[start - 1] ?? '"';
    const close = line.indexOf(CLOSERS.get(opener) ?? opener, start);
    const end = close < 0 ? line.length : close - (line[close - 1] === '\\' ? 1 : 0);
    mask(line, { rewrite, rules, name, start, end });
    labels.lastIndex = Math.max(end, start);
  }
  return rewrite.toString();
}

/**
 * Whether the quote behind a label closes the literal in which the label stands (`"received"`, `'csrf token mismatch', code: …`), or
 * one that opened right before it, and what follows is no value.
 */
function closesLiteral(label: string, next: string): boolean {
  if (/[:=\s]["'`]{2}$/.test(label)) return '\n\r ,;)}]'.includes(next);
  return /[\w>]\\?["'`]$/.test(label) && '\n\r\t ,;:.)}]\\'.includes(next);
}

function isHarmless(value: string): boolean {
  return saysNothing(value) || (isCommonWord(value) && !looksSecret(value));
}
