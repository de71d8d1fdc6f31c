import { lastSecretWords, secretWords } from '../secret-words.js';
import { TRAIT_NAME, TRAIT_NAMED } from '../text-traits.js';
import { type TriggerWord, triggerList } from './trigger-word.js';
import { isNameWord, opensWord } from './word-edges.js';

/** Anywhere in a name. */
const SECRET_STEMS: readonly string[] = (
  'pass pwd key secret credential signature authorization token cookie csrf xsrf sessid sessionid jwt bearer cardnumber creditcard ' +
  'debitcard ccnumber cardno aspxauth mnemonic assertion samlresponse verifier social verification bundle_ ' +
  'laravel aiohttp identity.application dockerconfigjson identification_number __host- __secure- exporter_otlp_ honeycomb'
).split(' ');

/** Two words, with whatever signs between them, or none. */
const SECRET_PAIRS: readonly (readonly [string, string])[] = [
  ['sonar', 'login'],
  ['ci', 'session'],
  ['security', 'answer'],
  ['snmp', 'community'],
  ['community', 'string'],
];

/** As words of a name of their own. */
const SECRET_WORDS: readonly string[] = [
  ...[...secretWords.keys()].filter((word) => /^[ -\u00ff]+$/.test(word)),
  ...lastSecretWords.keys(),
  ...'tok card phrase codes sid saml seed authcode oobcode awsaccesskeyid cardnum cardnr cardpan docker_auth_config'.split(
    ' ',
  ),
  ...'userpin cardpin atmpin loginpin simpin bankpin smsotp emailotp loginotp userotp otpcode otptoken otpvalue userssn'.split(
    ' ',
  ),
  ...['primaryaccount', 'primary_account', 'primary-account', 'primary account', 'primary.account'],
  ...'pg mysql db root user smtp redis ftp sftp mongo ldap admin bind'
    .split(' ')
    .flatMap((owner) => [`${owner}pw`, `${owner}pwd`]),
];

/** Names of query parameters only: a '=' follows. */
const QUERY_WORDS: readonly string[] = [
  'code',
  'sig',
  'state',
  'nonce',
  'ticket',
  'session_state',
  'hmac',
  'api_sig',
  'samlart',
  'zak',
  'sign',
  'signed_request',
  'hdnea',
  'hdnts',
  'hdntl',
  'appid',
  'tk',
  'x-amz-credential',
  'x-goog-credential',
];

const PERSONAL_WORDS: readonly string[] = (
  'mail email phone mobile telephone fax name surname birth dob birthday ssn security street address code zip postcode zipcode ' +
  'birthdate license licence passport national tax gender nationality ip username nickname latitude longitude geo ethnicity religion ' +
  'marital blood medical insurance cpf curp aadhaar pesel nino'
).split(' ');

/** In JSON the quote is escaped, in JSON in JSON twice. */
const PART_NAME = /name=\\{0,3}"?$/i;
const LONGEST_PART_NAME = 'name=\\\\\\"'.length;

const SIGNS = /^[^A-Za-z0-9]+/;

const SECRET = TRAIT_NAME | TRAIT_NAMED;

/** Words of the names that the preset `default` holds for secrets. */
export const SECRET_NAME_TRIGGERS: readonly TriggerWord[] = triggerList([
  SECRET_STEMS.map((word) => ({ word, traits: SECRET })),
  SECRET_PAIRS.map(([word, second]) => ({
    word,
    traits: SECRET,
    check: (text: string, _start: number, end: number) => isSecondWord(text, end, second),
  })),
  SECRET_WORDS.map((word) => ({ word, traits: SECRET, place: 'word' as const, check: isNameWord })),
  QUERY_WORDS.map((word) => ({ word, traits: TRAIT_NAME, check: isParameter })),
  { word: 'code', traits: SECRET, check: isOwnedCode },
  ['', '_', '-', '.', ' '].flatMap((joint) =>
    ['n', 'pan'].map((word) => ({
      word: `cc${joint}${word}`,
      traits: SECRET,
      place: 'opening' as const,
      check: opensWord,
    })),
  ),
]);

/** Words of the names that the preset `pii` holds for personal data. */
export const PERSONAL_NAME_TRIGGERS: readonly TriggerWord[] = PERSONAL_WORDS.map((word) => ({
  word,
  traits: TRAIT_NAME,
  place: 'word' as const,
  check: isNameWord,
}));

/** Triggers for what a rule finds anywhere in a name. */
export function stemTriggers(stems: readonly string[]): TriggerWord[] {
  return stems.map((word) => ({ word, traits: TRAIT_NAME }));
}

function isSecondWord(text: string, at: number, word: string): boolean {
  const signs = SIGNS.exec(text.slice(at, at + 4))?.[0].length ?? 0;
  return text.slice(at + signs, at + signs + word.length).toLowerCase() === word;
}

function isParameter(text: string, start: number, end: number): boolean {
  const next = text[end] ?? ' ';
  // Parts of a form have names of parameters too: `name="code"`.
  return '=[]%'.includes(next) || PART_NAME.test(text.slice(Math.max(0, start - LONGEST_PART_NAME), start));
}

/** `verification_code`, `otpCode`: a code that something owns. */
function isOwnedCode(text: string, start: number): boolean {
  return /[A-Za-z0-9_\s.-]/.test(text[start - 1] ?? '"');
}
