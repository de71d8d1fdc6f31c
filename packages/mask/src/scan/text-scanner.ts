import {
  TRAIT_BASE64_RUN,
  TRAIT_CONTROL,
  TRAIT_DIGITS,
  TRAIT_FOLDABLE,
  TRAIT_HIDDEN,
  TRAIT_NAME,
  TRAIT_NAMED,
  TRAIT_PHONE,
  TRAIT_TOKEN,
} from '../text-traits.js';
import type { TextScan } from './text-scan.js';
import type { TriggerWord } from './trigger-word.js';
import { CHARACTER_CLASSES, ENDS_WORDS, ROW_BITS, WordAutomaton } from './word-automaton.js';

/** Longer texts go through a byte copy, which is faster to walk than a string. In UTF-16 units. */
const BYTE_COPY = 40;
/** Longer byte copies are walked from their start and from their middle at once: one step waits for the last one. */
const TWO_LANES = 64;
const CHUNK = 16_384;
/** Of a longer word the automaton finds the beginning, and the rest is compared. */
const FOUND_BY = 8;
const BYTES: Buffer = Buffer.allocUnsafeSlow(CHUNK);
/** A constant of this module is part of the compiled code; an import is looked up at each character. */
const CLASSES: Uint8Array = CHARACTER_CLASSES;
const ROW: number = ROW_BITS;
const ENDS: number = ENDS_WORDS;
/** Marks beyond this are not listed: such a text is read whole. */
const MOST_MARKS = 256;
const BASE64_RUN = 40;
/** Letters and digits in a row that are a token, or the part of one that nothing else gives away. */
export const WORD_RUN: number = 16;
const HALF_RUN: number = WORD_RUN / 2;
const LETTERS_AND_DIGITS: Uint8Array = new Uint8Array(256).map((_, code) =>
  /[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0,
);
const BASE64: Uint8Array = new Uint8Array(256).map((_, code) =>
  /[A-Za-z0-9+/]/.test(String.fromCharCode(code)) ? 1 : 0,
);
const FOREIGN = /[^\x00-\xff]/;
/** A foreign digit, or a foreign space or dash behind a digit. */
const FOREIGN_NUMBER = /\d[^\x00-\xff]|[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/;
/** What detectors read as ASCII: digits, full-width forms, spaces, and dashes behind a word. */
const FOLDABLE =
  /\w[\u2010-\u2015\u2212\ufe63]|[\u2000-\u200a\u202f\u205f\u3000\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\uff01-\uff5e]/;
/** Names of secrets that no word of the automaton can be. */
const FOREIGN_NAME = /парол|密码|密碼|パスワード|비밀번호|hasło|şifre/iu;
/** Letters that patterns in any case take for `i`, `k` and `s`. */
const FOREIGN_LETTER = /[\u0130\u212a\u017f]/;

const NOTHING: TextScan = { traits: 0, ends: [] };

/**
 * Walks a text once and tells what it holds, so that what is clean is read by nothing else. What matters here is the time
 * per character: the walk is one step of an automaton, and runs of characters are looked for by samples, one per length of
 * the run.
 */
export class TextScanner {
  readonly #words: readonly TriggerWord[];
  #automaton: WordAutomaton | undefined;
  #text = '';
  #traits = 0;
  #ends: number[] = [];
  #anywhere = false;
  /** The text that was walked last, and what it held. */
  #known = '';
  #last: TextScan = NOTHING;

  constructor(words: readonly TriggerWord[]) {
    this.#words = words;
  }

  /** @param text attacker-controlled, any length; the time is linear in it. */
  scan(text: string): TextScan {
    if (text === '') return NOTHING;
    // What one reader hands on unchanged is asked about again.
    if (text === this.#known) return this.#last;
    this.#known = '';
    this.#last = this.#walk(text);
    // Long texts are not kept.
    if (text.length <= CHUNK) this.#known = text;
    this.#text = '';
    return this.#last;
  }

  #walk(text: string): TextScan {
    this.#text = text;
    this.#traits = 0;
    this.#anywhere = false;
    if (this.#ends.length > 0) this.#ends = [];
    // Made late: at the start of a process nothing waits for it.
    this.#automaton ??= new WordAutomaton(this.#words.map(({ word }) => word.slice(0, FOUND_BY)));
    if (text.length < BYTE_COPY) this.#walkString(this.#automaton, text);
    else this.#walkBytes(this.#automaton, text);
    // A byte copy has lost what foreign digits and dashes are; the test costs nothing where there are none.
    if (FOREIGN.test(text)) this.#markForeign(text);
    if (this.#traits === 0) return NOTHING;
    if (this.#anywhere || this.#ends.length > MOST_MARKS) return { traits: this.#traits, ends: undefined };
    if (this.#ends.length > 1) this.#ends.sort((left, right) => left - right);
    return { traits: this.#traits, ends: this.#ends };
  }

  #walkString({ steps }: WordAutomaton, text: string): void {
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      // The low byte of a foreign character can look like another one: that only adds candidates, which are checked.
      const step = CLASSES[text.charCodeAt(at) & 0xff] as number;
      state = steps[(state << ROW) + step] as number;
      if (state >= ENDS) {
        state -= ENDS;
        this.#endWords(state, at + 1);
      }
    }
    if (text.length >= WORD_RUN) this.#checkWord(WORD_RUN - 1);
  }

  #walkBytes(automaton: WordAutomaton, text: string): void {
    let state = 0;
    for (let from = 0; from < text.length; from += CHUNK) {
      const piece = text.length <= CHUNK ? text : text.slice(from, from + CHUNK);
      const length = BYTES.write(piece, 'latin1');
      if (text.length <= CHUNK && length >= TWO_LANES) this.#walkTwoLanes(automaton, length);
      else state = this.#walkChunk(automaton.steps, state, { from, length });
      this.#sampleRuns(from, length);
    }
  }

  /** From the start and towards the end at once. The lanes share so much that each word lies in one of them whole. */
  #walkTwoLanes({ steps, longest }: WordAutomaton, length: number): void {
    const lane = (length + longest) >> 1;
    const offset = length - lane;
    let left = 0;
    let right = 0;
    for (let at = 0; at < lane; at += 1) {
      const leftStep = CLASSES[BYTES[at] as number] as number;
      const rightStep = CLASSES[BYTES[offset + at] as number] as number;
      left = steps[(left << ROW) + leftStep] as number;
      right = steps[(right << ROW) + rightStep] as number;
      if (left >= ENDS) {
        left -= ENDS;
        this.#endWords(left, at + 1);
      }
      if (right >= ENDS) {
        right -= ENDS;
        this.#endWords(right, offset + at + 1);
      }
    }
  }

  /** Walks bytes of the copy from a state on, and gives the last state. */
  #walkChunk(
    steps: Uint16Array,
    first: number,
    { from, length }: { readonly from: number; readonly length: number },
  ): number {
    let state = first;
    for (let at = 0; at < length; at += 1) {
      const step = CLASSES[BYTES[at] as number] as number;
      state = steps[(state << ROW) + step] as number;
      if (state >= ENDS) {
        state -= ENDS;
        this.#endWords(state, from + at + 1);
      }
    }
    return state;
  }

  #markForeign(text: string): void {
    this.#traits |= TRAIT_CONTROL;
    const hasNumber = FOREIGN_NUMBER.test(text);
    const hasLetter = FOREIGN_LETTER.test(text);
    if (hasNumber) this.#traits |= TRAIT_DIGITS | TRAIT_PHONE;
    if (hasLetter) this.#traits |= TRAIT_HIDDEN;
    const hasName = FOREIGN_NAME.test(text);
    if (hasName) this.#traits |= TRAIT_NAME | TRAIT_NAMED;
    const isFoldable = FOLDABLE.test(text);
    if (isFoldable) this.#traits |= TRAIT_FOLDABLE;
    this.#anywhere = hasNumber || hasLetter || hasName || isFoldable;
  }

  #endWords(state: number, end: number): void {
    for (const index of this.#automaton?.endings[state] ?? []) {
      const word = this.#words[index];
      if (word !== undefined) this.#endWord(word, end);
    }
  }

  #endWord({ word, traits, check }: TriggerWord, found: number): void {
    // Of what is everywhere, another one tells nothing new.
    if (this.#ends.length > MOST_MARKS && (this.#traits & traits) === traits) return;
    const start = found - Math.min(word.length, FOUND_BY);
    const end = start + word.length;
    if (word.length > FOUND_BY && this.#text.slice(found, end).toLowerCase() !== word.slice(FOUND_BY)) return;
    if (check === undefined || check(this.#text, start, end)) this.#mark(traits, end);
  }

  #sampleRuns(from: number, length: number): void {
    this.#sampleWords(from, length);
    for (let at = BASE64_RUN - 1; at < length; at += BASE64_RUN) {
      if (BASE64[BYTES[at] as number] === 1) this.#checkBase64(from + at);
    }
    if (length < CHUNK) return;
    // A run can lie across two chunks.
    this.#checkWord(from + length - 1);
    this.#checkBase64(from + length - 1);
  }

  /** A run that holds a sample holds the half before it or the half behind it. */
  #sampleWords(from: number, length: number): void {
    for (let at = WORD_RUN - 1; at < length; at += WORD_RUN) {
      let reach = 0;
      while (reach < HALF_RUN && LETTERS_AND_DIGITS[BYTES[at - reach] as number] === 1) reach += 1;
      if (reach === 0) continue;
      if (reach < HALF_RUN) {
        reach = 1;
        while (
          reach < HALF_RUN &&
          at + reach < length &&
          LETTERS_AND_DIGITS[BYTES[at + reach] as number] === 1
        ) {
          reach += 1;
        }
      }
      if (reach === HALF_RUN || at + reach >= length) this.#checkWord(from + at);
    }
  }

  #checkBase64(at: number): void {
    const text = this.#text;
    let start = at + 1;
    while (at - start <= BASE64_RUN + 1 && BASE64[text.charCodeAt(start - 1)] === 1) start -= 1;
    let end = at + 1;
    while (end - at <= BASE64_RUN && BASE64[text.charCodeAt(end)] === 1) end += 1;
    // The characters of an escape before the run (`%22`, `\\n`) are none of it.
    const before = text[start - 1];
    const escaped = before === '%' ? 2 : before === '\\' ? 1 : 0;
    const length = end - start;
    if (length === BASE64_RUN || (escaped > 0 && length === BASE64_RUN + escaped))
      this.#mark(TRAIT_BASE64_RUN, end);
  }

  #checkWord(at: number): void {
    const text = this.#text;
    let start = at + 1;
    while (at - start < WORD_RUN && LETTERS_AND_DIGITS[text.charCodeAt(start - 1)] === 1) start -= 1;
    let end = at + 1;
    while (end - start < WORD_RUN && LETTERS_AND_DIGITS[text.charCodeAt(end)] === 1) end += 1;
    if (end - start >= WORD_RUN && isMixed(text, start, end)) this.#mark(TRAIT_TOKEN, end);
  }

  #mark(traits: number, end: number): void {
    this.#traits |= traits;
    // Where control characters stand, tells no reader anything.
    if (traits === TRAIT_CONTROL) return;
    if (this.#ends.length <= MOST_MARKS) this.#ends.push(end);
  }
}

/** A digit, or letters of both cases: what no token is without. */
function isMixed(text: string, start: number, end: number): boolean {
  let kinds = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 0x39) return true;
    kinds |= code >= 0x61 ? 1 : 2;
  }
  return kinds === 3;
}
