import type { FoundName } from './found-name.js';
import { isMetavariable } from './option-name.js';
import { isMessageWord, opensSentence } from './prose.js';
import { isKeyFile, isReference, isSecretsName, isStoredName } from './secret-reference.js';

/** Options that take a file, a type, or nothing. */
const NO_SECRET = /-(?:file|path|stdin|prompt|type)$/i;

/** Whether the word behind the option of a secret is the secret: no reference, no sign of a shell, no word of a sentence or of a usage line. */
export function isFlagValue(text: string, found: FoundName, word: string): boolean {
  const { text: name, end } = found;
  if (isStoredName(text, found, word)) return false;
  if (isMetavariable(name, word) || isReference(word) || isKeyFile(word) || isSecretsName(name, word))
    return false;
  if (/^(?:\d|<<<?)$/.test(word) || word.startsWith('-') || isMessageWord(word) || NO_SECRET.test(name))
    return false;
  return !opensSentence(text, end, { name, value: word });
}

interface WordBehind {
  readonly word: string;
  readonly end: number;
}

/** Whether a word is the token of `Bearer xyz` at the end of a line or value, in the case of the header. */
export function isBearerToken(text: string, name: string, { word, end }: WordBehind): boolean {
  if (name !== 'Bearer' || isMessageWord(word) || word.includes('=') || word.length < 3) return false;
  return end >= text.length || '\r\n"\',;'.includes(text[end] ?? '\n');
}
