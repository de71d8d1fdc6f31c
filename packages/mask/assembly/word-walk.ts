// AssemblyScript, compiled by `npm run generate` into src/generated/word-walk.ts. `script-walk.ts` does the same in JavaScript,
// and the tests hold one against the other.

/** Most bytes of one walk. */
export const MOST_BYTES: i32 = 16384;
/** Of the last walk: how many hits, how many runs, and `HAS_…` bits of its control characters. */
export const COUNTS: usize = 64;
/** For each byte twice its class: the offset of the class in a row of steps. */
export const CLASSES: usize = 128;
/** Room behind the text, for a block that begins at its end. */
export const TEXT: usize = CLASSES + 256;
export const RUNS: usize = TEXT + 16384 + 32;
/** A lane has its part of the hits for itself. */
const LANE_HITS: usize = 4 * (16384 / 4 + 256);
export const HITS: usize = RUNS + 2 * (16384 / 8);
/** Where the words of each state are meant: src/scan/hit-places.ts. */
export const PLACES: usize = HITS + 4 * LANE_HITS;
export const STEPS: usize = PLACES + 0x8000;

/** Shorter texts are walked in one lane. */
const LANES_FROM: i32 = 40;
const ENDS_WORDS: u32 = 0x8000;
const STATES: u32 = 0x7fff;
const FOUND_LENGTH: i32 = 0x0f;
const CLOSES: i32 = 0x10;
const CAPITAL: i32 = 0x20;
const STARTS: i32 = 0x40;
const BACKSLASH: u8 = 0x5c;
const PERCENT: u8 = 0x25;
const LONGEST_ESCAPE: i32 = 3;
const IS_BASE64: i32 = 0x8000;
const HAS_LINES: u32 = 1;
const HAS_CONTROLS: u32 = 2;
const SPACE: i8 = 0x20;
const WORD_RUN: i32 = 16;
const SHORTEST_BASE64: i32 = 40;
/** Two characters of an escape can stand before a run (`%22`). */
const LONGEST_BASE64: i32 = 42;

let end0: usize = 0;
let end1: usize = 0;
let end2: usize = 0;
let end3: usize = 0;

let checksPlaces: bool = false;

/**
 * Walks `length` bytes of the text from a state of the automaton on, notes hits and runs, and gives the last state.
 *
 * @param options the length of the longest word, negative where the places of words do not count.
 */
export function walk(length: i32, first: u32, options: i32): u32 {
  checksPlaces = options > 0;
  // Behind the text stands what ends a run and is no control character.
  store<v128>(TEXT + length, i8x16.splat(SPACE));
  store<v128>(TEXT + length + 16, i8x16.splat(SPACE));
  noteRuns(length);
  return length < LANES_FROM ? walkOneLane(length, first) : walkFourLanes(length, first, abs(options));
}

function walkOneLane(length: i32, first: u32): u32 {
  let hits = HITS;
  let state = first;
  for (let at = 0; at < length; at += 1) {
    state = stepFrom(state, at);
    if (state >= ENDS_WORDS) {
      hits = noteHit(hits, state, at + 1, 0);
      state &= STATES;
    }
  }
  store<u32>(COUNTS, <u32>((hits - HITS) >> 2));
  return state;
}

