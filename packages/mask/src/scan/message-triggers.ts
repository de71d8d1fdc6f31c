import { KNOWN_CLIENTS, looksLikeCommand } from '../content/command-options.js';
import { programBefore, redisBefore } from '../content/listed-command.js';
import { TRAIT_NAME } from '../text-traits.js';
import { type TriggerWord, triggerList } from './trigger-word.js';
import { isNameWord } from './word-edges.js';

/** A command line is looked at this far for its options. In UTF-16 units. */
const REACH = 512;
const SHORT = 5;
const NEXT_WORD = /^\s{1,8}\S{1,200}\s/;

/** What begins a statement of SQL, or shows a piece of one, and what of the words behind it says so. */
const STATEMENTS: readonly (readonly [string, RegExp])[] = [
  // Whatever is no letter: `SELECT{d '…'}` of ODBC, `SELECT-1`, `SELECT@a`.
  ['select', /^\W/],
  ['insert', /^\s{1,8}(?:ignore\s{1,8})?into\b/i],
  ['replace', /^\s{1,8}into\b/i],
  ['merge', /^\s{1,8}into\b/i],
  // Of an UPDATE: its table can be written in many ways.
  ['set', /^\s{1,8}(?:["`[\w]{1,64}["`\]]?\.){0,3}["`[]?\w{1,64}["`\]]?\s{0,8}=/],
  ['delete', /^\s{1,8}from\b/i],
  ['values', /^\s{0,8}\(/],
  ['where', /^\s{1,8}\S{1,200}\s{0,8}(?:[=<>]|(?:i?like|in)\b)|^\s{1,8}[\w."`[\]]{1,100}[=<>]/i],
  ['call', /^\s{1,8}[\w.]{1,100}\s{0,8}\(/],
  ['exec', NEXT_WORD],
  ['execute', NEXT_WORD],
  ['engine', /^\s{0,4}=\s{0,4}\w{1,64}\s{0,4}\(/],
  ['backup', /^\s{1,8}[^\n;']{1,200}\(\s{0,4}'/],
  ['attach', /^\s{1,8}(?:database\s{1,8})?'/i],
  ['connect', /^\s{1,8}(?:to\s|[\w$#]{1,64}\/[^\s@/]{1,128}@)/i],
  ['conn', /^\s{1,4}[\w$#]{1,64}\/[^\s@/]{1,128}@/i],
  ['function', /^\s{1,8}\w{1,64}\(\s{0,4}'/],
  ['declare', /^\s{1,8}@/],
  ['define', /^\s{1,8}(?:token|access|user|scope)\s/i],
  ['create', /^\s{1,8}\(/],
  ['merge', /^\s{1,8}\(/i],
  ['match', /^\s{1,8}\(/i],
  ['identified', /^\s{1,8}(?:by|with|via)\s/i],
];

/** What messages of databases, parsers and senders of codes say before or behind what they quote. */
const PHRASES: readonly string[] = [
  ')=(',
  'row contains (',
  'duplicate entry',
  'key value is (',
  'invalid input ',
  'malformed ',
  'out of range',
  'at or near',
  'right syntax',
  'value: ',
  'converting the ',
  'binding parameter ',
  'parameters: ',
  'parameters=[',
  'parameter value ',
  "' to parameter",
  'generated in',
  'cached since',
  'raw sql',
  'no key',
  'args=[',
  'is not valid json',
  'acl setuser ',
  'authenticate ',
  'command: auth ',
  "command 'auth ",
  'config set ',
  '334 vxnlcm',
  '334 ugfzc3',
  '&quot;',
  '&#',
];
/** A phrase as it stands, and in a part of a URL. */
const ENCODINGS: readonly ((phrase: string) => string)[] = [
  (phrase) => phrase,
  (phrase) => phrase.replaceAll(' ', '+'),
  ...['%', '%25'].map(
    (percent) => (phrase: string) =>
      phrase.replace(/[ =:[\]&#;]/g, (sign) => `${percent}${sign.charCodeAt(0).toString(16)}`),
  ),
];
/** Calls that take a user and a password by their places. */
const CALLS: readonly string[] = (
  '__construct( pdo( mysqli( _connect( _pconnect( getconnection( ftp_login( ldap_bind( imap_open( basicauth( digestauth( basic_auth( ' +
  'login( .auth( >auth( createhmac( simple_bind( simple_bind_s( sequelize( auth.basic( authtokens.basic( smtp.start( set_authentication('
).split(' ');
const TAGGED_LOGIN = /\d LOGIN ["']?\S/;
const CODE_BEHIND = /^ (?:the |this )?(?:sms )?(?:code:? )?\d{3}/i;

/** Opens the arguments of a command of Redis, as ioredis writes them, or those of a program. */
const ARGUMENT_LISTS: readonly string[] = ['args: [', 'args":[', 'args": [', 'args\\":[', '([ '];

/** What stands behind a client besides a space. */
const BEHIND_CLIENT: readonly string[] = ['.exe', '\t', "'", '"', '\\'];

/** What the readers of messages act on besides names: statements, command lines of known clients, quotations, told codes. */
export const MESSAGE_TRIGGERS: readonly TriggerWord[] = triggerList([
  STATEMENTS.map(([word, behind]) => ({
    word,
    traits: TRAIT_NAME,
    place: 'word' as const,
    check: (text: string, start: number, end: number) =>
      isNameWord(text, start, end) && (isEncodedSpace(text, end) || behind.test(text.slice(end, end + 256))),
  })),
  KNOWN_CLIENTS.flatMap((client) => {
    const check = (text: string, start: number) => isCommand(client, text, start);
    return withSpace(client, BEHIND_CLIENT).map((word) => ({
      word,
      traits: TRAIT_NAME,
      place: 'opening' as const,
      check,
    }));
  }),
  [...new Set(PHRASES.flatMap((phrase) => ENCODINGS.map((encode) => encode(phrase))))].map((word) => ({
    word,
    traits: TRAIT_NAME,
  })),
  [...CALLS, 'sudo -s', 'assword:', 'open -u ', '<<<'].map((word) => ({ word, traits: TRAIT_NAME })),
  ARGUMENT_LISTS.map((word) => ({
    word,
    traits: TRAIT_NAME,
    check: (text: string, start: number, end: number) => {
      const before = text.slice(Math.max(0, start - REACH), text.lastIndexOf('[', end));
      return redisBefore(before) !== undefined || programBefore(before) !== undefined;
    },
  })),
  {
    word: ' login ',
    traits: TRAIT_NAME,
    // Of IMAP: a tag stands before it.
    check: (text, start, end) => TAGGED_LOGIN.test(text.slice(Math.max(0, start - 1), end + 2)),
  },
  ['enter', 'use', 'type', 'your'].flatMap((verb) =>
    withSpace(verb).map((word) => ({
      word,
      traits: TRAIT_NAME,
      place: 'opening' as const,
      check: (text: string, start: number) => tellsCode(text, start, start + verb.length),
    })),
  ),
]);

/** The name is the first of a list of words. */
const LISTED = /^\\*['"],/;

function isCommand(client: string, text: string, start: number): boolean {
  const end = start + client.length;
  if (!isNameWord(text, start, end)) return false;
  return (
    isEncodedSpace(text, end) ||
    LISTED.test(text.slice(end, end + 8)) ||
    looksLikeCommand(client, text.slice(end, end + REACH))
  );
}

function tellsCode(text: string, start: number, end: number): boolean {
  if (!isNameWord(text, start, end)) return false;
  return isEncodedSpace(text, end) || CODE_BEHIND.test(text.slice(end, end + 32));
}

/** A short word with what must stand behind it: by itself it is a part of too many words. */
function withSpace(word: string, others: readonly string[] = []): readonly string[] {
  if (word.length > SHORT) return [word];
  return [' ', '+', '%20', '%2520', ...others].map((space) => word + space);
}

/** The space of a text that is encoded as a part of a URL, once or twice, or as a form. */
function isEncodedSpace(text: string, at: number): boolean {
  return text[at] === '+' || text.startsWith('%20', at) || text.startsWith('%2520', at);
}
