import type { CharSet } from './char-set.js';

const ASCII = 0x80;

/** Numbers for characters: two have the same one when no set of a pattern tells them apart. */
export class CharClasses {
  /** How many there are; the number behind the last one is that of the end of the text. */
  readonly count: number;
  /** For every set, in the order given, by the number of a class: 1 when the class is in it. */
  readonly members: readonly Uint8Array[];
  readonly #ofAscii = new Uint16Array(ASCII);
  /** First code points of ranges in which all have one number, in order, and the numbers. */
  readonly #starts: Uint32Array;
  readonly #numbers: Uint16Array;

  constructor(sets: readonly CharSet[]) {
    const starts = [...new Set([0, ...sets.flat().flatMap(([from, to]) => [from, to + 1])])];
    this.#starts = Uint32Array.from(starts).sort();
    this.#numbers = new Uint16Array(this.#starts.length);
    const memberships = sets.map((set) => membersAt(set, this.#starts));
    const known = new Map<string, number>();
    const firsts: number[] = [];
    this.#starts.forEach((_start, index) => {
      const name = memberships.map((members) => members[index]).join('');
      const number = known.get(name) ?? known.size;
      if (number === known.size) firsts.push(index);
      known.set(name, number);
      this.#numbers[index] = number;
    });
    this.count = known.size;
    this.members = memberships.map((members) => Uint8Array.from(firsts, (index) => members[index] ?? 0));
    for (let code = 0; code < ASCII; code += 1) this.#ofAscii[code] = this.#search(code);
  }

  /** @param code a code point, or -1 for the end of the text. */
  of(code: number): number {
    if (code < 0) return this.count;
    return code < ASCII ? (this.#ofAscii[code] ?? 0) : this.#search(code);
  }

  #search(code: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= code) low = middle;
      else high = middle - 1;
    }
    return this.#numbers[low] ?? 0;
  }
}

/** For every start of a range: 1 when the set has it. */
function membersAt(set: CharSet, starts: Uint32Array): Uint8Array {
  const members = new Uint8Array(starts.length);
  let at = 0;
  starts.forEach((start, index) => {
    while (at < set.length && (set[at]?.[1] ?? 0) < start) at += 1;
    const range = set[at];
    if (range !== undefined && range[0] <= start) members[index] = 1;
  });
  return members;
}
