import { codeAt, codeBefore } from './code-points.js';
import { Op, type PatternProgram } from './pattern-program.js';

/** Places in a program that are reached at once, best first. */
interface State {
  readonly places: readonly number[];
  /** True when an edge can be reached from the places, and the next character has to say whether it is one. */
  readonly waits: boolean;
  /** What the character before is to the place in the text; 0 where nothing waits. */
  readonly side: number;
}

/** How an automaton searches. */
interface Search {
  /** Offset at which it ends, in UTF-16 units. */
  readonly to: number;
  /** Reads from `from` down to `to`. */
  readonly backwards?: boolean;
  /** Ends at the first match, whichever it is. */
  readonly any?: boolean;
}

const UNKNOWN = -1;
/** States by number. When memory was filled too often, they are kept in one of two, in turns, and never looked up. */
const DEAD = 1;
const SPARE = 2;
const FIRST = 4;
/** Rounds are numbered in 32 bits. */
const LAST_ROUND = 0xffff_ffff;
const MOST_STATES = 1000;
const MOST_PLACES = 200_000;
const MOST_CELLS = 250_000;
/** Times that the states of one search fill memory before it does without. */
const MOST_RENEWALS = 8;

/**
 * Follows every way through a program at once. What was worked out about a character is kept, so that the next one like it
 * costs one look-up; so the time for a text is linear in it, whatever the pattern.
 */
export class LazyAutomaton {
  readonly #program: PatternProgram;
  readonly #onlyBest: boolean;
  /** Classes of characters, and the end of the text. */
  readonly #width: number;
  /** For a state and a class: twice the next state, and one more when a match ends before the character. 0: not worked out. */
  #table = new Int32Array(0);
  #states: State[] = [];
  #numbers = new Map<string, number>();
  #placeCount = 0;
  readonly #seen: Uint32Array;
  #round = 0;
  #renewals = 0;

  /** @param onlyBest finds the end of the match that a backtracking engine would find, else the farthest one. */
  constructor(program: PatternProgram, onlyBest: boolean) {
    this.#program = program;
    this.#onlyBest = onlyBest;
    this.#width = program.classes.count + 1;
    this.#seen = new Uint32Array(program.ops.length);
    this.#forget();
  }

  /** Offset of the other end of a match, or -1. */
  find(text: string, from: number, { to, backwards = false, any = false }: Search): number {
    this.#renewals = 0;
    const { classes } = this.#program;
    let found = -1;
    let state = this.#start(backwards ? codeAt(text, from) : codeBefore(text, from));
    let table = this.#table;
    for (let at = from; ; ) {
      const code = backwards ? codeBefore(text, at) : codeAt(text, at);
      const charClass = classes.of(code);
      let step = table[state * this.#width + charClass] ?? 0;
      if (step === 0) {
        step = this.#work(state, charClass);
        table = this.#table;
      }
      if ((step & 1) === 1) {
        found = at;
        if (any) return at;
      }
      state = step >> 1;
      if (state === DEAD || at === to) return found;
      const units = code > 0xffff ? 2 : 1;
      at += backwards ? -units : units;
    }
  }

  #isFull(): boolean {
    const { length } = this.#states;
    return length >= MOST_STATES || length * this.#width >= MOST_CELLS || this.#placeCount >= MOST_PLACES;
  }

  #forget(): void {
    const none = { places: [], side: 0, waits: false };
    this.#states = Array.from({ length: FIRST }, () => none);
    this.#numbers = new Map();
    this.#placeCount = 0;
    this.#table = new Int32Array(this.#width * FIRST * 4);
  }

  #start(codeBesides: number): number {
    const { start, classes } = this.#program;
    return this.#number(this.#state([start], this.#program.side(classes.of(codeBesides))), DEAD);
  }

  /** Works out what comes of a state at a character. */
  #work(from: number, charClass: number): number {
    const program = this.#program;
    const { places, side, waits } = this.#states[from] ?? { places: [], side: 0, waits: false };
    const nextSide = program.side(charClass);
    const after: number[] = [];
    let matched = 0;
    for (const place of waits ? this.#close(places, side, nextSide) : places) {
      if (program.ops[place] === Op.match) {
        matched = 1;
        if (this.#onlyBest) break;
      } else if (program.takes(place, charClass)) after.push(program.next[place] ?? 0);
    }
    const renewals = this.#renewals;
    const next = this.#number(this.#state(after, nextSide), from);
    const step = next * 2 + matched;
    const isKept = next === from || (from >= FIRST && (next >= FIRST || next === DEAD));
    if (isKept && renewals === this.#renewals) this.#table[from * this.#width + charClass] = step;
    return step;
  }

  #state(from: readonly number[], side: number): State {
    const places = this.#close(from, side, UNKNOWN);
    const waits = places.some((place) => this.#program.ops[place] === Op.edge);
    // Begun again from here, not from the edges: which way comes first through a loop hangs on how it was entered.
    return waits ? { places: [...new Set(from)], side, waits } : { places, side: 0, waits };
  }

  /** Places that take a character or end a match, reached from others without one, best first. */
  #close(from: readonly number[], before: number, after: number): number[] {
    const { ops, next, rest } = this.#program;
    const seen = this.#seen;
    const round = this.#nextRound();
    const reached: number[] = [];
    const left: number[] = [];
    for (const first of from) {
      let place: number | undefined = first;
      while (place !== undefined) {
        let goesOn = false;
        if (seen[place] !== round) {
          seen[place] = round;
          const op: number | undefined = ops[place];
          goesOn = op === Op.split || op === Op.save;
          if (op === Op.split) left.push(rest[place] ?? 0);
          else if (op === Op.edge && after !== UNKNOWN) goesOn = this.#program.passes(place, before, after);
          else if (op !== Op.save) reached.push(place);
        }
        place = goesOn ? next[place] : left.pop();
      }
    }
    return reached;
  }

  #nextRound(): number {
    if (this.#round === LAST_ROUND) this.#seen.fill(0);
    this.#round = (this.#round % LAST_ROUND) + 1;
    return this.#round;
  }

  /** The number of a state: its own, or a spare one that the state before it does not have. */
  #number(state: State, before: number): number {
    if (state.places.length === 0) return DEAD;
    if (this.#isFull()) {
      if (this.#renewals >= MOST_RENEWALS) return this.#spare(state, before);
      this.#renewals += 1;
      this.#forget();
    }
    const name = `${state.side},${state.places.join()}`;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#states.push(state) - 1;
    this.#numbers.set(name, number);
    this.#placeCount += state.places.length;
    if (this.#states.length * this.#width > this.#table.length) {
      const table = new Int32Array(this.#table.length * 2);
      table.set(this.#table);
      this.#table = table;
    }
    return number;
  }

  /** A run of one character mostly ends in a state that leads to itself, which is worth knowing. */
  #spare(state: State, before: number): number {
    const last = this.#states[before];
    if (before < FIRST && last !== undefined && isSame(state, last)) return before;
    const spare = before === SPARE ? SPARE + 1 : SPARE;
    this.#states[spare] = state;
    this.#table.fill(0, spare * this.#width, (spare + 1) * this.#width);
    return spare;
  }
}

function isSame(one: State, other: State): boolean {
  const { length } = one.places;
  if (length !== other.places.length || one.side !== other.side) return false;
  for (let index = 0; index < length; index += 1) if (one.places[index] !== other.places[index]) return false;
  return true;
}
