import { isPlainSegment } from './content/one-time-link.js';
import type { NamePlace } from './content-rules.js';
import { holdsWords, looksRandom, looksSecret } from './detectors/secret-shape.js';
import { nameEnds, nameWords } from './name-words.js';
import type { TriggerWord } from './scan/trigger-word.js';
import { isNameWord } from './scan/word-edges.js';
import { AWS_SECRET, namedPart, SEGMENTED_LENGTH } from './secret-names.js';
import { TRAIT_NAME } from './text-traits.js';
import { wordSet } from './words-and-plurals.js';

// Names that are as often of something else: the value decides.

/** Ends of names, their words joined; in front of them others may stand. */
const ENDS: ReadonlySet<string> = wordSet(`
  sid salt pepper sign sig hmac pat crumb dpop zak macaroon authentication hmac_sha1 hmac_sha256 signed_request art_api protection_bypass
  auth_header auth_headers auth_string auth_data auth_value stream_key streaming_key streamkey sessionid user_code enrollment_code
  oob_code oidc_data assertion account_json account_json_base64
  plaintext base32 pfx pkcs12 p12 ikm psk_hex seed_hex seed_b64 seed_base64 routing_key keys_b64 keys_base64 keys_hex key_share key_shares
  kubeconfig kube_config kubeconfig_b64 kubeconfig_base64 kube_config_b64 kube_config_base64
  remember_me fastlane_session app_certificate jwk
  sso_ticket saml_ticket auth_ticket login_ticket sas x_edge_key origin_verify
`);
const SHORTEST = 10;
/** A file with keys, in base64. */
const LONGEST = 16_384;
/** Ids of Windows, whose parts are numbers, and references. */
const NO_SECRET = /^(?:S-1-\d|CVE-\d|arn:|https?:|[./~])/i;
/** No escapes, and nothing that was masked. */
const OPAQUE = /^[\w+/=.~:!-]+$/;
const HEX = /^[0-9a-f]{16,128}$/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a name may be that of a secret: `password_salt`, `x-signature-hmac`. @param name attacker-controlled. */
export function isDoubtfulName(name: string, place: NamePlace): boolean {
  if (name === AWS_SECRET) return true;
  if (isTokenName(name, place)) return false;
  if (name.length > SEGMENTED_LENGTH || !CANDIDATES.test(name)) return false;
  return endsIn(name, ENDS) || isSessionName(name, place);
}

/** Whether a name in a text may be the head of what the action `hash` made: `hmac:6fe2…`. */
export function isTokenName(name: string, place: NamePlace): boolean {
  return name === 'hmac' && place === 'assignment';
}

/** Whether a value under such a name is another HMAC than that of the action `hash`: the name of a value that was masked is no secret. */
export function isOtherHmac(value: string): boolean {
  return !/^[0-9a-f]{24}$/.test(value) && isOpaque(value);
}

/** Whole names of what a session is known by. */
const SESSIONS: ReadonlySet<string> = wordSet(`
  session session_id sess_id x_session x_session_id x_sess_id user_session user_session_id auth_session auth_session_id login_session
  login_session_id web_session web_session_id http_session http_session_id
`);

/** What an app of Rails calls its own: `_shop_session`. */
const RAILS_COOKIE = /^_(?:\w{1,64}_)?session(?:_id)?$/i;

/** Whether a name is one of a session that whoever knows it is in: a header, a parameter, a member. An attribute (`session.id`) names one. */
function isSessionName(name: string, place: NamePlace): boolean {
  if (!/sess/i.test(name) || /session\.(?:previous_)?id$/i.test(name)) return false;
  if (RAILS_COOKIE.test(name)) return true;
  const part = namedPart(name);
  return (place !== 'attribute' || part !== name) && SESSIONS.has(nameWords(part).join('_'));
}

/** Whether a value under such a name is a secret: opaque, and no number or word. */
export function isOpaque(value: string): boolean {
  if (value.length < SHORTEST || value.length > LONGEST || !OPAQUE.test(value) || NO_SECRET.test(value))
    return false;
  return HEX.test(value) ? /[a-f]/i.test(value) : UUID.test(value) || (looksSecret(value) && !isWord(value));
}

