import type { ContentRules } from '../content-rules.js';
import { isOpaque } from '../doubtful-names.js';
import type { Stretch } from '../stretch.js';
import { hidesNothing } from './masked-value.js';
import { isCommonWord } from './prose.js';
import { TextRewrite } from './text-rewrite.js';

/** An object whose members are secrets, whatever they are called: `secrets loaded: { stripe: 'x' }`. */
const SECRETS =
  /(?<![\w.-])(?:secrets|credentials|passwords|api[_ -]?keys|access[_ -]?tokens)(?: (?:loaded|are|read|fetched|found|from [\w./-]{1,64})){0,2}(?::|=| =>)? ?\{(?=\s{0,64}[\w'"])/gi;
const MEMBER = /(?<![\w.-])(['"]?)([A-Za-z_][\w.-]{0,63})\1:\s{1,64}(?=['"`])/g;
const MOST_OBJECT = 4096;
/** Members of such an object that tell of it. */
export const ABOUT_SECRET: RegExp =
  /^(?:user(?:name)?|name|id|type|kind|source|path|file|host|region|provider|scheme|status|state|version|url|uri|email|account|role|scope|env(?:ironment)?|message|error|code|mode|engine|backend|namespace|grant_?type|client_?id|algorithm|format)$/i;
/** What signs the cookies of Express and Koa. */
const SIGNERS = /(?<![\w$])(?:cookieSession|[kK]eygrip|KeyGrip)\(/g;
const KEYS = /(?:(?<![\w.$])keys:\s{0,64}|^\s{0,8})\[(?=\s{0,64}['"`])/;
const MOST_ARGUMENTS = 1024;
const QUOTED = /(['"`])((?:(?!\1)[^\\\n]|\\.){1,512})\1/y;
const BETWEEN = /\s{0,64}(?:,\s{0,64})?/y;
/** One of these is in every text in which something is found. */
export const OBJECT_WORDS: readonly string[] = [
  'secrets',
  'credentials',
  'passwords',
  'keys',
  'tokens',
  'cookiesession',
  'keygrip',
];

/**
 * Masks members of an object under the plural of a secret, and keys that sign cookies.
 *
 * @param text attacker-controlled.
 */
export function maskObjectsOfSecrets(text: string, rules: ContentRules): string {
  return maskSigners(maskSecretObjects(text, rules), rules);
}

function maskSecretObjects(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const objects = new RegExp(SECRETS);
  for (let object = objects.exec(text); object !== null; object = objects.exec(text)) {
    const start = objects.lastIndex;
    const close = text.slice(start, start + MOST_OBJECT).search(/[{}]/);
    const end = close < 0 ? Math.min(text.length, start + MOST_OBJECT) : start + close;
    const members = new RegExp(MEMBER);
    members.lastIndex = start;
    for (
      let member = members.exec(text);
      member !== null && member.index < end;
      member = members.exec(text)
    ) {
      const value = quotedAt(text, members.lastIndex);
      const name = member[2] ?? '';
      if (value === undefined) continue;
      if (!ABOUT_SECRET.test(name) && !isCommonWord(text.slice(value.start, value.end)))
        put(text, { value, name: 'secret', rewrite, rules });
      members.lastIndex = value.end + 1;
    }
    objects.lastIndex = Math.max(end, start);
  }
  return rewrite.toString();
}

function maskSigners(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const calls = new RegExp(SIGNERS);
  for (let call = calls.exec(text); call !== null; call = calls.exec(text)) {
    const start = calls.lastIndex;
    const list = KEYS.exec(text.slice(start, start + MOST_ARGUMENTS));
    if (list === null) continue;
    let at = behind(text, start + list.index + list[0].length);
    for (let value = quotedAt(text, at); value !== undefined; value = quotedAt(text, at)) {
      if (isOpaque(text.slice(value.start, value.end))) put(text, { value, name: 'secret', rewrite, rules });
      at = behind(text, value.end + 1);
    }
    calls.lastIndex = Math.max(at, start);
  }
  return rewrite.toString();
}

function behind(text: string, at: number): number {
  BETWEEN.lastIndex = at;
  BETWEEN.test(text);
  return BETWEEN.lastIndex;
}

/** Inside of the quotes that open at an offset. */
function quotedAt(text: string, at: number): Stretch | undefined {
  QUOTED.lastIndex = at;
  return QUOTED.test(text) ? { start: at + 1, end: QUOTED.lastIndex - 1 } : undefined;
}

interface Put {
  readonly value: Stretch;
  /** Of the secret. */
  readonly name: string;
  readonly rewrite: TextRewrite;
  readonly rules: ContentRules;
}

function put(text: string, { value: { start, end }, name, rewrite, rules }: Put): void {
  const value = text.slice(start, end);
  if (hidesNothing(value, rules)) return;
  rewrite.replace(start, end, rules.maskForName(name, 'member', value) ?? value);
}
