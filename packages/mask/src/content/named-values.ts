import type { ContentRules } from '../content-rules.js';
import { isMaskedValue } from './masked-value.js';
import { isPlaceholder } from './placeholder.js';
import { saysNothing } from './prose.js';
import { TextRewrite } from './text-rewrite.js';

/**
 * A name and a value that stand beside each other in YAML, as containers get their environment: on two lines, or in braces.
 * Group 1: the name; the value begins where the match ends. `{ key: a, value: b }` is an entry of any map.
 */
const PAIR =
  /(?<![\w.-])(?:name|key(?=[^\n,]{1,200}\n)|parameterkey):[ \t]{1,16}["']?([A-Za-z_][\w./-]{0,127})["']?(?:[ \t]{0,16}\r?\n[ \t]{1,64}|,[ \t]{1,16})(?:value|parametervalue):[ \t]{1,16}(?=\S)/gi;
const VALUE = /"(?:[^"\\\n]|\\.){1,4096}"|'(?:[^'\n]|''){1,4096}'|[^\s"',}#|>&*!{[][^\n,}]{0,4096}/y;
const BLOCK = /[|>][+-]?\d?[ \t]{0,16}\r?\n([ \t]{1,64})[^\n]{0,4096}(?:\n\1[^\n]{0,4096}){0,256}/y;

/**
 * Masks values whose name is the value of a member beside them: `- name: DB_PASSWORD` and `  value: x`.
 *
 * @param text attacker-controlled.
 */
export function maskNamedYaml(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const pairs = new RegExp(PAIR);
  for (let pair = pairs.exec(text); pair !== null; pair = pairs.exec(text)) {
    const name = (pair[1] ?? '').replace(/^.*\//, '');
    if (rules.maskForName(name, 'member', rules.mask) === undefined) continue;
    const start = pair.index + pair[0].length;
    const { from, to } = valueAt(text, start);
    const value = text.slice(from, to).trimEnd();
    if (value === '' || isMaskedValue(value, rules) || isPlaceholder(value) || saysNothing(value)) continue;
    rewrite.replace(from, from + value.length, rules.maskForName(name, 'member', value) ?? value);
    pairs.lastIndex = to;
  }
  return rewrite.toString();
}

function valueAt(text: string, start: number): { readonly from: number; readonly to: number } {
  BLOCK.lastIndex = start;
  const block = BLOCK.exec(text);
  if (block !== null)
    return { from: start + block[0].indexOf('\n') + 1 + (block[1] ?? '').length, to: BLOCK.lastIndex };
  VALUE.lastIndex = start;
  const found = VALUE.exec(text)?.[0] ?? '';
  const quoted = /^["']/.test(found) ? 1 : 0;
  return { from: start + quoted, to: start + found.length - quoted };
}
