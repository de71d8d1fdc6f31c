import { FOREIGN, IS_BASE64, MOST_CHARACTERS, STATE_BITS, type WordWalk } from './word-walk.js';

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

  /** Finds the texts in which a walk has nothing to note. */
  walk(walk: WordWalk): void {
    const joined = this.#texts.slice(0, this.#count).join(SEPARATOR);
    const isForeign = FOREIGN.test(joined);
    if (!isForeign) walk.walk(joined, true, false);
    // Which texts they stand in, a walk does not tell.
    const isUnclear = isForeign || walk.controls > 0;
    this.#clean.fill(isUnclear ? 0 : 1, 0, this.#count);
    if (isUnclear) return;
    let text = 0;
    for (let hit = 0; hit < walk.hitCount; hit += 1)
      text = this.#strike(text, (walk.hits[hit] ?? 0) >>> STATE_BITS);
    text = 0;
    for (let run = 0; run < walk.runCount; run += 1)
      text = this.#strike(text, (walk.runs[run] ?? 0) & ~IS_BASE64);
  }

  /** Notes come in ascending order. Returns the text that one ends in, counted from one that it is not before. */
  #strike(from: number, end: number): number {
    let text = from;
    while ((this.#ends[text] ?? end) < end) text += 1;
    this.#clean[text] = 0;
    return text;
  }

  /** Whether the walk had nothing to note in a text. */
  isClean(place: number): boolean {
    return this.#clean[place] === 1;
  }
}
