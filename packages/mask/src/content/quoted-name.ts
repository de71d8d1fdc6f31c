import { isTypedName } from './code-value.js';
import { isMessageWord, isPlainWord } from './prose.js';

const LONGEST_NAME = 128;
/** Between a name in quotes and its value. */
const BETWEEN = /(["'`])\s{0,8}:\s{0,8}$/;
const LONGEST_WORD = 48;
const SHORT_NUMBER = /^\d{1,3}$/;

/**
 * Whether a word without quotes says what became of the thing whose name stands in quotes before it, as messages do: `table "api_tokens": locked`,
 * `route "/reset-password": 200`. No member of an object begins behind another word.
 *
 * @param at where the word begins.
 */
export function isToldOfName(text: string, at: number, value: string): boolean {
  const word = value.length > LONGEST_WORD ? value : value.replace(/[.:;!?]{1,8}$/, '');
  const isWord = isPlainWord(word);
  if (!isWord && !SHORT_NUMBER.test(word)) return false;
  const head = text.slice(Math.max(0, at - LONGEST_NAME), at);
  const between = BETWEEN.exec(head);
  if (between === null) return false;
  const opener = head.lastIndexOf(between[1] ?? '"', between.index - 1);
  if (opener < 0) return false;
  if (isTypedName(head.slice(opener + 1, between.index)) && !isMessageWord(word)) return false;
  if (/[\w)\]] $/.test(head.slice(0, opener))) return true;
  return isWord && isMessageWord(word) && !/[{,[]\s*$/.test(head.slice(0, opener));
}

/** Behind a word without quotes: the sentence goes on. */
const GOES_ON = /^(?:\s|\\[nrt]){0,64}["A-Za-z]/;

/** Whether what stands where the value of a member would is a word of a sentence: `volume "tls" : secret "x" not found`. */
export function isWordOfSentence(text: string, at: number, literal: string): boolean {
  if (!/^[A-Za-z\d.:;!?'-]+$/.test(literal)) return false;
  const end = at + literal.length;
  return (
    (/^[A-Za-z]+$/.test(literal) && GOES_ON.test(text.slice(end, end + 128))) ||
    isToldOfName(text, at, literal)
  );
}
