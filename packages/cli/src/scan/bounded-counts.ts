/** Counts by name, of so many names at most: what comes later is counted together. Memory stays bounded, whatever comes. */
export class BoundedCounts {
  readonly #counts = new Map<string, number>();
  readonly #most: number;
  /** Sum of the names that found no room. */
  others = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(name: string, count = 1): void {
    const known = this.#counts.get(name);
    if (known !== undefined || this.#counts.size < this.#most) this.#counts.set(name, (known ?? 0) + count);
    else this.others += count;
  }

  get size(): number {
    return this.#counts.size;
  }

  /** Names and counts, the largest first; equal ones by name. */
  sorted(): [string, number][] {
    return [...this.#counts].sort(([one, few], [other, many]) => many - few || compare(one, other));
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
