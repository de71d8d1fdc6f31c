import { characterSet, isMemberAt, LETTERS_AND_DIGITS } from '../detectors/character-set.js';
import {
  TRAIT_BASE64_RUN,
  TRAIT_CONTROL,
  TRAIT_DIGITS,
  TRAIT_FOLDABLE,
  TRAIT_HIDDEN,
  TRAIT_IBAN,
  TRAIT_LINES,
  TRAIT_NAME,
  TRAIT_NAMED,
  TRAIT_PHONE,
  TRAIT_TOKEN,
  TRAIT_TOLD_CODE,
} from '../text-traits.js';
import { foreignCodeNames } from '../told-code-names.js';
import { unspacedNames } from '../unspaced-names.js';
import { openWordWalk } from './compiled-walk.js';
import { hitPlaces } from './hit-places.js';
import type { TextRow } from './text-row.js';
import type { TextScan } from './text-scan.js';
import type { TriggerWord } from './trigger-word.js';
import { WordAutomaton } from './word-automaton.js';
import {
  BASE64_RUN,
  FOREIGN,
  IS_BASE64,
  MOST_CHARACTERS,
  type OpenWordWalk,
  STATE,
  STATE_BITS,
  WORD_RUN,
  type WordWalk,
} from './word-walk.js';

