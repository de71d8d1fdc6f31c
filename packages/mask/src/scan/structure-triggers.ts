import { readOracleLogin } from '../content/colon-names.js';
import { opensPair } from '../content/login-text.js';
import { LINK_WORDS } from '../content/one-time-link.js';
import { cutOffUserinfo } from '../detectors/url-userinfo.js';
import { TRAIT_NAME, TRAIT_SECRET_OBJECT } from '../text-traits.js';
import { MESSAGE_TRIGGERS } from './message-triggers.js';
import { type TriggerWord, triggerList } from './trigger-word.js';

const LONGEST_SEGMENT = 40;
/** Of these every route word that opens a one-time link holds one. */
const LINK_STEMS: readonly string[] = [
  'reset',
  'forgot',
  'recover',
  'pass',
  'setup',
  'verif',
  'confirm',
  'activat',
  'invit',
  'join',
  'token',
  'magic',
  'link',
  'time',
  'otp',
  'unsubscribe',
  'optout',
  'opt-out',
  'opt_out',
  'opt.out',
  'secret',
  'key',
  'jwt',
  'ticket',
  'webhooks',
];

const DIRECTIVES: readonly string[] = [
  'masterauth ',
  'primaryauth ',
  ': eap "',
  'wpa-psk ',
  ' on >',
  ' off >',
  'stats auth ',
  ': xauth "',
  'wifi:t:',
  'wifi:s:',
  'private-lines:',
  ':5432:',
  ':5433:',
  ':6432:',
  '*:*:*:',
  ']:587 ',
  ']:465 ',
  ']:25 ',
  ':{sha',
  ':{ssha',
  'snmp-server community ',
];

/** What the readers of URLs act on besides names: the route words of one-time links, and objects of S3. */
export const STRUCTURE_TRIGGERS: readonly TriggerWord[] = triggerList([
  MESSAGE_TRIGGERS,
  LINK_STEMS.map((word) => ({ word, traits: TRAIT_NAME, check: isLinkWord })),
  ['.s3', '/s3', '@s3'].map((word) => ({ word, traits: TRAIT_NAME, check: isBucketHost })),
  { word: 'x-id=', traits: TRAIT_NAME },
  { word: 'login', traits: TRAIT_NAME, check: opensPair },
  {
    word: '://',
    traits: TRAIT_NAME,
    check: (text, start) => cutOffUserinfo(text, start) !== undefined,
  },
  {
    word: 'jdbc:oracle:',
    traits: TRAIT_NAME,
    check: (text, start) => readOracleLogin(text, start) !== undefined,
  },
  // Paths that end with a key.
  [
    '/hooks/',
    '/hook/',
    '/services/t',
    '/workflows/t',
    '/inputs/',
    '/v1/http/',
    '/integration/',
    'incomingwebhook/',
  ].map((word) => ({ word, traits: TRAIT_NAME })),
  // What a sibling of a value tells of it.
  ['sensitive', 'masked', 'secured', 'confidential'].map((word) => ({
    word,
    traits: TRAIT_NAME,
    check: isSetFlag,
  })),
  { word: 'securestring', traits: TRAIT_NAME },
  { word: 'concealed', traits: TRAIT_NAME },
  // How a person proves who they are, beside a code.
  ['mfa', '2fa'].map((word) => ({ word, traits: TRAIT_NAME, place: 'word' as const, check: isQuoted })),
  // Remote procedures that are given a secret.
  [
    'login',
    'logon',
    'signin',
    'authenticate',
    'unlockaccount',
    'unlockwallet',
    'encryptwallet',
    'importprivkey',
    'importrawkey',
  ].map((word) => ({ word, traits: TRAIT_NAME, check: closesQuote })),
  // Keys that sign cookies.
  ['cookiesession(', 'keygrip('].map((word) => ({ word, traits: TRAIT_NAME })),
  // Directives that no name of a secret stands in.
  DIRECTIVES.map((word) => ({ word, traits: TRAIT_NAME })),
  // The type of a JSON Web Key, and the kind of an object of Kubernetes.
  { word: '"kty', traits: TRAIT_NAME | TRAIT_SECRET_OBJECT },
  { word: "kty: '", traits: TRAIT_NAME },
  {
    word: '"kind',
    traits: TRAIT_NAME | TRAIT_SECRET_OBJECT,
    check: (text, _start, end) => SECRET_KIND.test(text.slice(end, end + 48)),
  },
]);

const SECRET_KIND = /^\\{0,7}"\s{0,8}:\s{0,8}\\{0,7}"Secret/;

function closesQuote(text: string, _start: number, end: number): boolean {
  return '"\\'.includes(text[end] ?? ' ');
}

function isQuoted(text: string, start: number, end: number): boolean {
  return text[start - 1] === '"' && '"\\'.includes(text[end] ?? ' ');
}

const SET = /^\\{0,7}"\s{0,8}:\s{0,8}true/;

function isSetFlag(text: string, _start: number, end: number): boolean {
  return SET.test(text.slice(end, end + 32));
}

/** Whether the word is, or is a part of, a route word that another segment follows. */
function isLinkWord(text: string, start: number, end: number): boolean {
  let to = end;
  while (isRouteCharacter(text.charCodeAt(to)) && to - end < LONGEST_SEGMENT) to += 1;
  if (text[to] !== '/') return false;
  let from = start;
  while (isRouteCharacter(text.charCodeAt(from - 1)) && start - from < LONGEST_SEGMENT) from -= 1;
  return LINK_WORDS.has(text.slice(from, to).toLowerCase().replaceAll(/[-_.]/g, ''));
}

/** `s3.amazonaws.com`, `bucket.s3.eu-west-1…`, `s3:9000`: the label of a host. */
function isBucketHost(text: string, _start: number, end: number): boolean {
  return text[end - 1] === '3' && '.-:/?#'.includes(text[end] ?? '/');
}

function isRouteCharacter(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code === 0x2d || code === 0x5f || code === 0x2e;
}
