import { looksSecret } from '../detectors/secret-shape.js';
import { secretWords } from '../secret-words.js';
import type { Stretch } from '../stretch.js';
import { words } from '../words-and-plurals.js';
import { isOtherMask } from './masked-value.js';
import { isCredentialsMode } from './placeholder.js';
import { isState } from './told-state.js';

/** What stands after the name of a secret in a message about it, in lower case: `password must …`, `token: expired`. */
const MESSAGE_WORDS: ReadonlySet<string> = words(`
  a an and any are at auth authentication authorization bad be been before by can cannot cant could configured does
  doesnt doesn't didn't don't can't won't isn't wasn't did disabled empty enabled error exceeded expected expired
  expires failed failure field for format found from generated generation given grant had has have header id if in
  incorrect invalid is it key length malformed manager match matches mismatch missing must name needed no none not null
  nil of ok on or parameter path argument column parse parsing policy protected provided refresh refreshed required
  reset response retrieved return returned revoked rotated rotation scheme server service set should signature so stale
  store strength string supplied than that the this to too true false type unauthorized undefined unexpected unknown
  unset unsupported updated url used user using validation value verification verified via was were when which while
  will with without wrong yes you your yet changed created deleted str &str accepted rejected denied done issued sent
  received request requested stored loaded saved encrypted decrypted hashed hidden redacted masked omitted secret
  password token credential code bearer basic digest bytes characters chars letters digits at-least case-sensitive count
  limit usage budget per got want permission algorithm flag see option insecure illegal unable unimplemented operation
  timeout corrupt corrupted
`);

/** What is done to a token, and what state it is in: a scope (`token:read`), a script (`token:generate`), an event, a flag. */
const DEEDS: ReadonlySet<string> = new Set(
  (
    'read write create delete update list get generate refresh verify revoke rotate view edit manage validate issue sign decode ' +
    'encode parse created updated deleted expired revoked refreshed rotated issued generated all admin count ttl'
  ).split(' '),
);
/** How many there are, or the status that a server answered with: `API keys: 3 active`, `cannot fetch token: 401 Unauthorized`. */
const COUNT = /^\d{1,3}$/;
const COUNTED = /(?:tokens|secrets|keys|codes|sessions|credentials|cookies|passwords)$/i;
/** What passed of tests, or which one did; a number of seconds. */
const PASSED = /^(?:\d{1,3}|\d{1,6}\/\d{1,6}|(?:Test|Example|Benchmark)[A-Z_]\w{0,64})$/;
const RATE = /^\d{1,4}\.\d{1,6}s?$/;
const STATUS = /^[245]\d\d$/;
const FETCHED = /(?:token|secret|key|session|auth)$/i;
const DEED_NAME = /(?:tokens?|secrets?|keys?|sessions?|credentials?|cookies?|passwords?|otp|auth)$/i;
/** `Password: (unchanged)`, `Password: (attempt 2 of 5)`. */
const REMARK = /^\([a-z]{3,24}\)?$/;
/** A range of versions that a manifest asks for, a version, the number of a kind of object (`1.2.840.113549`); no day of birth. */
const VERSION_RANGE =
  /^(?!.*\.(?:19|20)\d\d$)(?:(?:[~^<>=]{0,2}\d{1,6}(?:\.\d{1,6}){2,12}|[~^<>=]{1,2} ?\d{1,4}(?:\.[\dx]{1,6}){0,2})(?:-[\w.]{1,32})?(?: (?:\|\| |- )?(?!$)|$)){1,4}$/;

/** Whether a value is a range of versions, as a manifest asks for a library that is called `jsonwebtoken`. */
function isVersionRange(value: string): boolean {
  return '^~<>=0123456789'.includes(value[0] ?? ' ') && value.length <= 48 && VERSION_RANGE.test(value);
}

/** A path of words only, one of them about accounts, as routes have it. */
const ROUTE =
  /^(?=.*(?:pass|reset|forgot|log-?in|auth|token|account|verif|sign))(?:\/[a-z]{2,24}(?:[-_][a-z]{1,24}){0,5}){1,6}\/?$/;

