import type { FieldOutput } from './field-output.js';
import { sortedIndices } from './sorted-indices.js';

/**
 * The events of one span while they are written. In the core form they are a set: fields that stand one behind the other come
 * into the order of their bytes, since stores are known to reorder events.
 */
export class EventPieces {
  readonly #out: FieldOutput;
  readonly #start: number;
  readonly #ends: number[] = [];

  constructor(out: FieldOutput) {
    this.#out = out;
    this.#start = out.at;
  }

  /** An event ends here. */
  end(): void {
    this.#ends.push(this.#out.at);
  }

  /**
   * All events were written. In the core form, the marks then say of each event its place among them; equal ones share the place of
   * the first: nobody can tell them apart.
   */
  settle(): void {
    const { marks, form } = this.#out;
    if (form !== 'core') return;
    const places = this.#ends.map(() => 0);
    if (places.length > 1) this.#sort(places);
    marks.eventPlaces = places;
  }

  #sort(places: number[]): void {
    const out = this.#out;
    const order = sortedIndices(places.length, (one, other) => this.#compare(one, other));
    let isMoved = false;
    for (const [place, index] of order.entries()) {
      isMoved ||= index !== place;
      const before = place === 0 ? undefined : (order[place - 1] as number);
      const isSame = before !== undefined && this.#compare(index, before) === 0;
      places[index] = isSame ? (places[before] as number) : place;
    }
    if (!isMoved) return;
    const start = this.#start;
    const bytes = Buffer.from(out.bytes.subarray(start, out.at));
    out.at = start;
    for (const index of order)
      out.raw(bytes.subarray(this.#startOf(index) - start, this.#endOf(index) - start));
  }

  #startOf(index: number): number {
    return index === 0 ? this.#start : this.#endOf(index - 1);
  }

  #endOf(index: number): number {
    return this.#ends[index] ?? this.#start;
  }

  #compare(one: number, other: number): number {
    const { bytes } = this.#out;
    const [from, to] = [this.#startOf(one), this.#startOf(other)];
    const [end, otherEnd] = [this.#endOf(one), this.#endOf(other)];
    const near = Math.min(end - from, otherEnd - to, nearLength);
    for (let i = 0; i < near; i++) {
      const difference = (bytes[from + i] as number) - (bytes[to + i] as number);
      if (difference !== 0) return difference;
    }
    return bytes.compare(bytes, to, otherEnd, from, end);
  }
}

/** Most events differ here already, in their length or their time. */
const nearLength = 16;
