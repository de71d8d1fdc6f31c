import { usualPairs } from './letter-pairs.js';
import { namesSecret } from './secret-prefix.js';

/** A stretch [start, end) of a text that no person wrote: letters and digits without the order that words have. */
export interface RandomRun {
  readonly start: number;
  readonly end: number;
  /** Letters of both cases, and digits. */
  readonly mixed: boolean;
  /** What stands before it in the same word, up to the last separator: `sk_live_` before the rest of a key. */
  readonly prefix: string;
}

const UPPER = 1;
const LOWER = 2;
const DIGIT = 3;
const JOINT = 4;
/** Characters of a word: letters, digits, and what base64 and identifiers put between them. */
const KINDS: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Z]/.test(character)) return UPPER;
  if (/[a-z]/.test(character)) return LOWER;
  if (/\d/.test(character)) return DIGIT;
  return '-_+/~'.includes(character) ? JOINT : 0;
});

/** Shorter pieces say too little about themselves. */
const SHORTEST_PIECE = 8;
/** Share of steps from one character to the next that words do not have: random text has two thirds, words a tenth. */
const RANDOM_SHARE = 0.36;
/** The same behind a word for a key, where a word would be odd. */
const PREFIXED_SHARE = 0.22;
/** Different characters; a placeholder (`xxxxxxxx`) has fewer. */
const FEWEST_DIFFERENT = 6;
/** More of a long piece need not be looked at. */
const SAMPLE = 4096;
const LONGEST_PREFIX = 24;

/** The random runs of a text (attacker-controlled), in order. Linear time. */
export function* randomRuns(text: string): Generator<RandomRun> {
  let at = 0;
  while (at < text.length) {
    if (kindAt(text, at) === 0) {
      at += 1;
      continue;
    }
    const start = at;
    while (at < text.length && kindAt(text, at) !== 0) at += 1;
    if (at - start >= SHORTEST_PIECE) yield* runsOfWord(text, start, at);
  }
}

/** Random pieces beside each other, with short remainders between them, are one run: base64 holds joints too. */
function* runsOfWord(text: string, wordStart: number, wordEnd: number): Generator<RandomRun> {
  let run: { start: number; end: number } | undefined;
  let at = wordStart;
  while (at < wordEnd) {
    const start = at;
    while (at < wordEnd && kindAt(text, at) !== JOINT) at += 1;
    if (isRandomPiece(text, { start, end: at, wordStart })) run = { start: run?.start ?? start, end: at };
    else if (run !== undefined && at - start >= SHORTEST_PIECE) {
      yield describe(text, wordStart, run);
      run = undefined;
    }
    at += 1;
  }
  if (run !== undefined) yield describe(text, wordStart, run);
}

function describe(
  text: string,
  wordStart: number,
  { start, end }: { start: number; end: number },
): RandomRun {
  const run = text.slice(start, Math.min(end, start + SAMPLE));
  return {
    start,
    end,
    mixed: /[A-Z]/.test(run) && /[a-z]/.test(run) && /\d/.test(run),
    prefix: prefixOf(text, wordStart, start),
  };
}

function prefixOf(text: string, wordStart: number, start: number): string {
  return text.slice(Math.max(wordStart, start - LONGEST_PREFIX), start);
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly wordStart: number;
}

function isRandomPiece(text: string, { start, end: pieceEnd, wordStart }: Piece): boolean {
  const end = Math.min(pieceEnd, start + SAMPLE);
  if (end - start < SHORTEST_PIECE || isHex(text, start, end)) return false;
  let steps = 0;
  let odd = 0;
  let sinceChange = 1;
  let seen = 0;
  for (let at = start + 1; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const before = kindAt(text, at - 1);
    const kind = kindAt(text, at);
    seen |= 1 << (code & 31);
    if (before === DIGIT && kind === DIGIT) continue;
    steps += 1;
    if (isOddStep(text, at, { before, kind, sinceChange })) odd += 1;
    sinceChange = before !== kind && kind !== LOWER ? 1 : sinceChange + 1;
  }
  if (odd < 3 || odd / steps < PREFIXED_SHARE || bitCount(seen) < FEWEST_DIFFERENT) return false;
  return odd / steps >= RANDOM_SHARE || namesSecret(prefixOf(text, wordStart, start));
}

interface Step {
  readonly before: number;
  readonly kind: number;
  /** Characters since the last capital or digit that began something. */
  readonly sinceChange: number;
}

/** A step from one character to the next that words do not have, nor alphabets that are written out. */
function isOddStep(text: string, at: number, { before, kind, sinceChange }: Step): boolean {
  // A new capital begins a word of a camel-case name; after one or two letters it is no word.
  if (before === LOWER && kind === UPPER) return sinceChange < 3;
  if (before === DIGIT || kind === DIGIT) return true;
  const [first, second] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return second !== first + 1 && !follows(first, second);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Hashes and trace ids are random and no secret. Digits alone are a number. */
function isHex(text: string, start: number, end: number): boolean {
  let upper = false;
  let lower = false;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x61 && code <= 0x66) lower = true;
    else if (code >= 0x41 && code <= 0x46) upper = true;
    else if (code < 0x30 || code > 0x39) return false;
  }
  return !(upper && lower);
}

function kindAt(text: string, at: number): number {
  return KINDS[text.charCodeAt(at)] ?? 0;
}

function follows(first: number, second: number): boolean {
  return usualPairs[((first | 0x20) - 0x61) * 26 + ((second | 0x20) - 0x61)] === 1;
}