/** Ways to authenticate, as settings name them. */
const WAYS: ReadonlySet<string> = new Set(
  'basic digest bearer none noauth no-auth oauth oauth2 inherit jwt apikey api-key ntlm kerberos saml oidc iam sso mtls'.split(
    ' ',
  ),
);
const LONGEST_WAY = 8;
const WAY_NAME = /auth(?:entication|orization)?$/i;
/** Whether a value under a name is a way to authenticate. */
export function isWay(name: string, value: string): boolean {
  return value.length <= LONGEST_WAY && WAY_NAME.test(name) && WAYS.has(value.toLowerCase());
}

/** The word behind a way to authenticate, on its line. */
const BEHIND_WAY = /^[ \t]{1,8}(\S{1,64})/;

/** Whether only a way to authenticate stands behind a name, or a sentence goes on behind it: `auth: JWT`, `auth=basic not allowed`. */
export function isBareWay(name: string, text: string, { start, end }: Stretch): boolean {
  if (!isWay(name, text.slice(start, end))) return false;
  const next = BEHIND_WAY.exec(text.slice(end, end + 80))?.[1] ?? '';
  return next === '' || isMessageWord(next.replace(/[.,;:!?]+$/, ''));
}

/** What a validator says of a value: `must contain a digit`, `is too short (minimum is 12 characters)`. */
const MUST =
  /^(?:must|should|needs to|has to|can't|cannot|can not|is too|is not|is required|is invalid|may not)(?: \(?[A-Za-z\d'-]{1,24}\)?){1,24}[.!]?$/;

function isValidatorMessage(value: string): boolean {
  return value.length <= 160 && MUST.test(value) && !value.split(' ').some(looksSecret);
}

/** Types, as schemas and generated examples write them, and what a field for a password is labelled in other languages. */
const TYPES: ReadonlySet<string> = new Set(['string', 'boolean', 'number', 'integer']);
/** Of JSON Web Tokens: `jwt: RS256`. */
const ALGORITHM = /^(?:[HREP]S(?:256|384|512)|EdDSA)$/;
const LABELS: ReadonlySet<string> = new Set(['passwort', 'mot de passe']);
const LONGEST_LABEL = 16;

/** Whether a value is a type, or what a field of that name is labelled: `"login.password":"Password"`, `"password":"Contraseña"`. */
function isLabel(name: string, value: string): boolean {
  if (value.length > LONGEST_LABEL) return false;
  if (TYPES.has(value) || ALGORITHM.test(value)) return true;
  const lower = value.toLowerCase();
  if (value === lower || value.slice(1) !== lower.slice(1)) return false;
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (lower === last.toLowerCase()) return last !== name;
  return LABELS.has(lower) || secretWords.get(lower) === 'password';
}

/** A piece of a text that a model or an index has read, and what they say of it. */
const PIECE_NAME = /^(?:token|tok_?str|token_?text)$/i;
const OF_PIECE =
  /\s{0,8},\s{0,8}\\{0,3}"(?:log_?prob|prob|probs|start_?offset|bytes|position|score)\\{0,3}"/y;

/** A member of a JSON text, and where the text goes on behind it. */
interface TextMember {
  readonly name: string;
  readonly value: string;
  readonly text: string;
  readonly next: number;
}

/**
 * Whether the value of a member under a secret's name is none: a range of versions, the route of a page (`/reset-password`), a way to
 * authenticate, or a piece of a text (`"token":"Hello","logprob":-0.1`).
 */
export function isNoSecret({ name, value, text, next }: TextMember): boolean {
  if (isWay(name, value) || isLabel(name, value) || isOtherMask(value)) return true;
  if (isCredentialsMode(name, value) || isValidatorMessage(value)) return true;
  if (isPiece(text, next) && PIECE_NAME.test(name) && !looksSecret(value)) return true;
  return isVersionRange(value) || (value.startsWith('/') && value.length <= 256 && ROUTE.test(value));
}

function isPiece(text: string, next: number): boolean {
  if (!',\n '.includes(text[next] ?? '}')) return false;
  OF_PIECE.lastIndex = next;
  return OF_PIECE.test(text);
}

