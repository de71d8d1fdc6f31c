import { WORD_WALK } from '../generated/word-walk.js';
import { ScriptWalk } from './script-walk.js';
import { CHARACTER_CLASSES, type WordAutomaton } from './word-automaton.js';
import { MOST_CHARACTERS, type WordWalk } from './word-walk.js';

/** Shorter pieces are copied character by character: a call costs more than they do. In UTF-16 units. */
const SHORT = 24;
const PAGE = 65_536;
const MOST_RUNS = MOST_CHARACTERS / 8;

/** Of the engine's interface, which the types of Node.js do not have, what is used here; undefined with `--jitless`. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

let compiled: object | undefined;

/** A walk in WebAssembly; where there is none, or no SIMD, or no room for its memory, one in JavaScript. */
export function openWordWalk(automaton: WordAutomaton, places: Uint8Array): WordWalk {
  try {
    compiled ??= new WebAssembly.Module(Buffer.from(WORD_WALK, 'base64'));
    return new CompiledWalk(compiled, automaton, places);
  } catch {
    return new ScriptWalk(automaton, places);
  }
}

interface Offset {
  readonly value: number;
}

/** What assembly/word-walk.ts exports. */
interface WalkExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly COUNTS: Offset;
  readonly CLASSES: Offset;
  readonly TEXT: Offset;
  readonly RUNS: Offset;
  readonly HITS: Offset;
  readonly PLACES: Offset;
  readonly STEPS: Offset;
  /** `options`: the length of the longest word, negative where the places of words do not count. */
  walk(length: number, first: number, options: number): number;
}

class CompiledWalk implements WordWalk {
  readonly hits: Uint32Array;
  readonly runs: Uint16Array;
  hitCount = 0;
  runCount = 0;
  controls = 0;
  readonly #text: Buffer;
  readonly #counts: Uint32Array;
  readonly #longest: number;
  readonly #walk: WalkExports['walk'];
  #state = 0;

  constructor(module: object, { steps, longest }: WordAutomaton, places: Uint8Array) {
    const exports = new WebAssembly.Instance(module).exports as WalkExports;
    const missing = exports.STEPS.value + steps.byteLength - exports.memory.buffer.byteLength;
    // Only now: a memory that grows leaves views of it behind.
    if (missing > 0) exports.memory.grow(Math.ceil(missing / PAGE));
    const { buffer } = exports.memory;
    this.hits = new Uint32Array(buffer, exports.HITS.value, MOST_CHARACTERS);
    this.runs = new Uint16Array(buffer, exports.RUNS.value, MOST_RUNS);
    this.#text = Buffer.from(buffer, exports.TEXT.value, MOST_CHARACTERS);
    this.#counts = new Uint32Array(buffer, exports.COUNTS.value, 3);
    this.#longest = longest;
    this.#walk = exports.walk;
    new Uint16Array(buffer, exports.STEPS.value, steps.length).set(steps);
    new Uint8Array(buffer, exports.PLACES.value, places.length).set(places);
    new Uint8Array(buffer, exports.CLASSES.value).set(CHARACTER_CLASSES.map((step) => 2 * step));
  }

  walk(piece: string, isFirst: boolean, isForeign: boolean): void {
    const length = piece.length < SHORT ? this.#copy(piece) : this.#text.write(piece, 'latin1');
    this.#state = this.#walk(length, isFirst ? 0 : this.#state, isForeign ? -this.#longest : this.#longest);
    this.hitCount = this.#counts[0] ?? 0;
    this.runCount = this.#counts[1] ?? 0;
    this.controls = this.#counts[2] ?? 0;
  }

  #copy(piece: string): number {
    const text = this.#text;
    for (let at = 0; at < piece.length; at += 1) text[at] = piece.charCodeAt(at);
    return piece.length;
  }
}
