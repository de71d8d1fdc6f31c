import { isPlaceholder } from './placeholder.js';

/** What stands between the name of a client and a word of its command line. */
export interface WordsBefore {
  /** Words without a dash. */
  readonly words: readonly string[];
  /** The letters of all short options. */
  readonly flags: string;
}

type PlaceTest = (word: string, before: WordsBefore) => boolean;

const isOracleLogin: PlaceTest = (word, { words }) =>
  (words.length === 0 || /^(?:target|catalog|auxiliary)$/i.test(words[words.length - 1] ?? '')) &&
  /^[^/\s]{1,128}\/[^/\s]/.test(word);
const followsPassword: PlaceTest = (_, { words }) => words[words.length - 1] === 'password';
/** `-b file user password`; with `-n` no file is named. */
const endsBatch: PlaceTest = (_, { words, flags }) =>
  flags.includes('b') && words.length >= (flags.includes('n') ? 1 : 2);
const after =
  (verb: RegExp, count: number): PlaceTest =>
  (_, { words }) =>
    words.length === count && verb.test(words[0] ?? '');

const PLACES: ReadonlyMap<string, PlaceTest> = new Map([
  ...['sqlplus', 'sqlldr', 'expdp', 'impdp', 'rman'].map((client) => [client, isOracleLogin] as const),
  ['rabbitmqctl', after(/^(?:add_user|change_password|authenticate_user)$/, 2)],
  ['vault', after(/^login$/, 1)],
  ['mysqladmin', followsPassword],
  ['nmcli', followsPassword],
  ['htpasswd', endsBatch],
  ['mosquitto_passwd', endsBatch],
  ['wpa_passphrase', after(/./, 1)],
  ['net', isWindowsPassword],
  ['bundle', (word, { words }) => words[0] === 'config' && /^[\w.-]{1,64}:[^/\s]\S{0,128}$/.test(word)],
  ['convertto-securestring', (_, { words }) => words.length === 0],
]);

/** `net use \\\\host\\share PASSWORD`, `net user name PASSWORD`: no drive, share, option or prompt. */
function isWindowsPassword(word: string, { words }: WordsBefore): boolean {
  if (/^(?:[a-z]:$|\\|\/|\*)/i.test(word)) return false;
  return /^use$/i.test(words[0] ?? '') || (/^user$/i.test(words[0] ?? '') && words.length === 2);
}

/** Whether a client takes a secret as a word without an option. */
export function takesPositionalSecret(client: string): boolean {
  return PLACES.has(client);
}

/** Whether a word is a secret by where it stands: `rabbitmqctl add_user bob SECRET`, `sqlplus bob/SECRET@db`. */
export function isPositionalSecret(client: string, word: string, before: WordsBefore): boolean {
  if (word.startsWith('-') || isPlaceholder(word)) return false;
  return PLACES.get(client)?.(word, before) === true;
}
