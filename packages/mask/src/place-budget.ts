/** What {@link PlaceBudget.takeOne} throws. */
export class SpentPlaces {}

/** One text may take so much of what a span has: whoever fills one of them up must not take the others away. */
const PART_OF_TEXT = 4;

/** How many places of a span may still be read: the limit `places`. */
export class PlaceBudget {
  readonly #ofSpan: number;
  readonly #ofText: number;
  /** What is left of the span, and of the text that is being read. */
  #left: number;
  #leftOfText: number;

  constructor(places: number) {
    this.#ofSpan = places;
    this.#ofText = Math.ceil(places / PART_OF_TEXT);
    this.#left = this.#ofSpan;
    this.#leftOfText = this.#ofText;
  }

  /** The most places that a text may have. */
  get ofText(): number {
    return this.#ofText;
  }

  /** The next text is of another span. */
  beginSpan(): void {
    this.#left = this.#ofSpan;
  }

  /** Takes the places of the next text, and gives the number of those that may be read. */
  beginText(count: number): number {
    const taken = Math.min(count, this.#left, this.#ofText);
    this.#left -= taken;
    this.#leftOfText = this.#ofText - taken;
    return taken;
  }

  /**
   * Takes a place of that text which shows only when it is read.
   *
   * @throws SpentPlaces when none is left.
   */
  takeOne(): void {
    if (this.#left === 0 || this.#leftOfText === 0) throw new SpentPlaces();
    this.#left -= 1;
    this.#leftOfText -= 1;
  }
}
