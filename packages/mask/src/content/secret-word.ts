import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { isMaskedValue } from './masked-value.js';
import { isPlaceholder } from './placeholder.js';
import { isMessageWord } from './prose.js';
import type { SecretPart } from './secret-commands.js';

const PAIR = /^[\w./:-]{1,128}=/;
/** What a store reads from a file or from its input. */
const READ_ELSEWHERE = /^(?:@|-$)/;
/** A file and the password behind it; neither a drive of Windows nor the address of a token. */
const CERTIFICATE = /^((?!pkcs11:)[^:]{2,256}:)./;

/**
 * What stands for a word of a command that is a secret by its place, as far as it is one; undefined when it is none.
 *
 * @param word attacker-controlled.
 */
export function maskSecretPart(part: SecretPart, word: string, rules: ContentRules): string | undefined {
  const isPair = part === 'value' || part === 'value?';
  const before = isPair ? (PAIR.exec(word)?.[0] ?? word) : '';
  const secret = withoutCloser(word.slice(before.length));
  if (isMaskedValue(secret, rules) || isPlaceholder(secret) || isMessageWord(secret)) return undefined;
  if (READ_ELSEWHERE.test(secret) || (part.endsWith('?') && !looksSecret(secret))) return undefined;
  return before + rules.mask + word.slice(before.length + secret.length);
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
