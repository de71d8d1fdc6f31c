import type { ContentRules } from '../content-rules.js';
import type { Stretch } from '../stretch.js';
import { maskEchoes } from './echoes.js';
import { readString } from './inspected-string.js';
import { hidesNothing } from './masked-value.js';
import { isTellingSecret } from './prose.js';
import { privateMember } from './secret-object.js';
import { calledSibling, holdsName, holdsValue, namesValue, wholeName } from './sibling-values.js';
import { TextRewrite } from './text-rewrite.js';

/** An object with members; class names can stand before it. */
const OBJECT = /\{\s{1,64}['\w$]/;
/** A brace, the name of a member before a string or a list of strings, another string. Groups 1 and 2: the name, group 3: a list. */
const TOKEN =
  /[{}]|(?<![\w$.'"-])(?:([A-Za-z_$][\w$]{0,47})|'([\w$./ -]{1,48})'):\s{1,64}(\[\s{1,64})?(?=['"`])|(?<=[\s:([{,=>])['"`]/g;
/** What Zod received instead of a text. */
const TYPE = /^(?:string|number|bigint|boolean|object|array|date|function|symbol|nan)$/;
const SEPARATOR = /\s{0,64},\s{0,64}(?=['"`])/y;
const MOST_ITEMS = 64;
const MOST_NAMES = 8;
/** Deeper objects are read as a part of the ones around them. */
const MOST_DEPTH = 64;

interface Printed extends Stretch {
  readonly text: string;
  /** Where to read on. */
  readonly next: number;
}

/** What was read of one object. */
interface Members {
  /** What its members call their siblings. */
  readonly names: string[];
  readonly values: Printed[];
  /** Of a JSON Web Key, what only a private one has. */
  readonly parts: Printed[];
  isKey: boolean;
}

/** A value with the name that a sibling has for it. */
type Hit = readonly [value: Printed, name: string];

/**
 * Masks values that members beside them name, in objects as `util.inspect` prints them, on one line or several:
 * `{ path: [ 'password' ], value: 'x' }`. What is in another object names nothing here.
 *
 * @param text attacker-controlled.
 */
export function maskInspectedObjects(text: string, rules: ContentRules): string {
  if (!OBJECT.test(text)) return text;
  const rewrite = new TextRewrite(text);
  const secrets = new Set<string>();
  for (const [{ start, end, text: value }, name] of findNamed(text, rules)) {
    rewrite.replace(start, end, rules.maskForName(name, 'member', value) ?? value);
    if (isTellingSecret(value)) secrets.add(value);
  }
  // Errors of validators hold a value again and again.
  return secrets.size === 0 ? rewrite.toString() : maskEchoes(rewrite.toString(), secrets, rules);
}

function findNamed(text: string, rules: ContentRules): readonly Hit[] {
  const open: Members[] = [];
  const hits: Hit[] = [];
  const tokens = new RegExp(TOKEN);
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    const [sign, plain, quoted, list] = token;
    const members = open[open.length - 1];
    const name = plain ?? quoted;
    if (sign === '{') {
      if (open.length < MOST_DEPTH) open.push({ names: [], values: [], parts: [], isKey: false });
    } else if (sign === '}') for (const hit of namedOf(open.pop(), rules)) hits.push(hit);
    else {
      const from = name === undefined ? token.index : tokens.lastIndex;
      const items = itemsAt(text, from, list !== undefined);
      tokens.lastIndex = items[items.length - 1]?.next ?? tokens.lastIndex;
      if (members !== undefined && name !== undefined)
        note(members, { name, items, isList: list !== undefined }, rules);
    }
  }
  // Of a text that was cut off.
  return [...hits, ...open.flatMap((members) => namedOf(members, rules))].sort(
    ([first], [second]) => first.start - second.start,
  );
}

/** The strings of a list, or the one that is no list. */
function itemsAt(text: string, from: number, isList: boolean): readonly Printed[] {
  const items: Printed[] = [];
  for (let at = from; items.length < MOST_ITEMS; at = SEPARATOR.lastIndex) {
    const item = stringAt(text, at);
    items.push(item);
    SEPARATOR.lastIndex = item.next;
    if (!isList || !SEPARATOR.test(text)) break;
  }
  return items;
}

/** The string that opens at a quote, without its quotes. One that does not close is an apostrophe, or was cut off. */
function stringAt(text: string, at: number): Printed {
  const { end, pieces } = readString(text, at);
  const isApostrophe = pieces.length === 1 && text[end] !== text[at];
  return {
    start: at + 1,
    end,
    text: pieces.join(''),
    next: isApostrophe ? at + 1 : Math.min(end + 1, text.length),
  };
}

interface Member {
  readonly name: string;
  readonly items: readonly Printed[];
  readonly isList: boolean;
}

function note(members: Members, { name, items, isList }: Member, rules: ContentRules): void {
  const last = items[items.length - 1]?.text ?? '';
  // A path that is a list ends with the name.
  const called = isList && holdsName(name) ? wholeName(last) : isList ? '' : calledSibling(name, last);
  const isSecret = called !== '' && rules.maskForName(called, 'member', rules.mask) !== undefined;
  // Asked for the mask text, the rules count no hit.
  if (isSecret && members.names.length < MOST_NAMES) members.names.push(called);
  if (holdsValue(name, last)) members.values.push(...items);
  if (name === 'kty') members.isKey = true;
  if (privateMember(name, last) !== name) members.parts.push(...items);
}

function namedOf(members: Members | undefined, rules: ContentRules): readonly Hit[] {
  if (members === undefined) return [];
  const { names, values, parts, isKey } = members;
  const hits = values.flatMap((value): readonly Hit[] => {
    if (isKept(value.text, rules)) return [];
    const name = names.find(
      (called) =>
        namesValue(called, value.text) && rules.maskForName(called, 'member', value.text) !== undefined,
    );
    return name === undefined ? [] : [[value, name]];
  });
  const key = isKey ? parts.filter(({ text }) => !isKept(text, rules)) : [];
  return [...hits, ...key.map((part): Hit => [part, 'private_key'])];
}

function isKept(value: string, rules: ContentRules): boolean {
  return hidesNothing(value, rules) || TYPE.test(value);
}
