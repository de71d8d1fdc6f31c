import type { FieldOutput } from './field-output.js';

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
    const start = this.#start;
    const bytes = Buffer.from(out.bytes.subarray(start, out.at));
    const pieces = this.#ends.map((end, i) =>
      bytes.subarray((this.#ends[i - 1] ?? start) - start, end - start),
    );
    const order = [...pieces.keys()].sort((a, b) => Buffer.compare(pieces[a] as Buffer, pieces[b] as Buffer));
    out.at = start;
    for (const [place, index] of order.entries()) {
      const piece = pieces[index] as Buffer;
      const before = order[place - 1];
      const isSame = before !== undefined && piece.equals(pieces[before] as Buffer);
      places[index] = isSame ? (places[before] as number) : place;
      out.raw(piece);
    }
  }
}
