import type { ContentRules } from '../content-rules.js';
import { looksRandom, looksSecret } from '../detectors/secret-shape.js';
import { isMaskedValue } from './masked-value.js';
import { isPlaceholder } from './placeholder.js';
import { isMessageWord } from './prose.js';
import type { SecretPart } from './secret-commands.js';

const PAIR = /^[\w./:-]{1,128}=/;
/** What a store reads from a file or from its input. */
const READ_ELSEWHERE = /^(?:@|-$)/;
/** `bob:x@host`, perhaps with a domain or a path; neither a URL nor two addresses. */
const LOGIN =
  /^([^\s:@]{1,128}:)(?!\/\/)([^\s]{1,256})(@[\w.[\]-]{1,253}(?::[\w/.~-]{0,128}|\/[\w/.~-]{0,128})?)$/;
/** A file and the password behind it; neither a drive of Windows nor the address of a token. */
const CERTIFICATE = /^((?!pkcs11:)[^:]{2,256}:)./;

/**
 * What stands for a word of a command that is a secret by its place, as far as it is one; undefined when it is none.
 *
 * @param word attacker-controlled.
 */
export function maskSecretPart(part: SecretPart, word: string, rules: ContentRules): string | undefined {
  if (part === 'login') return maskLogin(word, rules);
  const isPair = part === 'value' || part === 'value?';
  const before = isPair ? (PAIR.exec(word)?.[0] ?? word) : '';
  const secret = withoutCloser(word.slice(before.length));
  if (isMaskedValue(secret, rules) || isPlaceholder(secret) || isMessageWord(secret)) return undefined;
  if (READ_ELSEWHERE.test(secret) || (part.endsWith('?') && !looksSecret(secret))) return undefined;
  return before + rules.mask + word.slice(before.length + secret.length);
}

/** The password of `bob:x@host` goes; undefined when a word is no such thing. */
export function maskLogin(word: string, rules: ContentRules): string | undefined {
  const [, user = '', password = '', host = ''] = LOGIN.exec(word) ?? [];
  if (user === '' || isMaskedValue(password, rules) || isPlaceholder(password)) return undefined;
  return user + rules.mask + host;
}

/** Of a command in brackets, the last word has the one that closes them. */
function withoutCloser(word: string): string {
  return word.endsWith(')') && !word.includes('(') ? word.slice(0, -1) : word;
}

/** The name at the end of a word: `_authToken` of `//registry.example/:_authToken`, `password` of `password=`. */
export function lastName(word: string): string {
  const end = word.endsWith('=') ? word.length - 1 : word.length;
  return word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf(':')) + 1, end);
}

/** The password of a certificate's file goes: `client.p12:x`. */
export function maskCertificate(value: string, rules: ContentRules): string {
  const file = CERTIFICATE.exec(value)?.[1];
  return file === undefined || isPlaceholder(value.slice(file.length)) ? value : file + rules.mask;
}

const ID_OR_DIGEST =
  /^(?=.{0,40}[a-f])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i;

/** Whether a word says nothing: an id, a digest, letters and digits by chance. */
export function isOpaque(word: string): boolean {
  return /^[\w-]{14,128}$/.test(word) && (ID_OR_DIGEST.test(word) || looksRandom(word));
}
