import { characterTable } from '../detectors/character-set.js';
import { isMeant } from './hit-places.js';
import { ROW_BITS } from './trie.js';
import { CHARACTER_CLASSES, ENDS_WORDS, type WordAutomaton } from './word-automaton.js';
import {
  BASE64_RUN,
  HAS_CONTROLS,
  HAS_LINES,
  IS_BASE64,
  LONGEST_BASE64_RUN,
  MOST_CHARACTERS,
  STATE_BITS,
  WORD_RUN,
  type WordWalk,
} from './word-walk.js';

/** Of each byte: 1 for a letter or digit, 2 for a base64 character. */
const RUN_MEMBERS: Uint8Array = new Uint8Array(256);
RUN_MEMBERS.set(
  characterTable([
    [3, 'A-Za-z0-9'],
    [2, '+/'],
  ]),
);
/** Of each byte the `HAS_…` bits. */
const CONTROLS: Uint8Array = new Uint8Array(256).map((_, code) => {
  if (code === 0x09 || code === 0x0a) return HAS_LINES;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0xad ? HAS_CONTROLS : 0;
});

/** A walk in JavaScript, for where there is no WebAssembly (`node --jitless`). */
export class ScriptWalk implements WordWalk {
  readonly hits: Uint32Array = new Uint32Array(MOST_CHARACTERS);
  readonly runs: Uint16Array = new Uint16Array(MOST_CHARACTERS);
  hitCount = 0;
  runCount = 0;
  controls = 0;
  readonly #steps: Uint16Array;
  readonly #places: Uint8Array;
  readonly #bytes = Buffer.alloc(MOST_CHARACTERS + 1);
  #state = 0;

  constructor(automaton: WordAutomaton, places: Uint8Array) {
    this.#steps = automaton.steps;
    this.#places = places;
  }

  walk(piece: string, isFirst: boolean, isForeign: boolean): void {
    const bytes = this.#bytes;
    const length = bytes.write(piece, 'latin1');
    // Ends what runs up to the end.
    bytes[length] = 0x20;
    this.#noteHits(length, isFirst ? 0 : this.#state, isForeign);
    this.#noteRuns(length);
  }

  #noteHits(length: number, first: number, isForeign: boolean): void {
    const steps = this.#steps;
    const bytes = this.#bytes;
    let state = first;
    this.hitCount = 0;
    for (let at = 0; at < length; at += 1) {
      state = steps[(state << ROW_BITS) + (CHARACTER_CLASSES[bytes[at] ?? 0] ?? 0)] ?? 0;
      if (state < ENDS_WORDS) continue;
      state -= ENDS_WORDS;
      const place = isForeign ? 0 : (this.#places[state] ?? 0);
      if (place !== 0 && !isMeant(bytes, at + 1, place)) continue;
      this.hits[this.hitCount] = ((at + 1) << STATE_BITS) | state;
      this.hitCount += 1;
    }
    this.#state = state;
  }

  #noteRuns(length: number): void {
    let word = 0;
    let base64 = 0;
    this.runCount = 0;
    this.controls = 0;
    for (let at = 0; at <= length; at += 1) {
      const byte = this.#bytes[at] ?? 0;
      this.controls |= CONTROLS[byte] ?? 0;
      const member = RUN_MEMBERS[byte] ?? 0;
      if (member === 3) continue;
      if (at - word >= WORD_RUN) this.#noteRun(at);
      word = at + 1;
      if (member === 2) continue;
      if (at - base64 >= BASE64_RUN && at - base64 <= LONGEST_BASE64_RUN) this.#noteRun(at | IS_BASE64);
      base64 = at + 1;
    }
  }

  #noteRun(run: number): void {
    this.runs[this.runCount] = run;
    this.runCount += 1;
  }
}
