import { escapedCode } from '../detectors/character-set.js';
import {
  TRAIT_ANGLE,
  TRAIT_AT,
  TRAIT_BASE64_RUN,
  TRAIT_BRACKET,
  TRAIT_COLON,
  TRAIT_DIGIT,
  TRAIT_DIGITS,
  TRAIT_EQUALS,
  TRAIT_HIDDEN,
  TRAIT_LONG_WORD,
  TRAIT_PERCENT,
  TRAIT_QUESTION,
  TRAIT_QUOTE,
  TRAIT_SLASH,
  TRAIT_SPACE,
} from '../text-traits.js';
import type { TextScan } from './text-scan.js';
import type { TriggerWord } from './trigger-word.js';
import { ENDS_WORDS, WordAutomaton } from './word-automaton.js';

/** Longer texts go through a byte copy, which is faster to walk than a string. In UTF-16 units. */
const BYTE_COPY = 64;
const CHUNK = 16_384;
/** Marks beyond this are not listed: such a text is read whole. */
const MOST_MARKS = 256;
const LONG_WORD = 18;
const BASE64_RUN = 40;
const DIGIT_RUN = 9;
const MAX_GAP = 2;

const LETTER = 0;
const DIGIT = 1;
const WORD_MARK = 2;
const BREAK = 3;
const SEPARATOR = 4;

