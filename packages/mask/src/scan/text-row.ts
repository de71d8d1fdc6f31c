import { FOREIGN, MOST_CHARACTERS, type WordWalk } from './word-walk.js';

/** Ends every word and every run, as no trigger word holds it; and it is no control character. */
const SEPARATOR = '\u00ff';
/** The most texts of a row. */
const MOST_TEXTS = 128;

/** Texts that are walked as one: to walk each of them by itself costs more than what is in them. */
export class TextRow {
  readonly #texts = new Array<string>(MOST_TEXTS).fill('');
  #count = 0;
  #length = 0;
  /** Where each text ends. */
  readonly #ends = new Uint16Array(MOST_TEXTS);
  readonly #clean = new Uint8Array(MOST_TEXTS);

  get count(): number {
    return this.#count;
  }

  text(place: number): string {
    return this.#texts[place] ?? '';
  }

  /** Puts a text in the place of one before it. */
  move(from: number, to: number): void {
    this.#texts[to] = this.text(from);
  }

  clear(): void {
    this.#texts.fill('', 0, this.#count);
    this.#count = 0;
    this.#length = 0;
  }

  /** @returns false when there is no room for the text. */
  add(text: string): boolean {
    const end = this.#length + text.length;
    if (end > MOST_CHARACTERS || this.#count === MOST_TEXTS) return false;
    this.#texts[this.#count] = text;
    this.#ends[this.#count] = end;
    this.#count += 1;
    this.#length = end + 1;
    return true;
  }

  /** Walks all texts. False, and none is clean, when the walk does not tell in which of them something stands. */
  walk(walk: WordWalk): boolean {
    const joined = this.#texts.slice(0, this.#count).join(SEPARATOR);
    const isForeign = FOREIGN.test(joined);
    if (!isForeign) walk.walk(joined, true, false);
    const isClear = !isForeign && walk.controls === 0;
    this.#clean.fill(isClear ? 1 : 0, 0, this.#count);
    return isClear;
  }

  /** The place of the text in which a note of the walk ends, counted from one that it is not before: notes come in ascending order. */
  placeOf(end: number, from: number): number {
    let place = from;
    while ((this.#ends[place] ?? end) < end) place += 1;
    return place;
  }

  /** Where a text begins in the walk. */
  start(place: number): number {
    return place === 0 ? 0 : (this.#ends[place - 1] ?? 0) + 1;
  }

  /** Says that something in a text may have to be masked. */
  strike(place: number): void {
    this.#clean[place] = 0;
  }

  /** Whether nothing in a text may have to be masked. */
  isClean(place: number): boolean {
    return this.#clean[place] === 1;
  }
}