/** Whether a value right behind a name says what is done with it, in which state it is, or of which version. */
export function isDeed(name: string, value: string, kind: string): boolean {
  // Longer ones are none of these, and not worth the search for their end.
  if (value.length > 64) return false;
  if (isLabel(name, value) || (kind === 'colon' && REMARK.test(value))) return true;
  const word = value.replace(/[.;!]$/, '');
  if (PASSED.test(word) && /^pass$/i.test(name)) return kind === 'colon' || /^\d{1,2}$/.test(word);
  if (RATE.test(word) && FETCHED.test(name)) return true;
  if (isVersionRange(word) || isState(word)) return true;
  if (kind !== 'colon') return false;
  if (DEEDS.has(word) && DEED_NAME.test(name)) return true;
  return (COUNT.test(word) && COUNTED.test(name)) || (STATUS.test(word) && FETCHED.test(name));
}

/** Values that say that there is none. */
const NO_SECRETS: ReadonlySet<string> = new Set([
  'null',
  'undefined',
  'none',
  'nil',
  'nilclass',
  'nonetype',
  'on',
  'off',
  'true',
  'false',
  'nan',
  '""',
  "''",
  '{}',
  '[]',
  '[object',
]);

/** Values so common that they say nothing when they stand elsewhere in a text. */
const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    'admin administrator passwd default example localhost production staging development public private number object ' +
    'client database postgres mysql redis mongo mongodb users account email login session cookie values index guest ' +
    'anonymous changeme'
  ).split(' '),
);

