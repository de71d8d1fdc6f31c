/** What {@link PlaceBudget.takeOne} throws. */
export class SpentPlaces {}

/** One attribute may take so much of what a span has: whoever fills one of them up must not take the others away. */
const PART_OF_ATTRIBUTE = 8;

/** How many places of a span may still be read: the limit `places`. */
export class PlaceBudget {
  readonly #ofSpan: number;
  readonly #mostOfAttribute: number;
  /** What is left of the span, and of the attribute that is being read. */
  #left: number;
  #leftOfAttribute: number;

  constructor(places: number) {
    this.#ofSpan = places;
    this.#mostOfAttribute = Math.ceil(places / PART_OF_ATTRIBUTE);
    this.#left = this.#ofSpan;
    this.#leftOfAttribute = this.#mostOfAttribute;
  }

  /** The most places that an attribute may have, and so a text. */
  get ofAttribute(): number {
    return this.#mostOfAttribute;
  }

  /** The next attribute is of another span. */
  beginSpan(): void {
    this.#left = this.#ofSpan;
    this.#leftOfAttribute = this.#mostOfAttribute;
  }

  beginAttribute(): void {
    this.#leftOfAttribute = this.#mostOfAttribute;
  }

  /** Takes the places of a text. False, and none is taken, when they are more than are left: then it is not read. */
  take(count: number): boolean {
    if (count > this.#left || count > this.#leftOfAttribute) return false;
    this.#left -= count;
    this.#leftOfAttribute -= count;
    return true;
  }

  /**
   * Takes a place which shows only when it is read.
   *
   * @throws SpentPlaces when none is left.
   */
  takeOne(): void {
    if (!this.take(1)) throw new SpentPlaces();
  }
}
