/** What {@link PlaceBudget.takeOne} throws. */
export class SpentPlaces {}

/** How many places of a span may still be read: the limit `places`. */
export class PlaceBudget {
  readonly #most: number;
  #left: number;

  constructor(most: number) {
    this.#most = most;
    this.#left = most;
  }

  /** The next text is of another span. */
  begin(): void {
    this.#left = this.#most;
  }

  /** Takes the places of a text, and gives the number of those that may be read. */
  take(count: number): number {
    const taken = Math.min(count, this.#left);
    this.#left -= taken;
    return taken;
  }

  /**
   * Takes a place that shows only when it is read.
   *
   * @throws SpentPlaces when none is left.
   */
  takeOne(): void {
    if (this.take(1) === 0) throw new SpentPlaces();
  }
}