/** Nobody types a password in these. */
const EAST_ASIAN =
  /^[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{0,12}\d{0,2}[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+$/;

/** Whether a word belongs to a message rather than being a secret. */
export function isMessageWord(word: string): boolean {
  return word.length <= 20 && (MESSAGE_WORDS.has(word.toLowerCase()) || EAST_ASIAN.test(word));
}

/** Whether a value says that there is no secret. */
export function saysNothing(value: string): boolean {
  return value.length <= 20 && NO_SECRETS.has(value.toLowerCase().replaceAll(/^\(|[.?!)]$/g, ''));
}

/** Whether a word is letters only, as in prose: `expired`, `Unexpected`. */
export function isPlainWord(word: string): boolean {
  return word.length <= 40 && /^[A-Za-z]?[a-z'\u2019\u00df-\u00ff]+$/.test(word);
}

/** Whether a word is so common that it says nothing: one of a message, or the name of a field. */
export function isCommonWord(word: string): boolean {
  const lower = word.length <= 20 ? word.toLowerCase() : '';
  return COMMON_WORDS.has(lower) || MESSAGE_WORDS.has(lower);
}

/** Whether a secret may be looked for in the rest of the text: at least five characters, and no word of letters, which can stand there by itself. */
export function isTellingSecret(value: string): boolean {
  if (value.length < 5 || saysNothing(value) || isPlainWord(value)) return false;
  return !isCommonWord(value);
}

/** Whether a word has small letters only: then it looks like no secret. */
export function isLowerWord(word: string): boolean {
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code < 0x61 || code > 0x7a) return false;
  }
  return true;
}

const CODE = /^(?:\d{4,10}|\d{3}-\d{3})$/;
/** On the back of a card: `cvc 789`. */
const CARD_CODE = /^\d{3}$/;
const CARD_CODE_NAME = /^(?:cvv|cvc)2?$/i;
const CODE_NAME = /(?:otp|pin|passcode|code|cvv|cvc|password|passwd|pwd)$/i;

/** Whether a sentence tells a code: `code is 123456`, `PIN 1234`. Digits alone, of the length that codes for people have. */
export function isToldCode(name: string, word: string, equated: boolean): boolean {
  if (word.length === 3) return CARD_CODE.test(word) && CARD_CODE_NAME.test(name);
  return word.length <= 10 && CODE.test(word) && (equated || CODE_NAME.test(name));
}

/** Names under which two words can be a pass phrase. */
export const PHRASE_NAME: RegExp = /pass|pwd|pin|phrase/i;

/**
 * Whether the value that stands next from `from` on is the first word of a sentence: two more plain words follow it, or one
 * that ends the text under a name whose values are no words (`private key: permission denied`).
 */
export function goesOn(
  text: string,
  from: number,
  { name, value }: { readonly name: string; readonly value: string },
): boolean {
  const start = text.indexOf(value, from) + value.length;
  if (!PHRASE_NAME.test(name) && /^ (?:[a-z]{3,20}[.!]?$|["'])/.test(text.slice(start, start + 24)))
    return true;
  return /^ (?:\d{1,2}|[A-Za-z]?[a-z']{0,20}) [A-Za-z]?[a-z']{0,20}(?:[ .,;:!?)]|$)/.test(
    text.slice(start, start + 48),
  );
}

/** Verbs, and what a function has: code stands behind them in back quotes (`pass \`{ strict: true }\``, `pin \`glob\``). */
const BEFORE_CODE = /^(?:pass|pin|signature)$/i;
/** Verbs of lists of changes: Pin `glob`, pass `.cc` sources. */
const VERB = /^(?:pass|pin)$/i;
const CODE_SIGNS = /[\s{}()[\]=<>*]/;

/** Of a cache or a map: `user:42`. */
const ENTRY = /^[a-z][\w.-]{0,40}(?::[\w.{}*-]{1,40}){1,6}$/i;

/** Whether a text in quotes behind a name is called so, and no value: `secret "app-tls"`, `for key 'users.email'`, `pass '--x'`. */
export function isObjectName(name: string, text: string, quote: string | undefined): boolean {
  if (quote === '`' && BEFORE_CODE.test(name) && CODE_SIGNS.test(text)) return true;
  if (quote === '`' && VERB.test(name) && !/^\d{4,}$/.test(text) && !looksSecret(text)) return true;
  // A tag of a field in Go.
  if (quote === '`' && /^[\w-]{1,24}:"/.test(text)) return true;
  if (/^secrets?$/i.test(name)) return /^[a-z][a-z0-9./-]*$/.test(text);
  if (/^keys?$/i.test(name) && ENTRY.test(text)) return !text.split(':').some(looksSecret);
  return (
    /^(?:keys?|pass|cookies?)$/i.test(name) &&
    /^(?:-{0,2}|[~.]{0,2}\/(?=[^/.]*[/.]))[A-Za-z_][\w ./-]*$/.test(text) &&
    !looksSecret(text)
  );
}

/** What is counted of a secret: `otp: 6 digits`, `token: 12 of 100`. */
const UNIT =
  /^ (?:bytes|bits|digits|characters|chars|letters|words|attempts|seconds|minutes|hours|days)\b|^ of \d/;

/** Whether what stands next from `from` on opens a sentence, or is a number of bytes, and no value of the name before it. */
export function opensSentence(
  text: string,
  from: number,
  called: { readonly name: string; readonly value: string },
): boolean {
  const { value } = called;
  if (isPlainWord(value.replace(/[.:!?]+$/, ''))) return goesOn(text, from, called);
  if (!/^\d{1,6}$/.test(value)) return false;
  const end = text.indexOf(value, from) + value.length;
  return UNIT.test(text.slice(end, end + 16));
}

/** Whether there is no word, or an option or a name of its own of a command stands where one would be. */
export function isNoWord(word: string): boolean {
  return word === '' || /^--?[a-z]{2}|^[a-z][a-z_]{1,15}=[^=]/.test(word);
}

const LONGEST_GIVING = 96;
const GIVING =
  /(?:\b(?:set|changed|reset) to|\b(?:set(?:ting)?|chang(?:e|ed|es|ing)|reset|resetting|updat(?:e|ed|es|ing)) (?:[\w.'-]{1,24} ){1,4}to)[ \t]{1,8}$/i;
/** What a password is set to when it is no password: `set to expire`, `reset password to continue`. */
const PURPOSES: ReadonlySet<string> = new Set(
  (
    'continue proceed log login access expire restore unlock regain activate something anything nothing default blank be get make ' +
    'use avoid prevent allow enable disable match meet comply one another never always random sign start finish complete protect ' +
    'secure improve fix keep see view join gain resume verify whatever more stronger zero true false on off yes no'
  ).split(' '),
);

/** Whether the word [start, end) ends a sentence that gives a secret its value: `set the password to swordfish`. */
export function isGivenWord(text: string, start: number, end: number): boolean {
  if (!GIVING.test(text.slice(Math.max(0, start - LONGEST_GIVING), start))) return false;
  const word = text.slice(start, end).toLowerCase();
  return (
    word.length >= 4 &&
    !PURPOSES.has(word) &&
    !isCommonWord(word) &&
    /^["').,;]*(?:\s*$|[\r\n])/.test(text.slice(end, end + 16))
  );
}

/** Whether a word behind `to` is what something was changed to: `token to x` alone says nothing. */
export function isGiven(text: string, start: number): boolean {
  return GIVING.test(text.slice(Math.max(0, start - LONGEST_GIVING), start));
}
