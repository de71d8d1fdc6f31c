import type { ContentRules } from '../content-rules.js';
import type { Stretch } from '../stretch.js';
import { hidesNothing } from './masked-value.js';
import { TextRewrite } from './text-rewrite.js';

/**
 * A name and a value that stand beside each other in YAML, as containers get their environment: on two lines, or in braces.
 * Group 1: the name; the value begins where the match ends. `{ key: a, value: b }` is an entry of any map.
 */
const PAIR =
  /(?<![\w.-])(?:name|key(?=[^\n,]{1,200}\n)|parameterkey):[ \t]{1,16}["']?([A-Za-z_][\w./-]{0,127})["']?(?:[ \t]{0,16}\r?\n[ \t]{0,64}|,[ \t]{1,16})(?:value|parametervalue):[ \t]{1,16}(?=\S)/gi;
/** The same with other members between, on lines of their own. Groups 1 and 2 are the indent, group 3: the name. */
const PAIR_APART =
  /^([ \t]{0,32})(?:-( ))?(?:name|key|parameterkey):[ \t]{1,16}["']?([A-Za-z_][\w./-]{0,127})["']?[ \t]{0,16}\r?\n(?:\1\2\2(?!(?:name|key|value|parameterkey|parametervalue):|- )[^\n]{0,256}\n){1,16}\1\2\2(?:value|parametervalue):[ \t]{1,16}(?=\S)/gim;
/** The same of entries of a map in the text form of protocol buffers: `key: "API_TOKEN" value { string_value: "x" }`. */
const ENTRY =
  /(?<![\w.-])(?:key|name):\s{1,8}"([A-Za-z_][\w.-]{0,127})"\s{1,64}value:?\s{1,8}[{<]\s{0,64}\w{1,24}_value:\s{1,8}(?=")/g;
/** The same of languages that print maps with quotes: `"name"=>"password", "value"=>"x"`, `name: 'password',⏎  value: 'x'`. */
const QUOTED_PAIR =
  /(?<![\w.-])(["']?):?(?:name|key|label|variable|varname|field|parameterkey|optionname|outputkey)\1(?:: ?| ?=> ?|=)(["'])([A-Za-z_][\w./-]{0,127})\2,\s{1,64}(["']?):?(?:value|answer|varvalue|parametervalue|outputvalue)\4(?:: ?| ?=> ?|=)(?=["'])/gi;
/** The same of forms: `fields[0][name]=password&fields[0][value]=x`. Group 1: what both are of, group 3: the name. */
const FORM_PAIR =
  /(?<![\w.%[\]-])((?:[\w.-]|%5B|%5D|\[|\]){1,128}?)(\[|%5B|\.)(?:name|key|label|field)(?:\]|%5D)?=([A-Za-z_][\w.-]{0,63})&(?:\1\2\w{1,24}(?:\]|%5D)?=[^&\s]{0,128}&){0,3}\1\2(?:value|answer)(?:\]|%5D)?=(?=[^\s&])/gi;
/** The same of maps as Java and Go print them: `{name=password, value=x}`, `map[name:password value:x]`. */
const PRINTED_PAIR =
  /(?<=[{[, ])(?:name|key|label)[=:]([A-Za-z_][\w.-]{0,127})(?:, | )value[=:](?=[^\s,}\]"'])/gi;
/** The same of one word, as clients of AWS take it: `ParameterKey=DBPassword,ParameterValue=x`. */
const SHORTHAND_PAIR =
  /(?<![\w.-])(?:name|key|parameterkey|optionname)=([A-Za-z_][\w./-]{0,127}),(?:namespace=[\w:.-]{0,128},|optionname=[\w:.-]{0,128},)?(?:value|parametervalue)=(?=[^\s,])/gi;
const NAMES_VALUE = /(?:value|answer)["']?(?::| ?=)/i;
const NAMES_FORM_VALUE = /(?:value|answer)(?:\]|%5D)?=/i;
const FORM_VALUE = /[^\s&"'<>]{1,4096}/y;
const SHORTHAND_VALUE = /\\?"[^"\\\n]{1,4096}|'[^'\n]{1,4096}|[^\s"',\\]{1,4096}/y;
const PRINTED_VALUE = /[^\n]{1,256}?(?=, [\w.-]{1,64}=| [\w.-]{1,64}:|[}\]](?:[\s,}\]).]|$)|\n|$)/y;
const VALUE =
  /"(?:[^"\\\n]|\\.){1,4096}(?:"|$)|'(?:[^'\\\n]|\\.|''){1,4096}(?:'|$)|\$\{[^{}\n]{1,128}\}|[^\s"',}#|>&*!{[][^\n,}]{0,4096}/y;
const BLOCK = /[|>][+-]?\d?[ \t]{0,16}\r?\n([ \t]{1,64})[^\n]{0,4096}(?:\n\1[^\n]{0,4096}){0,256}/y;

/**
 * Masks values whose name is the value of a member beside them: `- name: DB_PASSWORD` and `  value: x`.
 *
 * @param text attacker-controlled.
 */
export function maskNamedYaml(text: string, rules: ContentRules): string {
  if (!NAMES_VALUE.test(text)) return text;
  const yaml = maskPairs(text, { pattern: PAIR, group: 1, read: valueAt }, rules);
  const apart = maskPairs(yaml, { pattern: PAIR_APART, group: 3, read: valueAt }, rules);
  const entries = maskPairs(apart, { pattern: ENTRY, group: 1, read: valueAt }, rules);
  const quoted = maskPairs(entries, { pattern: QUOTED_PAIR, group: 3, read: valueAt }, rules);
  return maskPairs(quoted, { pattern: PRINTED_PAIR, group: 1, read: printedAt }, rules);
}

/**
 * The same in the pairs of a form, and of a shorthand.
 *
 * @param text attacker-controlled.
 */
export function maskNamedForm(text: string, rules: ContentRules): string {
  if (!NAMES_FORM_VALUE.test(text)) return text;
  const form = maskPairs(text, { pattern: FORM_PAIR, group: 3, read: formValueAt }, rules);
  return maskPairs(form, { pattern: SHORTHAND_PAIR, group: 1, read: shorthandAt }, rules);
}

interface Pairs {
  readonly pattern: RegExp;
  /** Of the pattern: the name. */
  readonly group: number;
  /** The value that begins at an offset. */
  readonly read: (text: string, start: number) => Stretch;
}

function maskPairs(text: string, { pattern, group, read }: Pairs, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const pairs = new RegExp(pattern);
  for (let pair = pairs.exec(text); pair !== null; pair = pairs.exec(text)) {
    const name = (pair[group] ?? '').replace(/^.*\//, '');
    if (rules.maskForName(name, 'member', rules.mask) === undefined) continue;
    const { start, end } = read(text, pair.index + pair[0].length);
    const value = text.slice(start, end).trimEnd();
    if (value === '' || hidesNothing(value, rules)) continue;
    rewrite.replace(start, start + value.length, rules.maskForName(name, 'member', value) ?? value);
    pairs.lastIndex = end;
  }
  return rewrite.toString();
}

function printedAt(text: string, start: number): Stretch {
  PRINTED_VALUE.lastIndex = start;
  return { start, end: start + (PRINTED_VALUE.exec(text)?.[0].length ?? 0) };
}

function shorthandAt(text: string, start: number): Stretch {
  SHORTHAND_VALUE.lastIndex = start;
  const found = SHORTHAND_VALUE.exec(text)?.[0] ?? '';
  return { start: start + (/^\\?["']/.exec(found)?.[0].length ?? 0), end: start + found.length };
}

function formValueAt(text: string, start: number): Stretch {
  FORM_VALUE.lastIndex = start;
  return { start, end: start + (FORM_VALUE.exec(text)?.[0].length ?? 0) };
}

function valueAt(text: string, start: number): Stretch {
  BLOCK.lastIndex = start;
  const block = BLOCK.exec(text);
  if (block !== null)
    return { start: start + block[0].indexOf('\n') + 1 + (block[1] ?? '').length, end: BLOCK.lastIndex };
  VALUE.lastIndex = start;
  const found = VALUE.exec(text)?.[0] ?? '';
  const quoted = /^["']/.test(found) ? 1 : 0;
  // Of a text that was cut off, it does not close.
  return { start: start + quoted, end: start + found.length - (/["']$/.test(found) ? quoted : 0) };
}