/** `VisualEditor0`, `Release2Candidate`. */
function isWord(value: string): boolean {
  return holdsWords(value) || /^[A-Za-z]{1,24}\d{1,4}$/.test(value);
}

/** Of a second factor, what was typed: not whether it is on. */
const SECOND_FACTORS: ReadonlySet<string> = new Set(['two_factor', 'twofactor', '2fa', 'mfa', 'tfa']);
const TYPED_CODE = /^(?!\d{4}-)(?=\D{0,16}\d)[\w-]{4,32}$/;

export function isSecondFactorName(name: string): boolean {
  return name.length <= SEGMENTED_LENGTH && /factor|[2mt]fa/i.test(name) && endsIn(name, SECOND_FACTORS);
}

export function isTypedCode(value: string): boolean {
  return TYPED_CODE.test(value);
}

/** What stands on the back of a card; elsewhere a customer (`CardCode: C20000`). */
export function isCardCodeName(name: string): boolean {
  return /card[_-]?code$/i.test(name);
}

export function isCardCode(value: string): boolean {
  return /^\d{3,4}$/.test(value);
}

/** What looks up a row everywhere else: in Azure, a base64 key. */
const LOOKUPS: ReadonlySet<string> = new Set(['primary_key', 'secondary_key']);
const BASE64_KEY = /^[A-Za-z0-9+/]{42,86}={1,2}$/;

/** Where an object lies everywhere else: of an account of Azure, a key. */
const STORAGE_KEYS: ReadonlySet<string> = new Set(['storage_key']);

export function isStorageKeyName(name: string): boolean {
  return name.length <= SEGMENTED_LENGTH && /key/i.test(name) && endsIn(name, STORAGE_KEYS);
}

/** No path of an object. */
export function isRandomKey(value: string): boolean {
  return isKeyMaterial(value) || (/^[\w-]{20,128}$/.test(value) && looksRandom(value));
}

/** A list of keys under a name that says no more: what Vault prints, once, when it is set up. */
export function isBareKeyName(name: string, place: NamePlace): boolean {
  return name === 'keys' && place !== 'attribute';
}

export function isUnsealKey(value: string): boolean {
  return isKeyMaterial(value) || (/^[0-9a-f]{64,66}$/.test(value) && /[a-f]/.test(value));
}

/** Of a text that a model reads, its pieces, or of an error what it is called; elsewhere what lets in. */
export function isBareTokenName(name: string, place: NamePlace): boolean {
  return (name === 'tokens' || name === 'code') && place !== 'attribute';
}

export function isOpaqueToken(value: string): boolean {
  return value.length >= SHORTEST_TOKEN && isOpaque(value) && !CODE_OF_THING.test(value);
}

/** The code of a product, a parcel, an error: `PROD-2024-000123-DE-BER`, or the id of a record. */
const CODE_OF_THING = /^[A-Z\d]+(?:-[A-Z\d]+)*$|^[\da-f]{8}-[\da-f-]{27}$/;

