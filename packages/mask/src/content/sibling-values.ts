import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { WordTable } from '../word-table.js';
import { commandSecrets } from './command-list.js';
import { BEFORE_LIST, programBefore, redisBefore, redisSecrets } from './listed-command.js';
import { partBefore } from './multipart-text.js';
import { isCommonWord } from './prose.js';

const NAME_MEMBERS: WordTable = new WordTable(
  (
    'name key k field header path id label property param argument variable option setting column parameterkey parameter ' +
    'attribute env type instancepath datapath fieldname loc varname outputkey param optionname attributename settingname keyname purpose parametername question prompt ' +
    // Of what a page shows: a heading, and what it is about.
    'title caption heading'
  ).split(' '),
);
const VALUE_MEMBERS: WordTable = new WordTable(
  (
    'value v content newvalue received input actual parametervalue oldvalue old_value new_value old new before after from to lhs ' +
    'rhs rejectedvalue attemptedvalue data vals values default answer varvalue outputvalue optionvalue settingvalue attributevalue fieldvalue defaultvalue originalvalue stringvalue val ' +
    // Behind a heading.
    'text body subtitle'
  ).split(' '),
);
/** Of those values, the ones that are as often of something else. */
const TEXT_MEMBERS: WordTable = new WordTable(['text', 'body', 'subtitle']);
/** Behind the dashes of an option, the slash of a pointer, the root of a path (`$.a.b`, `$input.b`), the prefix of an attribute of Cognito. */
const WHOLE_NAME =
  /^(?:--?|[/.]|\$(?:\w{0,64}\.){0,4})?(?:(?:dev:)?custom:)?(?:[\w.-]{1,64}\/){0,4}([A-Za-z_][\w.-]{0,63}):?$/;

/** Types of a secret, by which a sibling of its value tells what it is. */
const SECRET_TYPES: WordTable = new WordTable(['securestring', 'concealed']);
/** Members that tell by `true` that a sibling holds a secret. */
const SECRET_FLAGS: WordTable = new WordTable(
  'sensitive secret issecret is_secret masked secured confidential'.split(' '),
);
/** How a person proves who they are, and what tells it of a code. */
const CODE_KINDS: WordTable = new WordTable('totp otp 2fa mfa sms_otp email_otp'.split(' '));
const KIND_MEMBERS: WordTable = new WordTable(
  'method type kind factor factortype factor_type mfatype mfa_type mfamethod mfa_method'.split(' '),
);
/** Remote procedures that are given a secret among their arguments (JSON-RPC 2.0, 4.2: by-position). */
const PROCEDURES: WordTable = new WordTable('method methodname procedure'.split(' '));
const LOGIN_PROCEDURE =
  /(?:^|[._/])(?:log_?in|log_?on|sign_?in|authenticate|unlock_?(?:account|wallet)|wallet_?passphrase(?:_?change)?|encrypt_?wallet|import_?(?:priv|raw)_?key|(?:set|change|reset)_?password)$/i;
