import type { WordAutomaton } from './word-automaton.js';

/** Most characters of one walk. In UTF-16 units. */
export const MOST_CHARACTERS: number = 16_384;
/** Letters and digits in a row that are a token, or the part of one that nothing else gives away. */
export const WORD_RUN: number = 16;
/** The length of a secret in base64, and what of an escape before it (`%22`, `\n`) looks like a part of it. */
export const BASE64_RUN: number = 40;
export const LONGEST_BASE64_RUN: number = 42;
/** Set in a note of a run of base64 characters; the others are of letters and digits. */
export const IS_BASE64: number = 0x8000;
/** A character beyond Latin-1. */
export const FOREIGN: RegExp = /[^\x00-\xff]/;
/** Of a hit, the bits of its state; its end stands above them. */
export const STATE_BITS: number = 16;
/** And its state alone. */
export const STATE: number = (1 << STATE_BITS) - 1;
/** Line ends and tabs. */
export const HAS_LINES: number = 1;
/** Other control characters. */
export const HAS_CONTROLS: number = 2;

/**
 * Walks pieces of texts with an automaton. It sees the low byte of each character: what is foreign can look like something
 * else, which adds candidates and takes none away.
 */
export interface WordWalk {
  /** Of the last piece, in ascending order: `(end << STATE_BITS) | state`, where words end. */
  readonly hits: Uint32Array;
  readonly hitCount: number;
  /**
   * Of the last piece, in ascending order: ends of runs of at least {@link WORD_RUN} letters and digits, and of runs of
   * {@link BASE64_RUN} to {@link LONGEST_BASE64_RUN} base64 characters, those with {@link IS_BASE64} set.
   */
  readonly runs: Uint16Array;
  readonly runCount: number;
  /** `HAS_…` bits of the last piece. */
  readonly controls: number;
  /**
   * @param piece at most {@link MOST_CHARACTERS}; goes on where the last one ended, unless it is the first of a text.
   * @param isForeign whether the text has characters beyond Latin-1: then no word is passed over for where it stands.
   */
  walk(piece: string, isFirst: boolean, isForeign: boolean): void;
}

/** Opens a walk for an automaton. @param places of `hitPlaces()`. */
export type OpenWordWalk = (automaton: WordAutomaton, places: Uint8Array) => WordWalk;
