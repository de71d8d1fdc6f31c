import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { hidesNothing } from './masked-value.js';
import { ABOUT_SECRET } from './objects-of-secrets.js';
import { TextRewrite } from './text-rewrite.js';

/** A name that is all of its line, and members below it, further in. Groups 1 and 2: the indent and the name. */
const MAP =
  /^([ \t]{0,32})(?:- )?["']?([A-Za-z_][\w.-]{0,127})["']?:[ \t]{0,8}\r?\n(?=\1[ \t]{1,16}["']?[\w.-]{1,64}["']?:[ \t])/gm;
/** A member on a line of its own. Groups: the indent, the name, the value. */
const MEMBER =
  /([ \t]{1,64})["']?([\w.-]{1,64})["']?:(?:[ \t]{1,8}(?:!!?[\w:]{1,24} )?(["']?)([^\n]{0,1024}?)\3)?[ \t]{0,8}(?:[ ]#[^\n]{0,256})?(?:\r?\n|$)/y;
const MOST_MEMBERS = 64;
/** Members that hold what the map is called. */
const HOLDS = /^(?:value|secure|plain(?:text)?|current|new|old|previous|raw|data)$/i;

/**
 * Masks what stands in YAML below the name of a secret as members of a map, each on a line: `password:⏎  value: x`.
 *
 * @param text attacker-controlled.
 */
export function maskBlockMaps(text: string, rules: ContentRules): string {
  if (!text.includes(':\n') && !text.includes(':\r')) return text;
  const rewrite = new TextRewrite(text);
  const maps = new RegExp(MAP);
  for (let map = maps.exec(text); map !== null; map = maps.exec(text)) {
    const [, indent = '', name = ''] = map;
    if (rules.maskForName(name, 'assignment', rules.mask) === undefined) continue;
    maskMembers(text, { at: maps.lastIndex, indent, name }, { rewrite, rules });
  }
  return rewrite.toString();
}

interface BlockMap {
  readonly at: number;
  readonly indent: string;
  readonly name: string;
}

function maskMembers(
  text: string,
  { at, indent, name }: BlockMap,
  { rewrite, rules }: { readonly rewrite: TextRewrite; readonly rules: ContentRules },
): void {
  MEMBER.lastIndex = at;
  for (let count = 0; count < MOST_MEMBERS; count += 1) {
    const member = MEMBER.exec(text);
    const [, inner = '', called = '', quote = '', value = ''] = member ?? [];
    if (member === null || inner.length <= indent.length) return;
    if (!isSecretMember(called, value, quote !== '') || hidesNothing(value, rules)) continue;
    const start = text.indexOf(value, member.index + inner.length + called.length);
    rewrite.replace(start, start + value.length, rules.maskForName(name, 'assignment', value) ?? value);
  }
}

function isSecretMember(name: string, value: string, isQuoted: boolean): boolean {
  if (ABOUT_SECRET.test(name) || /^[\d.]{0,5}$|:\/\/|^[&*|>[{]/.test(value)) return false;
  if (HOLDS.test(name)) return isQuoted || !/\s/.test(value);
  return !/\s/.test(value) && looksSecret(value);
}
