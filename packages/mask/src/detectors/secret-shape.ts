import { characterTable } from './character-set.js';

/** Words with digits that name a thing, not a secret. */
const TECHNICAL_WORDS: ReadonlySet<string> = new Set(
  (
    'base32 base58 base64 base64url utf-8 utf16 utf-16 latin1 iso8601 iso-8859-1 sha224 sha256 sha384 sha512 sha-1 sha-256 ' +
    'sha-384 sha-512 hs256 hs384 hs512 rs256 rs384 rs512 es256 es384 es512 ps256 ps384 ps512 ed25519 x25519 p-256 secp256k1 ' +
    'secp256r1 prime256v1 rsa2048 rsa4096 rsa-2048 rsa-4096 aes128 aes256 aes-128 aes-256 aes-256-gcm aes-128-gcm ' +
    'aes-256-cbc aws4-hmac-sha256 hmac-sha256 hmac-sha1 argon2 argon2i argon2id pbkdf2 bcrypt2 scrypt2 oauth1 oauth2 ' +
    'oauth2.0 openid2 saml2 saml2.0 http1 http2 http3 x.509 x-509 pkcs1 pkcs7 pkcs8 pkcs11 pkcs12 pkcs#8 pkcs#12 smtp2 ' +
    'imap4 tls1.2 tls1.3 tlsv1.2 tlsv1.3 route53 win32 win64 x86_64 arm64 amd64 linux64 python2 python3 node18 node20 ' +
    'node22 node24 neo4j log4j'
  ).split(' '),
);

/** More of a word is not looked at. In UTF-16 units. */
const LONGEST = 512;
const SHORTEST = 6;
const LONGEST_PLAIN = 24;
const DATE = /^\d{4}-\d{2}(?:-\d{2})?(?:[T ]|$)/;
const MEASURE =
  /^\d{1,12}(?:[.,]\d{1,6})?-?(?:[num]?s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?|[kmgt]?i?b|bits?|bytes?|px|st|nd|rd|th|x|k|m|chars?|characters?|digits?|times?|items?|pct)$/i;
const VERSION = /^(?:[a-z]{1,16}[-@/])?v?\d{1,6}(?:\.\d{1,6}){1,3}(?:[-+.][0-9A-Za-z.-]{0,40})?$/i;
/** Of memory, and of an account or a contract of Ethereum; a digest that says so. */
const ADDRESS = /^(?:0x(?:[0-9A-Fa-f]{1,16}|[0-9A-Fa-f]{40})$|sha(?:256|384|512)-)/;
const CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
/** `ttl=3600s`, `strength=10`: a name of its own, with a number. */
const SETTING = /^[A-Za-z_.-]{2,32}=\d{1,10}[a-z]{0,3}$/;
/** `step3`, `count2`. */
const NUMBERED_WORD = /^[A-Za-z]{1,5}\d$/;
/** Base64 (RFC 4648, 4) of a length that asks for padding. */
const PADDED =
  /^(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?:[A-Za-z0-9+/]{4}){4,64}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/;
const FILE_NAME =
  /\.(?:[cm]?[jt]sx?|json|ya?ml|py|rb|go|java|kt|php|cs|c|h|cc|cpp|rs|sh|txt|log|md|html?|css|xml|toml|ini|conf|env|pem|key|crt|lock|map|sql)$/i;

/**
 * Whether a word looks like a secret rather than like prose: letters with digits or symbols, or a long mix. Words with a
 * path, a version, a date, a measure, a file name, a position or a well-known technical term do not.
 */
export function looksSecret(word: string): boolean {
  if (word.length < SHORTEST) return false;
  // Its beginning tells: behind each name of a text without blanks stands a word as long as what is left of it.
  if (word.length > LONGEST) return looksSecret(word.slice(0, LONGEST));
  const shape = shapeOf(word);
  if (shape.other || shape.letters === 0) return false;
  if (shape.digits === 0 && shape.symbols === 0) return isLongMix(word, shape);
  if (ADDRESS.test(word)) return false;
  // No term, date, measure or version changes that often without a dot or a joint.
  if (shape.joints === 0 && shape.borders >= 4 && word.length <= 64) return true;
  return !isPlainTerm(word, shape);
}

const SHORTEST_RANDOM = 14;
/** Digests and ids, which stand beside names of all kinds. */
const HASH_OR_ID =
  /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}|[0-9A-F]{32}|[0-9A-F]{40}|[0-9A-F]{64}|[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}|\d{1,24})$/;

/**
 * Whether a word looks random and is no digest, id or number: letters and digits, or the cases of letters, that change all
 * the time. Words and numbers put together (`ultraPictureBox1`, `eu-20260812-09`) do not.
 */
