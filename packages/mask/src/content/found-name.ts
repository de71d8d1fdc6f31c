import type { ContentRules } from '../content-rules.js';
import { changesOften, looksSecret } from '../detectors/secret-shape.js';
import type { Stretch } from '../stretch.js';
import { knownClient } from './command-options.js';
import type { Operator } from './operator.js';

/** A name in a text, at [start, end). */
export interface FoundName {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** And of a traversal of a graph: `.has('user', 'apiKey', 'x')`. */
const SETTER =
  /(?:\b(?:set|put|define)[A-Za-z]{0,32}\(|\.(?:has|property)\((?:["'][\w.-]{1,24}["'], ?)?)["'`]$/i;
const GAP = /^ {2,64}$/;
const SETTING_NAME = /^[A-Z][A-Z0-9]{0,31}(?:_[A-Z0-9]{1,31}){1,8}$/;

/** Whether a word stands in a table of the environment, at the end of a line, and looks random: `DB_PASSWORD    UTuIqfWCnrELAf`. */
export function isListedSetting(text: string, { end, text: name }: FoundName, word: Stretch): boolean {
  if (!GAP.test(text.slice(end, Math.min(word.start, end + 65))) || !SETTING_NAME.test(name)) return false;
  if (!'\r\n'.includes(text[word.end] ?? '\n')) return false;
  return word.end - word.start >= SHORTEST_LISTED && changesOften(text.slice(word.start, word.end));
}

const SHORTEST_LISTED = 8;

/** Whether a sentence only says which one it is about: `session 7f3b9c2d1e4a5b6c started`. */
export function isMention(text: string, name: FoundName, { kind }: Operator): boolean {
  if (kind !== 'space' || name.text.toLowerCase() !== 'session') return false;
  return !REFUSED.test(text.slice(name.end, name.end + 80));
}

/** Whoever asked had it from somebody: `session … expired`. */
const REFUSED = /^ [\w-]{20,64} (?:not |expired|invalid)/;

/** A user, whose secret stands behind. */
const USER_OF = /(?:change|update|reset)_?(?:user)?_?(?:password|passwd|pwd|passphrase)$/i;
const OWN_SETTER = /(?:\.|^(?:set|with)_?)(?:[a-z]{1,16}_?)?(?:password|passwd|pwd|passphrase)$/i;

/** `setProperty("password", "x")`, `setPassword("x")`, `builder.password("x")`: it is the value, whatever it looks like. */
export function isSetter(text: string, { start, end, text: name }: FoundName, value: string): boolean {
  if (SETTER.test(text.slice(Math.max(0, start - 48), start))) return true;
  if (USER_OF.test(name) && /^["'],/.test(text.slice(end + 2 + value.length, end + 4 + value.length)))
    return false;
  // With blanks it can be a message, too.
  return (
    text[end] === '(' && !/\s/.test(value) && OWN_SETTER.test(text[start - 1] === '.' ? `.${name}` : name)
  );
}

/** Words that make a name only with the word before them: `api key`, `pass phrase`. */
const SECOND_WORDS: ReadonlySet<string> = new Set(
  'key keys code codes phrase word pin string number hash id'.split(' '),
);
const APART: ReadonlySet<string> = new Set(',;|&<>');

/** Words before them that say so also where an operator follows at once: `miss key=user:42` is the end of a message. */
const KINDS: ReadonlySet<string> = new Set(
  (
    'access account admin aes api app auth authentication authorization backup client connection consumer crypto deploy encryption ' +
    'function hmac host license licence login master network one-time otp pass pgp pin private psk recovery root secret security ' +
    'service session shared signing ssh storage subscription user verification webhook wifi wpa'
  ).split(' '),
);

/** Words before `key` that make no name of it: `for key: product:1234`, `get key: theme`. */
const NO_KINDS: ReadonlySet<string> = new Set(
  (
    'a an the this that these each every any no some new old other same for with without by under of in on at to from as per and or ' +
    'is was has have had get got set put use uses using used delete deleted del remove removed add added update updated read write ' +
    'find found lookup invalid missing unknown unrecognized such unexpected duplicate expected required metadata'
  ).split(' '),
);

/** Whether the word before a name says nothing of it. */
export function isNoKind(before: FoundName): boolean {
  return NO_KINDS.has(before.text.toLowerCase());
}

/** Whether the word right before a name says which kind of secret it is: `api key`, not `for key`. */
export function isQualified(before: FoundName, { start }: FoundName): boolean {
  return start === before.end + 1 && KINDS.has(before.text.toLowerCase());
}

/** A name with the word before it, when only both are one. `type=secret,id=x` are two members of a list. */
export function twoWords(text: string, before: FoundName, found: FoundName): string | undefined {
  const { start, end, text: name } = found;
  if (!SECOND_WORDS.has(name.toLowerCase()) || start !== before.end + 1) return undefined;
  if (APART.has(text[before.end] ?? '')) return undefined;
  // What an option is given is a list of its own: `docker build --secret id=npm`.
  const isOfOption = text.startsWith('--', before.start - 2);
  if (text[end] === '=' && (isOfOption || !isQualified(before, found))) return undefined;
  return `${before.text} ${name}`;
}

const NAMED_VALUE = /([A-Za-z][\w.-]{0,63}):[ \t]{1,8}(?=[^\s:])/y;

/** Of a clause of SQL: `CREDENTIALS = (AWS_TOKEN = 'x')`. */
const OPENED_PAIR = /\(\w{1,64} ?=(?!=)/y;

/** Whether a secret's own name stands where a value would, with its value behind it: `bad credentials: apiKey: x`. */
export function isNextName(text: string, at: number, rules: ContentRules): boolean {
  OPENED_PAIR.lastIndex = at;
  if (OPENED_PAIR.test(text)) return true;
  NAMED_VALUE.lastIndex = at;
  const name = NAMED_VALUE.exec(text)?.[1];
  if (name === undefined || looksSecret(name)) return false;
  // Asked for the mask text, the rules count no hit.
  return rules.maskForName(name, 'assignment', rules.mask) !== undefined;
}

const PROGRAM = /[\w./-]{2,64}(?=[ \t]+[\w"'-])/y;

/** Whether a program is started with the variable set to nothing: `MYSQL_PWD= mysql -u root`. */
export function startsProgram(text: string, { end, text: name }: FoundName, at: number): boolean {
  if (text[end] !== '=' || at !== end + 2 || !/^[A-Z][A-Z0-9_]*$/.test(name)) return false;
  PROGRAM.lastIndex = at;
  const word = PROGRAM.exec(text)?.[0];
  return word !== undefined && knownClient(word) !== undefined;
}

/** Words before `token` that make it one of a grammar, or what a container of dependencies looks up. */
const OF_GRAMMAR = /^(?:expected|dependency|injection|provider|http)$/i;

/** Whether a name is the word of a parser: `Unexpected token: foo`, `expected token 'end of block'`. */
export function isOfParser(before: FoundName, { text }: FoundName): boolean {
  return (
    /^(?:unexpected|illegal)$/i.test(before.text) || (/^token$/i.test(text) && OF_GRAMMAR.test(before.text))
  );
}
