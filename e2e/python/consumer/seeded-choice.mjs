/** Pseudo-random choices, the same in every run of a seed (mulberry32). Not for secrets. */
export class SeededChoice {
  #state;

  constructor(seed) {
    this.#state = seed | 0;
  }

  /** A whole number, 0 to `below` − 1. */
  below(below) {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  /** True so many times in a hundred. */
  happens(percent) {
    return this.below(100) < percent;
  }

  pick(items) {
    return items[this.below(items.length)];
  }

  hex(length) {
    return Array.from({ length }, () => this.below(16).toString(16)).join('');
  }

  /** Up to `most` of what `make` gives. */
  some(most, make) {
    return Array.from({ length: this.below(most + 1) }, (_, place) => make(place));
  }
}
