/** First letters of words, by their five lowest bits: those are the same in either case. */
const LETTERS = 32;
/** The sign of the unit, whose lower case is a `k`. */
const KELVIN = 0x212a;

/** Words that are looked for at places of texts, in any case, without a text being cut out: to make one costs more than to compare it. */
export class WordTable {
  /** By length and first letter: of most other words, a look at two numbers says that they are none of these. */
  readonly #buckets: readonly (readonly string[] | undefined)[];
  readonly #longest: number;

  /** @param words of ASCII, in lower case. */
  constructor(words: Iterable<string>) {
    const known = [...new Set(words)];
    this.#longest = known.reduce((longest, { length }) => Math.max(longest, length), 0);
    const buckets: string[][] = [];
    for (const word of known) {
      const place = placeOf(word.length, word.charCodeAt(0));
      buckets[place] = [...(buckets[place] ?? []), word];
    }
    this.#buckets = Array.from({ length: (this.#longest + 1) * LETTERS }, (_, place) => buckets[place]);
  }

  /** The word that stands at [start, end), in lower case; '' when none of the words does. */
  find(text: string, start: number, end: number): string {
    const length = end - start;
    if (length > this.#longest || length <= 0) return '';
    const bucket = this.#buckets[placeOf(length, text.charCodeAt(start))];
    if (bucket === undefined) return '';
    for (let index = 0; index < bucket.length; index += 1) {
      const word = bucket[index] ?? '';
      let same = 0;
      while (same < length && lowerCase(text.charCodeAt(start + same)) === word.charCodeAt(same)) same += 1;
      if (same === length) return word;
    }
    return '';
  }

  /** Whether a text is one of the words. */
  has(text: string): boolean {
    return this.find(text, 0, text.length) !== '';
  }
}

function placeOf(length: number, first: number): number {
  return length * LETTERS + (lowerCase(first) & (LETTERS - 1));
}

function lowerCase(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code | 0x20;
  return code === KELVIN ? 0x6b : code;
}