const SHORTEST_TOKEN = 20;
const LINKS: ReadonlySet<string> = wordSet('magic_link magic_url login_link signin_link sign_in_link');
const URL_START = /^https?:\/\/[^/?#\s]{1,256}[/?#]/i;

/** Whether a name is that of a link by which whoever opens it is signed in. */
export function isLinkName(name: string): boolean {
  return name.length <= SEGMENTED_LENGTH && /lin?k|url/i.test(name) && endsIn(name, LINKS);
}

/** Whether a URL holds more than words: what signs in. */
export function isSignInLink(value: string): boolean {
  if (value.length > LONGEST || !URL_START.test(value)) return false;
  return /[?#]./.test(value) || value.slice(8).split('/').slice(1).some(isOpenPart);
}

function isOpenPart(part: string): boolean {
  return part !== '' && !isPlainSegment(part);
}

export function isLookupKeyName(name: string): boolean {
  return name.length <= SEGMENTED_LENGTH && /key/i.test(name) && endsIn(name, LOOKUPS);
}

export function isKeyMaterial(value: string): boolean {
  return BASE64_KEY.test(value) && looksRandom(value.replace(/=+$/, ''));
}

function endsIn(name: string, ends: ReadonlySet<string>): boolean {
  return nameEnds(nameWords(name)).some((end) => ends.has(end));
}

const CANDIDATES =
  /s[ai]|sess|pepper|hmac|pat|crumb|dpop|zak|macaroon|auth|request|api|bypass|key|code|session|factor|json|oidc|assertion|ticket|origin|plaintext|base32|pfx|p12|pkcs12|ikm|psk|seed|kube|remember|certificate|jwk/i;

/** Words of such names; those that hold another word of a secret have one already. */
export const DOUBTFUL_NAME_TRIGGERS: readonly TriggerWord[] = [
  ...'salt pepper sign sig hmac pat crumb dpop zak macaroon authentication'.split(' '),
  ...[
    'signed_request',
    'signed-request',
    'art-api',
    'art_api',
    'hmacsha',
    'two_factor',
    'two-factor',
    'twofactor',
  ],
  ...[
    'account_json',
    'account-json',
    'accountjson',
    'plaintext',
    'base32',
    'pfx',
    'pkcs12',
    'p12',
    'ikm',
    'psk_hex',
    'pskhex',
    'kubeconfig',
  ],
  ...['kube_config', 'kube-config', 'seed_hex', 'seedhex', 'seed_b64', 'seed_base64', 'seedbase64'],
  ...['sas', 'sso_ticket', 'sso-ticket', 'ssoticket', 'saml_ticket', 'samlticket'],
  ...['auth_ticket', 'authticket', 'login_ticket', 'loginticket', 'origin-verify', 'origin_verify'],
  ...[
    'remember_me',
    'remember-me',
    'rememberme',
    'app_certificate',
    'app-certificate',
    'jwk',
    '2fa',
    'mfa',
    'tfa',
  ],
  ...['magic_link', 'magic-link', 'magiclink', 'magic_url', 'magicurl', 'login_link', 'loginlink'],
  ...['signin_link', 'signinlink', 'sign_in_link'],
].map((word) => ({ word, traits: TRAIT_NAME, place: 'word' as const, check: isNameWord }));

/** Words of the names of sessions: a text that only mentions one is not read for it. */
export const SESSION_TRIGGERS: readonly TriggerWord[] = [
  { word: 'code', traits: TRAIT_NAME, check: isCodePair },
  { word: 'session', traits: TRAIT_NAME, check: isSessionPair },
  ...['sess_id', 'sess-id', 'sessid'].map((word) => ({ word, traits: TRAIT_NAME })),
];

/** Behind the word: an operator and what can be opaque, the end of a name in quotes, or what is encoded. */
const SESSION_PAIR =
  /^[_-]?(?:id)?(?:\\{0,7}["'\]`]{1,2}\s{0,8}[,})\]"\\]|\\{0,7}["'\]`]{0,2}[ \t]{0,8}(?:=>?|:)[\s\\"'`[]{0,16}[\w+/=.~:!%-]{10}|%(?:25)?(?:3[ad]|22|5d)|<|>|&quot;)/i;

/** Or a word of a sentence that is none: `session id is i9gK8efdop`. */
const OPAQUE_BEHIND = /\s\W{0,4}(?=[\w+/=.~%-]{10})[a-z+/=.~%-]{0,48}[\dA-Z_]/;

/** The name of an error is shorter than a code that is exchanged for a token. */
const SHORT_PAIR = /^[\\"']{0,4}[ \t]{0,4}[:=][\s\\"']{0,8}[\w+/=.~:!%-]{10,19}(?![\w+/=.~:!%-])/;

function isCodePair(text: string, _start: number, end: number): boolean {
  return SESSION_PAIR.test(text.slice(end, end + 80)) && !SHORT_PAIR.test(text.slice(end, end + 48));
}

function isSessionPair(text: string, _start: number, end: number): boolean {
  const behind = text.slice(end, end + 80);
  return SESSION_PAIR.test(behind) || OPAQUE_BEHIND.test(behind);
}