/** What a character is to the runs of digits and of token characters. */
const KINDS: Uint8Array = new Uint8Array(256).map((_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z]/.test(character)) return LETTER;
  if (/[0-9]/.test(character)) return DIGIT;
  return '_.~+=/-'.includes(character) ? WORD_MARK : BREAK;
});
/** Between digits of one number; the low bytes of foreign spaces and dashes count, since a byte copy holds nothing else. */
const GAPS: Uint8Array = new Uint8Array(256).map((_, code) =>
  ' -.+()/%'.includes(String.fromCharCode(code)) || code >= 0x80 || (code >= 0x10 && code <= 0x15)
    ? SEPARATOR
    : 0,
);
const MARKS: Int32Array = characterMarks();
const BASE64: Uint8Array = new Uint8Array(256).map((_, code) =>
  /[A-Za-z0-9+/]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function characterMarks(): Int32Array {
  const marks = new Int32Array(256);
  const set = (characters: string, trait: number): void => {
    for (const character of characters) marks[character.charCodeAt(0)] = trait;
  };
  set('=', TRAIT_EQUALS);
  set(':', TRAIT_COLON);
  set('{[', TRAIT_BRACKET);
  set('"\'`', TRAIT_QUOTE);
  set('%', TRAIT_PERCENT);
  set(' \t\n\r\v\f\u00a0', TRAIT_SPACE);
  set('/', TRAIT_SLASH);
  set('<', TRAIT_ANGLE);
  set('?', TRAIT_QUESTION);
  return marks;
}

const NOTHING: TextScan = { traits: 0, ends: [] };

/** Walks a text once and tells what it holds, so that what is clean is read by nothing else. */
export class TextScanner {
  readonly #words: readonly TriggerWord[];
  readonly #automaton: WordAutomaton;
  readonly #bytes: Buffer = Buffer.allocUnsafeSlow(CHUNK);
  #text = '';
  #traits = 0;
  #ends: number[] = [];
  #state = 0;
  #digits = 0;
  #gap = 0;
  /** Where the last character stood that is part of no token. */
  #break = -1;

  constructor(words: readonly TriggerWord[]) {
    this.#words = words;
    this.#automaton = new WordAutomaton(words.map(({ word }) => word));
  }

  /** @param text attacker-controlled, any length; the time is linear in it. */
  scan(text: string): TextScan {
    if (text === '') return NOTHING;
    this.#text = text;
    this.#traits = 0;
    if (this.#ends.length > 0) this.#ends = [];
    this.#state = 0;
    this.#digits = 0;
    this.#gap = 0;
    this.#break = -1;
    if (text.length < BYTE_COPY) this.#walkString(text);
    else this.#walkBytes(text);
    if (text.length - this.#break > LONG_WORD) this.#endLongWord(text.length);
    const ends = this.#ends.length > MOST_MARKS ? undefined : this.#ends;
    return { traits: this.#traits, ends };
  }

  #walkString(text: string): void {
    const { classes, steps } = this.#automaton;
    let state = 0;
    let digits = 0;
    let traits = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at) & 0xff;
      state = steps[(state << 6) + (classes[code] ?? 0)] ?? 0;
      if (state >= ENDS_WORDS) {
        state -= ENDS_WORDS;
        this.#endWords(state, at + 1);
      }
      const kind = KINDS[code];
      if (kind === LETTER) digits = 0;
      else if (kind === DIGIT) {
        traits |= TRAIT_DIGIT;
        this.#gap = 0;
        digits += 1;
        if (digits === DIGIT_RUN) this.#mark(TRAIT_DIGITS, at + 1);
      } else {
        if (digits > 0) digits = this.#afterGap(code, digits);
        traits |= MARKS[code] ?? 0;
        if (kind === BREAK) this.#breakWord(at, code);
      }
    }
    this.#traits |= traits;
  }

  #walkBytes(text: string): void {
    for (let from = 0; from < text.length; from += CHUNK) {
      const piece = text.length <= CHUNK ? text : text.slice(from, from + CHUNK);
      const length = this.#bytes.write(piece, 'latin1');
      this.#walkChunk(from, length);
    }
  }

  /** The same as a walk over the string; characters beyond Latin-1 come as their low byte, which can only add marks. */
  #walkChunk(from: number, length: number): void {
    const { classes, steps } = this.#automaton;
    const bytes = this.#bytes;
    let state = this.#state;
    let digits = this.#digits;
    let traits = 0;
    for (let at = 0; at < length; at += 1) {
      const code = bytes[at] ?? 0;
      state = steps[(state << 6) + (classes[code] ?? 0)] ?? 0;
      if (state >= ENDS_WORDS) {
        state -= ENDS_WORDS;
        this.#endWords(state, from + at + 1);
      }
      const kind = KINDS[code];
      if (kind === LETTER) digits = 0;
      else if (kind === DIGIT) {
        traits |= TRAIT_DIGIT;
        this.#gap = 0;
        digits += 1;
        if (digits === DIGIT_RUN) this.#mark(TRAIT_DIGITS, from + at + 1);
      } else {
        if (digits > 0) digits = this.#afterGap(code, digits);
        traits |= MARKS[code] ?? 0;
        if (kind === BREAK) this.#breakWord(from + at, code);
      }
    }
    this.#state = state;
    this.#digits = digits;
    this.#traits |= traits;
  }

  #afterGap(code: number, digits: number): number {
    this.#gap += 1;
    return this.#gap > MAX_GAP || GAPS[code] !== SEPARATOR ? 0 : digits;
  }

  #breakWord(at: number, code: number): void {
    if (at - this.#break > LONG_WORD) this.#endLongWord(at);
    this.#break = at;
    if (code === 0x25) this.#escape(at, escapedCode(this.#text, at));
    else if (code === 0x5c) this.#backslash(at);
  }

  #endLongWord(end: number): void {
    this.#traits |= TRAIT_LONG_WORD;
    if (end - this.#break <= BASE64_RUN) return;
    let run = 0;
    for (let at = this.#break + 1; at < end; at += 1) {
      run = BASE64[this.#text.charCodeAt(at)] === 1 ? run + 1 : 0;
      if (run === BASE64_RUN) this.#mark(TRAIT_BASE64_RUN, at + 1);
    }
  }

  /** A percent-escape of what separates is read as it stands; one of what names and secrets are made of hides them. */
  #escape(at: number, code: number): void {
    if (code < 0) return;
    const character = String.fromCharCode(code);
    if (code === 0x3d) this.#traits |= TRAIT_EQUALS;
    else if (code === 0x3a) this.#traits |= TRAIT_COLON;
    else if (code === 0x40) this.#mark(TRAIT_AT | TRAIT_HIDDEN, at + 1);
    else if (/[A-Za-z0-9%+/~._-]/.test(character)) this.#mark(TRAIT_HIDDEN, at + 1);
  }

  #backslash(at: number): void {
    const next = this.#text[at + 1];
    if (next !== 'u' && next !== 'x') return;
    const digits = this.#text.slice(at + 2, at + (next === 'u' ? 6 : 4));
    if (/^(?:[0-9A-Fa-f]{4}|[0-9A-Fa-f]{2})$/.test(digits)) this.#mark(TRAIT_HIDDEN, at + 1);
  }

  #endWords(state: number, end: number): void {
    for (const index of this.#automaton.endings[state] ?? []) {
      const word = this.#words[index];
      if (word === undefined) continue;
      const { traits, check } = word;
      if (check === undefined || check(this.#text, end - word.word.length, end)) this.#mark(traits, end);
    }
  }

  #mark(traits: number, end: number): void {
    this.#traits |= traits;
    if (this.#ends.length <= MOST_MARKS) this.#ends.push(end);
  }
}