/** Of a longer word the automaton finds the beginning, and the rest is compared. */
const FOUND_BY = 9;
/** Marks beyond this are not listed: such a text is read whole. */
const MOST_MARKS = 256;
/** Of a longer run, each piece of the text is looked at by itself. */
const LONGEST_WORD = MOST_CHARACTERS + WORD_RUN;
/** So much of a run that reaches the end of a piece is looked at again: more of it was one in that piece. */
const MOST_BEFORE_SEAM = 256;
const BASE64: Uint8Array = new Uint8Array(256);
BASE64.set(characterSet('A-Za-z0-9+/'));
/** A foreign digit, or a foreign space or dash behind a digit. */
const FOREIGN_NUMBER = /\d[^\x00-\xff]|[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/;
/** What detectors read as ASCII: digits, full-width forms, spaces, and dashes behind a word. */
const FOLDABLE =
  /\w[\u2010-\u2015\u2212\ufe63]|[\u2000-\u200a\u202f\u205f\u3000\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\uff01-\uff5e]/;
/** Names of secrets that no word of the automaton can be. */
const FOREIGN_NAMES = new RegExp(`парол|${unspacedNames}|hasło|şifre`, 'giu');
const FOREIGN_CODES = new RegExp(foreignCodeNames, 'iu');
/** Letters that patterns in any case take for `i`, `k` and `s`. */
const FOREIGN_LETTER = /[\u0130\u212a\u017f]/;

/** A long run of letters and digits can be a token, or an account number. */
const WORD_TRAITS: number = TRAIT_TOKEN | TRAIT_IBAN;

/** Of a text in another script each character can be one: so many count as one place. */
const ESCAPES: number = TRAIT_HIDDEN | TRAIT_FOLDABLE;
const ESCAPES_OF_PLACE = 8;

/** By the `HAS_…` bits of a walk. */
const CONTROL_TRAITS: readonly number[] = [0, TRAIT_LINES, TRAIT_CONTROL, TRAIT_CONTROL | TRAIT_LINES];
const NOTHING: TextScan = { traits: 0, ends: [], places: 0 };

/** A word as a hit asks for it, all of one shape: the engine reads those faster. */
interface FoundWord {
  /** The length of what the automaton found. */
  readonly found: number;
  /** What must follow. */
  readonly rest: string;
  readonly traits: number;
  readonly check: TriggerWord['check'] | undefined;
}

const UNREAD: readonly FoundWord[] = [];

function foundWord({ word, traits, check }: TriggerWord): FoundWord {
  return { found: Math.min(word.length, FOUND_BY), rest: word.slice(FOUND_BY), traits, check };
}

/**
 * Walks a text once and tells what it holds, so that what is clean is read by nothing else. What matters here is the time
 * per character.
 */
export class TextScanner {
  readonly #words: readonly TriggerWord[];
  readonly #open: OpenWordWalk;
  readonly #mostPlaces: number;
  #walk: WordWalk | undefined;
  /** The indexes of the words that end at each state, or of which the beginning does. */
  #endings: WordAutomaton['endings'] = [];
  /** The same words, of the states that a text has reached: most of thousands are never found. */
  #found: (readonly FoundWord[])[] = [];
  /** Their traits; 0 where nobody has asked. */
  #stateTraits: Uint32Array = new Uint32Array(0);
  #text = '';
  #traits = 0;
  #ends: number[] = [];
  #places = 0;
  #escapes = 0;
  #anywhere = false;
  /** The text that was walked last, and what it held. */
  #known = '';
  #last: TextScan = NOTHING;

  /** @param places of a text, that are counted. */
  constructor(words: readonly TriggerWord[], open: OpenWordWalk = openWordWalk, places: number = MOST_MARKS) {
    this.#words = words;
    this.#open = open;
    this.#mostPlaces = places;
  }

  /** @param text attacker-controlled, any length; the time is linear in it. */
  scan(text: string): TextScan {
    if (text === '') return NOTHING;
    // What one reader hands on unchanged is asked about again.
    if (text === this.#known) return this.#last;
    this.#known = '';
    this.#last = this.#scan(text);
    // Long texts are not kept.
    if (text.length <= MOST_CHARACTERS) this.#known = text;
    this.#text = '';
    return this.#last;
  }

  /** Finds the texts of a row that hold nothing. */
  scanRow(row: TextRow): void {
    const walk = this.#walk ?? this.#prepare();
    if (!row.walk(walk)) return;
    const { hits, hitCount, runs, runCount } = walk;
    let place = 0;
    for (let index = 0; index < hitCount; index += 1) {
      const hit = hits[index] ?? 0;
      place = row.placeOf(hit >>> STATE_BITS, place);
      if (row.isClean(place) && this.#holdsWord(row, place, hit)) row.strike(place);
    }
    place = 0;
    for (let index = 0; index < runCount; index += 1) {
      const run = runs[index] ?? 0;
      place = row.placeOf(run & ~IS_BASE64, place);
      if (row.isClean(place) && this.#holdsRun(row, place, run)) row.strike(place);
    }
    this.#begin('');
  }

  /** Whether a hit of the walk is one in its own text, too. */
  #holdsWord(row: TextRow, place: number, hit: number): boolean {
    this.#begin(row.text(place));
    this.#endWords(hit & STATE, (hit >>> STATE_BITS) - row.start(place));
    return this.#traits !== 0;
  }

  #holdsRun(row: TextRow, place: number, run: number): boolean {
    this.#begin(row.text(place));
    this.#endRun(run, -row.start(place));
    return this.#traits !== 0;
  }

  #begin(text: string): void {
    this.#text = text;
    this.#traits = 0;
    this.#anywhere = false;
    this.#places = 0;
    this.#escapes = 0;
    if (this.#ends.length > 0) this.#ends = [];
  }

  #scan(text: string): TextScan {
    // Made late: at the start of a process nothing waits for it.
    const walk = this.#walk ?? this.#prepare();
    this.#begin(text);
    // The walk loses what foreign characters are; the test costs nothing where there are none.
    const isForeign = FOREIGN.test(text);
    for (let from = 0; from < text.length; from += MOST_CHARACTERS) {
      const piece = text.length <= MOST_CHARACTERS ? text : text.slice(from, from + MOST_CHARACTERS);
      walk.walk(piece, from === 0, isForeign);
      if (walk.hitCount + walk.runCount > 0) this.#takeNotes(walk, from);
      if (walk.controls > 0) this.#traits |= CONTROL_TRAITS[walk.controls] ?? 0;
      if (from > 0) this.#checkSeam(from);
    }
    if (isForeign) this.#markForeign(text);
    if (this.#traits === 0) return NOTHING;
    const listed = !this.#anywhere && this.#ends.length <= MOST_MARKS;
    return { traits: this.#traits, ends: listed ? this.#ends : undefined, places: this.#places };
  }

  #prepare(): WordWalk {
    const automaton = new WordAutomaton(this.#words.map(({ word }) => word.slice(0, FOUND_BY)));
    this.#endings = automaton.endings;
    this.#found = new Array<readonly FoundWord[]>(automaton.endings.length).fill(UNREAD);
    this.#stateTraits = new Uint32Array(automaton.endings.length);
    this.#walk = this.#open(automaton, hitPlaces(this.#words, automaton.endings, FOUND_BY));
    return this.#walk;
  }

  /** Takes what a walk noted in the order of the text. */
  #takeNotes({ hits, hitCount, runs, runCount }: WordWalk, from: number): void {
    let run = 0;
    for (let index = 0; index < hitCount; index += 1) {
      const hit = hits[index] ?? 0;
      const end = hit >>> STATE_BITS;
      for (; run < runCount && ((runs[run] ?? 0) & ~IS_BASE64) <= end; run += 1)
        this.#endRun(runs[run] ?? 0, from);
      const state = hit & STATE;
      if (this.#places > this.#mostPlaces && this.#isKnown(this.#traitsAt(state))) continue;
      this.#endWords(state, from + end);
    }
    for (; run < runCount; run += 1) this.#endRun(runs[run] ?? 0, from);
  }

  /** Whether another mark with these traits would say nothing new, of a text in which marks are not counted any more. */
  #isKnown(traits: number): boolean {
    return (
      this.#places > this.#mostPlaces && this.#ends.length > MOST_MARKS && (this.#traits & traits) === traits
    );
  }

  #markForeign(text: string): void {
    this.#traits |= TRAIT_CONTROL;
    this.#markRuns(text);
    const hasNumber = FOREIGN_NUMBER.test(text);
    const hasLetter = FOREIGN_LETTER.test(text);
    if (hasNumber) this.#traits |= TRAIT_DIGITS | TRAIT_PHONE | TRAIT_IBAN;
    if (hasLetter) this.#traits |= TRAIT_HIDDEN;
    const names = countOf(text, FOREIGN_NAMES, this.#mostPlaces);
    if (names > 0) this.#traits |= TRAIT_NAME | TRAIT_NAMED;
    this.#places += names;
    if (FOREIGN_CODES.test(text)) this.#traits |= TRAIT_TOLD_CODE;
    const isFoldable = FOLDABLE.test(text);
    if (isFoldable) this.#traits |= TRAIT_FOLDABLE;
    this.#anywhere = hasNumber || hasLetter || names > 0 || isFoldable;
  }

  /** To the walk, a foreign character can look like a part of the run that it ends. */
  #markRuns(text: string): void {
    let word = 0;
    let base64 = 0;
    for (let at = 0; at <= text.length; at += 1) {
      if (isMemberAt(text, at, LETTERS_AND_DIGITS)) continue;
      if (at - word >= WORD_RUN) this.#checkWord(at);
      word = at + 1;
      if (isMemberAt(text, at, BASE64)) continue;
      if (at - base64 >= BASE64_RUN) this.#checkBase64(at);
      base64 = at + 1;
    }
  }

  #endWords(state: number, place: number): void {
    const words = this.#wordsAt(state);
    for (let word = 0; word < words.length; word += 1) this.#endWord(words[word] as FoundWord, place);
  }

  #wordsAt(state: number): readonly FoundWord[] {
    const known = this.#found[state] ?? UNREAD;
    if (known !== UNREAD) return known;
    const words = (this.#endings[state] ?? []).map((index) => foundWord(this.#words[index] as TriggerWord));
    this.#found[state] = words;
    return words;
  }

  /** All traits that the words of a state can have. */
  #traitsAt(state: number): number {
    const known = this.#stateTraits[state] ?? 0;
    if (known !== 0) return known;
    let traits = 0;
    for (const word of this.#wordsAt(state)) traits |= word.traits;
    this.#stateTraits[state] = traits;
    return traits;
  }

  #endWord({ found, rest, traits, check }: FoundWord, place: number): void {
    // Of what is everywhere, another one tells nothing new.
    if (this.#isKnown(traits)) return;
    const start = place - found;
    const end = place + rest.length;
    if (end > place && this.#text.slice(place, end).toLowerCase() !== rest) return;
    if (check === undefined || check(this.#text, start, end)) this.#mark(traits, end);
  }

  #endRun(run: number, from: number): void {
    if ((run & IS_BASE64) !== 0) this.#checkBase64(from + (run & ~IS_BASE64));
    else this.#checkWord(from + run);
  }

  /** A run can lie across two pieces. */
  #checkSeam(at: number): void {
    let word = at;
    while (word - at < WORD_RUN && isMemberAt(this.#text, word, LETTERS_AND_DIGITS)) word += 1;
    this.#checkWord(word, MOST_BEFORE_SEAM);
    let end = at;
    while (end - at <= BASE64_RUN && isMemberAt(this.#text, end, BASE64)) end += 1;
    this.#checkBase64(end);
  }

  #checkBase64(end: number): void {
    if (this.#isKnown(TRAIT_BASE64_RUN)) return;
    const text = this.#text;
    let start = end;
    while (end - start <= BASE64_RUN + 2 && isMemberAt(text, start - 1, BASE64)) start -= 1;
    // The characters of an escape before the run (`%22`, `\\n`) are none of it.
    const before = text[start - 1];
    const escaped = before === '%' ? 2 : before === '\\' ? 1 : 0;
    const length = end - start;
    if (length === BASE64_RUN || (escaped > 0 && length === BASE64_RUN + escaped))
      this.#mark(TRAIT_BASE64_RUN, end);
  }

  /** Marks a run at its end, and where it is long enough: what cuts it, leaves one of them. */
  #checkWord(end: number, longest: number = LONGEST_WORD): void {
    if (this.#isKnown(WORD_TRAITS)) return;
    const text = this.#text;
    const floor = Math.max(0, end - longest);
    let start = end;
    while (start > floor && LETTERS_AND_DIGITS[text.charCodeAt(start - 1)] === 1) start -= 1;
    if (end - start < WORD_RUN || !isMixed(text, start, end)) return;
    this.#mark(WORD_TRAITS, start + WORD_RUN);
    if (end > start + WORD_RUN) this.#mark(WORD_TRAITS, end);
  }

  #count(traits: number): void {
    if ((traits & ~ESCAPES) === 0) {
      this.#escapes += 1;
      if (this.#escapes % ESCAPES_OF_PLACE !== 0) return;
    }
    this.#places += 1;
  }

  #mark(traits: number, end: number): void {
    this.#traits |= traits;
    const ends = this.#ends;
    this.#count(traits);
    if (ends.length > MOST_MARKS) return;
    let place = ends.length;
    // Nearly always the last one.
    while (place > 0 && (ends[place - 1] ?? 0) > end) place -= 1;
    if (place === ends.length) ends.push(end);
    else ends.splice(place, 0, end);
  }
}

/** How many matches there are, up to so many and one more. */
function countOf(text: string, pattern: RegExp, most: number): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) {
    count += 1;
    if (count > most) break;
  }
  return count;
}

/**
 * A digit, or letters of both cases that are no words (`orderedListItem`): what no token is without. Of letters that came by
 * chance, sixteen look like words once in a hundred and fifty times, and have no digit beside them once in sixteen times.
 */
function isMixed(text: string, start: number, end: number): boolean {
  let hasLower = false;
  let hasUpper = false;
  let hasBreak = false;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 0x39) return true;
    if (code >= 0x61) hasLower = true;
    else {
      hasUpper = true;
      if (at + 2 >= end || text.charCodeAt(at + 1) < 0x61 || text.charCodeAt(at + 2) < 0x61) hasBreak = true;
    }
  }
  return hasLower && hasUpper && hasBreak;
}
