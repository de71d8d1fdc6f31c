/** Pseudo-random choices, the same in every run (mulberry32). Not for secrets. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number, 0 to `below` − 1. */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  /** One of the items. */
  pick(items: readonly string[]): string {
    return items[this.below(items.length)] ?? '';
  }

  /** So many characters of an alphabet. */
  characters(length: number, alphabet: string): string {
    let text = '';
    for (let index = 0; index < length; index += 1) text += alphabet[this.below(alphabet.length)];
    return text;
  }

  /** So many words of a list, with blanks between. */
  words(count: number, list: readonly string[]): string {
    return Array.from({ length: count }, () => this.pick(list)).join(' ');
  }

  /** The same items in another order. */
  shuffle<T>(items: readonly T[]): readonly T[] {
    return items
      .map((item) => ({ item, place: this.below(2 ** 31) }))
      .sort((left, right) => left.place - right.place)
      .map(({ item }) => item);
  }
}