export function looksRandom(word: string): boolean {
  if (word.length < SHORTEST_RANDOM || HASH_OR_ID.test(word) || word.includes('//') || !looksSecret(word))
    return false;
  const { changes, borders } = shapeOf(word);
  return changes >= word.length / 3 || borders >= Math.max(4, word.length / 8);
}

/** Whether a long word is words with numbers between them (`UserProfile42ByTenant`), which change seldom between letters and digits. */
export function holdsWords(word: string): boolean {
  return /[a-z]{5}/.test(word) && shapeOf(word).borders < 4;
}

/** Whether upper and lower case and digits alternate more than in words that are written together. */
export function changesOften(word: string): boolean {
  return shapeOf(word).changes > word.length / 2.5;
}

/**
 * Whether a word that nothing but letters and their joints is in changes its case as no name of a program does: `muHor_ZGpZ`, not
 * `PasswordGrant` or `user_name`. A digit on either side of letters tells as well, however short the word is.
 */
export function isOddlyWritten(word: string): boolean {
  if (word.length > 64) return false;
  const isMixed = /^(?=[\w.-]*[a-z][A-Z])[A-Za-z]+(?:[-_.][A-Za-z]+)+$/.test(word);
  return /^\d[A-Za-z]{2,}\d$/.test(word) || (isMixed && changesOften(word));
}

interface Shape {
  readonly letters: number;
  readonly digits: number;
  readonly symbols: number;
  /** Characters that join words. */
  readonly joints: number;
  /** Changes between upper and lower case, letters and digits. */
  readonly changes: number;
  /** How often a letter and a digit stand side by side. */
  readonly borders: number;
  /** Holds a character that no secret word of a sentence has. */
  readonly other: boolean;
}

function shapeOf(word: string): Shape {
  let letters = 0;
  let digits = 0;
  let symbols = 0;
  let joints = 0;
  let changes = 0;
  let borders = 0;
  let other = false;
  let previous = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === DIGIT) digits += 1;
    else if (kind === UPPER || kind === LOWER) letters += 1;
    else if (kind === SYMBOL && at > 0 && at < word.length - 1) symbols += 1;
    else if (kind === OTHER) other = true;
    if (kind === JOINT) joints += 1;
    if (kind !== previous && previous !== 0 && kind <= DIGIT) {
      changes += 1;
      if (previous <= DIGIT && (kind === DIGIT || previous === DIGIT)) borders += 1;
    }
    previous = kind;
  }
  return { letters, digits, symbols, joints, changes, borders, other };
}

const UPPER = 1;
const LOWER = 2;
const DIGIT = 3;
const JOINT = 4;
const SYMBOL = 5;
const OTHER = 6;

const KINDS: Uint8Array = characterTable([
  [OTHER, '\0-\x7f'],
  [DIGIT, '0-9'],
  [UPPER, 'A-Z'],
  [LOWER, 'a-z'],
  [JOINT, '_.=/-'],
  [SYMBOL, '!?@#$%^&*+~|'],
]);

function kindOf(code: number): number {
  if (code < 0x80) return KINDS[code] ?? OTHER;
  return code >= 0xc0 && code < 0x2000 ? LOWER : JOINT;
}

function isPlainTerm(word: string, shape: Shape): boolean {
  const lower = word.toLowerCase();
  if (TECHNICAL_WORDS.has(lower) || TECHNICAL_WORDS.has(lower.replace(/[.,]$/, ''))) return true;
  if (DATE.test(word) || word.length > 64) return DATE.test(word);
  if (
    MEASURE.test(word) ||
    VERSION.test(word) ||
    SETTING.test(word) ||
    NUMBERED_WORD.test(word) ||
    CONSTANT.test(word) ||
    FILE_NAME.test(word)
  )
    return true;
  if (word.startsWith('${') || word.startsWith('%{')) return true;
  // A path changes case seldom, and base64 does all the time, however few digits it has.
  if (word.includes('/') && shape.digits + shape.symbols < 4) return !isBase64(word, shape);
  return shape.digits === 0 && !/[A-Za-z0-9][!@#$%^&*+~|]/.test(word);
}

/** Padded, or of cases that change all the time. */
function isBase64(word: string, shape: Shape): boolean {
  return PADDED.test(word) || (word.length >= 20 && shape.changes > word.length / 3);
}

/** Letters only: base64 changes case all the time, a camel-case name seldom. */
function isLongMix(word: string, shape: Shape): boolean {
  if (word.length < 16 || /[-_./]/.test(word))
    return word.length > LONGEST_PLAIN && shape.changes > word.length / 3;
  return shape.changes > word.length / 3;
}