/** Each step waits for the one before it, so that four lanes take little more time than one. */
function walkFourLanes(length: i32, first: u32, longest: i32): u32 {
  const lane = (length + 3 * longest + 3) >> 2;
  const start3 = length - lane;
  const start1 = start3 / 3;
  const start2 = (2 * start3) / 3;
  end0 = HITS;
  end1 = HITS + LANE_HITS;
  end2 = HITS + 2 * LANE_HITS;
  end3 = HITS + 3 * LANE_HITS;
  let state0 = first;
  let state1: u32 = 0;
  let state2: u32 = 0;
  let state3: u32 = 0;
  for (let at = 0; at < lane; at += 1) {
    state0 = stepFrom(state0, at);
    state1 = stepFrom(state1, start1 + at);
    state2 = stepFrom(state2, start2 + at);
    state3 = stepFrom(state3, start3 + at);
    if ((state0 | state1 | state2 | state3) >= ENDS_WORDS) {
      // What ends in the lane before as well is known from there.
      if (state0 >= ENDS_WORDS) end0 = noteHit(end0, state0, at + 1, 0);
      if (state1 >= ENDS_WORDS) end1 = noteHit(end1, state1, start1 + at + 1, lane);
      if (state2 >= ENDS_WORDS) end2 = noteHit(end2, state2, start2 + at + 1, start1 + lane);
      if (state3 >= ENDS_WORDS) end3 = noteHit(end3, state3, start3 + at + 1, start2 + lane);
      state0 &= STATES;
      state1 &= STATES;
      state2 &= STATES;
      state3 &= STATES;
    }
  }
  joinHits();
  return state3;
}

// @ts-expect-error: decorator
@inline
function stepFrom(state: u32, at: i32): u32 {
  const step = load<u8>(<usize>load<u8>(<usize>at, TEXT), CLASSES);
  return load<u16>((<usize>state << 7) + <usize>step, STEPS);
}

function noteHit(place: usize, state: u32, end: i32, known: i32): usize {
  if (end <= known || !isMeant(end, state & STATES)) return place;
  store<u32>(place, (end << 16) | (state & STATES));
  return place + 4;
}

/** As `isMeant` of src/scan/hit-places.ts. */
function isMeant(end: i32, state: u32): bool {
  const place = <i32>load<u8>(PLACES + state);
  if (place === 0 || !checksPlaces) return true;
  if ((place & CLOSES) !== 0 && isLower(load<u8>(TEXT + end))) return false;
  if ((place & CAPITAL) !== 0 && isLower(load<u8>(TEXT + end - 1))) return false;
  if ((place & FOUND_LENGTH) === 0) return true;
  const start = end - (place & FOUND_LENGTH);
  const at = TEXT + start;
  if (start < LONGEST_ESCAPE) return true;
  const before = load<u8>(at - 1);
  if ((place & STARTS) === 0) {
    if (!isLower(before | 0x20) || isUpper(load<u8>(at))) return true;
  } else if (!isLower(before | 0x20) && !isDigit(before)) return true;
  return load<u8>(at - 2) === BACKSLASH || load<u8>(at - 3) === PERCENT;
}

function isLower(byte: u8): bool {
  return <u8>(byte - 0x61) < 26;
}

function isDigit(byte: u8): bool {
  return <u8>(byte - 0x30) < 10;
}

function isUpper(byte: u8): bool {
  return <u8>(byte - 0x41) < 26;
}

/** Moves the hits of all lanes behind each other, which puts them in the order of the text. */
function joinHits(): void {
  let end = end0;
  end = joinLane(end, HITS + LANE_HITS, end1);
  end = joinLane(end, HITS + 2 * LANE_HITS, end2);
  end = joinLane(end, HITS + 3 * LANE_HITS, end3);
  store<u32>(COUNTS, <u32>((end - HITS) >> 2));
}

function joinLane(end: usize, start: usize, limit: usize): usize {
  for (let place = start; place < limit; place += 4) {
    store<u32>(end, load<u32>(place));
    end += 4;
  }
  return end;
}

/** Whatever is none of these can be no control character. */
const FIRST_PLAIN: i8 = 0x20;
const LAST_PLAIN: i8 = 0x7e;

/**
 * Notes what `noteRunEnds` and `noteControls` look for, and asks them only where something is: nearly no text has a long run or a
 * control character, and to see that takes no branch.
 */
