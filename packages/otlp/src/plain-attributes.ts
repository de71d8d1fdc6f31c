/** More attributes than these are read in the long way: sorting takes the square of their number. */
const mostAttributes = 128;

/** Where the attributes of one span stand in its bytes, to be put in the order of their keys. */
export class PlainAttributes {
  count = 0;
  readonly #bytes: Uint8Array;
  readonly #keyStarts = new Int32Array(mostAttributes);
  readonly #keyEnds = new Int32Array(mostAttributes);
  readonly #starts = new Int32Array(mostAttributes);
  readonly #ends = new Int32Array(mostAttributes);
  readonly #order = new Int32Array(mostAttributes);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  clear(): void {
    this.count = 0;
  }

  /** Adds a KeyValue field from its tag to its end; false when there are too many, or when its key is there already. */
  add(key: { start: number; end: number }, start: number, end: number): boolean {
    const added = this.count;
    if (added === mostAttributes) return false;
    this.#keyStarts[added] = key.start;
    this.#keyEnds[added] = key.end;
    this.#starts[added] = start;
    this.#ends[added] = end;
    let place = added;
    for (; place > 0; place--) {
      const before = this.#order[place - 1] ?? 0;
      const difference = this.#compare(before, added);
      if (difference === 0) return false;
      if (difference < 0) break;
      this.#order[place] = before;
    }
    this.#order[place] = added;
    this.count = added + 1;
    return true;
  }

  /** Where the attribute at a place of the order begins. */
  startOf(place: number): number {
    return this.#starts[this.#order[place] ?? 0] ?? 0;
  }

  endOf(place: number): number {
    return this.#ends[this.#order[place] ?? 0] ?? 0;
  }

  /** By the bytes of their keys. */
  #compare(one: number, other: number): number {
    const bytes = this.#bytes;
    const end = this.#keyEnds[one] ?? 0;
    const otherEnd = this.#keyEnds[other] ?? 0;
    let at = this.#keyStarts[one] ?? 0;
    let otherAt = this.#keyStarts[other] ?? 0;
    for (; at < end && otherAt < otherEnd; at++, otherAt++) {
      const difference = (bytes[at] ?? 0) - (bytes[otherAt] ?? 0);
      if (difference !== 0) return difference;
    }
    return end - at - (otherEnd - otherAt);
  }
}
