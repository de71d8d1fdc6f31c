import { TRAIT_NAME } from '../text-traits.js';
import type { TriggerWord } from './trigger-word.js';
import { isNameWord } from './word-edges.js';

/** Anywhere in a name. */
const SECRET_STEMS: readonly string[] = (
  'pass key secret credential signature authorization token cookie csrf xsrf sessid sessionid jwt bearer cardnumber creditcard ' +
  'debitcard ccnumber cardno aspxauth mnemonic passphrase assertion samlresponse verifier social verification'
).split(' ');

/** As words of a name of their own. */
const SECRET_WORDS: readonly string[] = [
  ...(
    'otp totp hotp pwd pswd psw pw passwd tok jws jwe cvv cvc ssn dek kek auth pin pan pincode card cc phrase codes sid ' +
    'authcode oobcode awsaccesskeyid'
  ).split(' '),
  ...'pg mysql db root user smtp redis ftp sftp mongo ldap admin'
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
  'x-amz-credential',
  'x-goog-credential',
];

const PERSONAL_WORDS: readonly string[] = (
  'mail email phone mobile telephone fax name surname birth dob birthday ssn security street address code zip postcode zipcode ' +
  'birthdate license passport national tax gender nationality ip'
).split(' ');

/** Words of the names that the preset `default` holds for secrets. */
export const SECRET_NAME_TRIGGERS: readonly TriggerWord[] = [
  ...stemTriggers(SECRET_STEMS),
  ...SECRET_WORDS.map((word) => ({ word, traits: TRAIT_NAME, check: isNameWord })),
  ...QUERY_WORDS.map((word) => ({ word, traits: TRAIT_NAME, check: isParameter })),
  { word: 'code', traits: TRAIT_NAME, check: isOwnedCode },
];

/** Words of the names that the preset `pii` holds for personal data. */
export const PERSONAL_NAME_TRIGGERS: readonly TriggerWord[] = PERSONAL_WORDS.map((word) => ({
  word,
  traits: TRAIT_NAME,
  check: isNameWord,
}));

/** Triggers for what a rule finds anywhere in a name. */
export function stemTriggers(stems: readonly string[]): TriggerWord[] {
  return stems.map((word) => ({ word, traits: TRAIT_NAME }));
}

function isParameter(text: string, _start: number, end: number): boolean {
  const next = text[end] ?? ' ';
  return '=[]%'.includes(next);
}

/** `verification_code`, `otpCode`: a code that something owns. */
function isOwnedCode(text: string, start: number): boolean {
  return /[A-Za-z0-9_ .-]/.test(text[start - 1] ?? '"');
}