function noteRuns(length: i32): void {
  let word = 0;
  let base64 = 0;
  let longestWord = 0;
  let longestBase64 = 0;
  let least = i8x16.splat(FIRST_PLAIN);
  let most = i8x16.splat(FIRST_PLAIN);
  for (let at = 0; at <= length; at += 16) {
    const block = v128.load(TEXT + at);
    least = i8x16.min_u(least, block);
    most = i8x16.max_u(most, block);
    const members = membersOf(block);
    const others = ~i8x16.bitmask(members);
    const head = ctz(others | 0x10000);
    longestWord = max(longestWord, word + head);
    word = select(word + 16, clz(others << 16), head === 16);
    const gaps = ~i8x16.bitmask(v128.or(members, signsOf(block)));
    const start = ctz(gaps | 0x10000);
    longestBase64 = max(longestBase64, base64 + start);
    base64 = select(base64 + 16, clz(gaps << 16), start === 16);
  }
  const odd = v128.or(i8x16.lt_u(least, i8x16.splat(FIRST_PLAIN)), i8x16.gt_u(most, i8x16.splat(LAST_PLAIN)));
  store<u32>(COUNTS + 4, longestWord < WORD_RUN && longestBase64 < SHORTEST_BASE64 ? 0 : noteRunEnds(length));
  store<u32>(COUNTS + 8, v128.any_true(odd) ? noteControls(length) : 0);
}

/** Notes where runs of letters and digits end that are long enough for a token, and those of base64 as long as a key. Gives their number. */
function noteRunEnds(length: i32): u32 {
  let runs = RUNS;
  let word = 0;
  let base64 = 0;
  for (let at = 0; at <= length; at += 16) {
    const block = v128.load(TEXT + at);
    const members = membersOf(block);
    const others = ~i8x16.bitmask(members) & 0xffff;
    if (others === 0) continue;
    const end = at + ctz(others);
    if (end - word >= WORD_RUN) {
      store<u16>(runs, <u16>end);
      runs += 2;
    }
    word = at + 32 - clz(others);
    const gaps = ~i8x16.bitmask(v128.or(members, signsOf(block))) & 0xffff;
    if (gaps === 0) continue;
    const gap = at + ctz(gaps);
    if (gap - base64 >= SHORTEST_BASE64 && gap - base64 <= LONGEST_BASE64) {
      store<u16>(runs, <u16>(gap | IS_BASE64));
      runs += 2;
    }
    base64 = at + 32 - clz(gaps);
  }
  return <u32>((runs - RUNS) >> 1);
}

/** The `HAS_…` bits of the text. */
function noteControls(length: i32): u32 {
  let lines = i8x16.splat(0);
  let controls = i8x16.splat(0);
  for (let at = 0; at <= length; at += 16) {
    const block = v128.load(TEXT + at);
    const line = v128.or(i8x16.eq(block, i8x16.splat(0x09)), i8x16.eq(block, i8x16.splat(0x0a)));
    lines = v128.or(lines, line);
    controls = v128.or(controls, v128.andnot(controlsOf(block), line));
  }
  return (v128.any_true(lines) ? HAS_LINES : 0) | (v128.any_true(controls) ? HAS_CONTROLS : 0);
}

/** Letters and digits. */
// @ts-ignore: decorator
@inline
function membersOf(block: v128): v128 {
  const lower = v128.or(block, i8x16.splat(0x20));
  const letters = i8x16.lt_u(i8x16.sub(lower, i8x16.splat(0x61)), i8x16.splat(26));
  return v128.or(letters, i8x16.lt_u(i8x16.sub(block, i8x16.splat(0x30)), i8x16.splat(10)));
}

/** What base64 has besides. */
// @ts-ignore: decorator
@inline
function signsOf(block: v128): v128 {
  return v128.or(i8x16.eq(block, i8x16.splat(0x2b)), i8x16.eq(block, i8x16.splat(0x2f)));
}

/** C0, DEL, C1 and the soft hyphen. */
// @ts-ignore: decorator
@inline
function controlsOf(block: v128): v128 {
  const low = i8x16.lt_u(block, i8x16.splat(SPACE));
  const high = i8x16.lt_u(i8x16.sub(block, i8x16.splat(0x7f)), i8x16.splat(0x21));
  return v128.or(v128.or(low, high), i8x16.eq(block, i8x16.splat(-0x53)));
}