const ARGUMENTS: WordTable = new WordTable('args params arguments'.split(' '));
/** What calls a sibling of such a procedure; it is the name of no secret itself. */
const LOGIN = 'login';
const PHRASE = /^(?:[A-Za-z][\w'-]{0,24} ){1,3}[A-Za-z][\w-]{0,24}$/;

/** Whether a member of this name can hold the name of what a sibling holds (`{"name":"password","value":"…"}`). */
export function holdsName(member: string): boolean {
  return NAME_MEMBERS.has(member);
}

/**
 * What the value of a member says that a sibling is called, or ''. Of several words (`readonly token`), the sibling is one only
 * when it looks like a secret.
 */
export function calledSibling(member: string, value: string): string {
  if (KIND_MEMBERS.has(member) && CODE_KINDS.has(value)) return 'otp';
  if (PROCEDURES.has(member)) return value.length <= 64 && LOGIN_PROCEDURE.test(value) ? LOGIN : '';
  if (!holdsName(member)) return value === 'true' && SECRET_FLAGS.has(member) ? 'secret' : '';
  if (SECRET_TYPES.has(value)) return 'secret';
  if (value.length <= 96 && PHRASE.test(value)) return value;
  return /^keyname$/i.test(member) ? 'access key' : wholeName(value);
}

/** Whether a sibling of this name holds a value that it can name. */
export function namesValue(sibling: string, value: string): boolean {
  if (sibling === 'otp') return /\d/.test(value);
  return sibling !== '' && (!sibling.includes(' ') || looksSecret(value));
}

const PATH = /\[(?:\s{0,8}(?:"[^"\\]{1,64}"|\d{1,9})\s{0,8},){0,8}\s{0,8}"([\w.-]{1,80})"\s{0,8}\]/y;

/** The last name of a path that is a list and starts at `at` (`["user", "password"]`), or ''. */
export function lastOfPath(text: string, at: number): string {
  PATH.lastIndex = at;
  return wholeName(PATH.exec(text)?.[1] ?? '');
}

/** A member after the one that was read, and its value: a text, the last one of a list, or something else. */
const NEXT_MEMBER =
  /[\s\\nrt]{0,64},[\s\\nrt]{0,64}"([A-Za-z_]{1,24})\\{0,7}"\s{0,8}:\s{0,8}(?:(?:\[(?:[^[\]]{0,128},)?\s{0,8})?\\{0,7}"([^"\\]{0,128})\\{0,7}"\s{0,8}\]?|([\w.+-]{1,32}))/y;
const MOST_BEHIND = 6;
/** Where Valibot says what it was given: `"input":"x",…,"path":[{…,"key":"password"}]`. Group 1: the last key. */
const OBJECTS_OF_PATH =
  /[^[\]{}]{0,512}?,\s{0,64}\\{0,7}"path\\{0,7}"\s{0,8}:\s{0,8}\[\s{0,64}\{[^[\]]{0,1024}"key\\{0,7}"\s{0,8}:\s{0,8}\\{0,7}"([\w.-]{1,64})\\{0,7}"/y;

/** The names that members behind the value of one hold, where it ends at `at`; none, when `at` is negative. */
export function namesBehind(text: string, at: number, member: string): readonly string[] {
  const names: string[] = [];
  NEXT_MEMBER.lastIndex = Math.max(0, at);
  for (let count = 0; at >= 0 && count < MOST_BEHIND; count += 1) {
    const [, next = '', value = '', literal = value] = NEXT_MEMBER.exec(text) ?? [];
    if (next === '') break;
    const name = calledSibling(next, literal);
    if (name !== '') names.push(name);
  }
  if (at >= 0 && (member === 'input' || member === 'received')) {
    OBJECTS_OF_PATH.lastIndex = at;
    names.push(OBJECTS_OF_PATH.exec(text)?.[1] ?? '');
  }
  return names;
}

/** What the name of a member at [start, end) says of its siblings: whether it can hold the name or the value of one. */
export function siblingRole(text: string, start: number, end: number): 'name' | 'value' | undefined {
  if (VALUE_MEMBERS.find(text, start, end) !== '') return 'value';
  const isName = NAME_MEMBERS.find(text, start, end) !== '' || KIND_MEMBERS.find(text, start, end) !== '';
  return isName ? 'name' : undefined;
}

/** Whether a member of this name can hold the value that a sibling names. */
export function holdsValue(member: string, value: string): boolean {
  if (!VALUE_MEMBERS.has(member)) return false;
  return !TEXT_MEMBERS.has(member) || (looksSecret(value) && !/\s/.test(value));
}

/**
 * The name of what a member holds because its sibling says so, or '': the arguments of a command of Redis or of a remote procedure
 * that logs in, a one-time code.
 *
 * @param isList whether it holds a list: arguments by their places, and no names.
 */
export function nameByLogin(
  { member, isList }: { readonly member: string; readonly isList: boolean },
  sibling: string,
): string {
  if (member === 'args' && sibling.toLowerCase() === 'auth') return 'auth';
  if (member === 'code' && sibling === 'otp') return 'otp';
  return isList && sibling === LOGIN && ARGUMENTS.has(member) ? 'credentials' : '';
}

/** The name that a text is as a whole, without the dashes of an option and the path before it; '' when it is none. */
export function wholeName(text: string): string {
  return text.length <= 160 ? (WHOLE_NAME.exec(text)?.[1] ?? '') : '';
}

const ENDS_AS_NAME =
  /(?:key|token|secret|pass|password|passwd|pwd|passphrase|passcode|pin|otp|code|credential|cookie|signature|authorization|auth|session|jwt|csrf|hash|salt|id|ssn|number|string|name)s?\d{0,2}$/i;

/** Stands for an element of a list that is no text: `null`, a function. */
export const NO_TEXT = '\0';

/** Before a list that holds nothing but names. */
const LIST_OF_NAMES =
  /["'](?:keywords|tags|fields|columns|required|scopes?|roles|exclude|include)\\{0,3}["']\s?:\s{0,4}$/;
const NO_NAMES: ReadonlyMap<number, string> = new Map();

interface ListPlace {
  readonly text: string;
  readonly at: number;
}
const NOWHERE: ListPlace = { text: '', at: 0 };

/**
 * The names that stand before their values in a list, by the index of the value: `["password", "x"]`, a flat list of names
 * and values in turn (`rawHeaders` of Node), what follows an option (`["--token", "x"]`), and secrets of a command. A list of an odd length, or with
 * the name of a secret where a value would be, is a list of names, and a common word (`["password", "email"]`) is no value.
 *
 * @param list its elements, {@link NO_TEXT} for what is none.
 * @param place where the list opens, in its text: what stands before it tells whose arguments it holds.
 */
export function namedElements(
  list: readonly string[],
  rules: ContentRules,
  { text, at }: ListPlace = NOWHERE,
): ReadonlyMap<number, string> {
  const before = text.slice(Math.max(0, at - BEFORE_LIST), at);
  if (LIST_OF_NAMES.test(before)) return NO_NAMES;
  const named = namedByParts(list, rules);
  const other = list.indexOf(NO_TEXT);
  const elements = other < 0 ? list : list.slice(0, other);
  // Asked for the mask text, the rules count no hit.
  const names = elements.map((element, index) => {
    const name = looksSecret(element) ? '' : wholeName(element);
    // In the place of a value, one may hold the word of a name by chance: `["password", "monkeyballs"]`.
    if (index % 2 === 1 && elements.length % 2 === 0 && !ENDS_AS_NAME.test(name)) return '';
    return name !== '' && rules.maskForName(name, 'member', rules.mask) !== undefined ? name : '';
  });
  const inTurn = elements.length % 2 === 0 && names.every((name, index) => name === '' || index % 2 === 0);
  for (let index = 0; index + 1 < elements.length; index += 1) {
    const name = names[index] ?? '';
    const value = elements[index + 1] ?? '';
    if (name === '' || value === '' || value === rules.mask || names[index + 1] !== '') continue;
    // `["client_secret_basic", "client_secret_post"]`: two of a kind.
    if (!looksSecret(value) && value.startsWith(name.slice(0, name.lastIndexOf('_') + 1) || ' ')) continue;
    const isOption = elements[index]?.startsWith('--') === true;
    if (isOption ? !value.startsWith('-') : inTurn && !isCommonWord(value)) named.set(index + 1, name);
  }
  for (const index of commandSecrets(elements, programBefore(before)))
    if (elements[index] !== rules.mask) named.set(index, named.get(index) ?? 'password');
  const redis = redisBefore(before);
  if (redis === undefined) return named;
  for (const [index, name] of redisSecrets(redis, elements, rules))
    if (elements[index] !== rules.mask) named.set(index, name);
  return named;
}

/** What stands behind the head of a part of a form, in a list as `form-data` holds one. */
function namedByParts(elements: readonly string[], rules: ContentRules): Map<number, string> {
  const named = new Map<number, string>();
  for (const [index, element] of elements.entries()) {
    const part = partBefore(element);
    const value = elements[index + 1] ?? NO_TEXT;
    if (part !== '' && value !== NO_TEXT && value !== rules.mask) named.set(index + 1, part);
  }
  return named;
}
