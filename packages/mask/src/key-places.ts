const MOST_PLACES = 64;
const LONGEST_KEY = 256;

/** What is known of keys, by their place in a bag: nearly every bag has the keys of one before, in the same order. */
export class KeyPlaces<T> {
  readonly #keys: string[] = [];
  readonly #known: T[] = [];
  readonly #find: (key: string) => T;

  constructor(find: (key: string) => T) {
    this.#find = find;
  }

  at(place: number, key: string): T {
    if (this.#keys[place] === key) return this.#known[place] as T;
    const found = this.#find(key);
    if (place > this.#keys.length || place >= MOST_PLACES || key.length > LONGEST_KEY) return found;
    this.#known[place] = found;
    this.#keys[place] = key;
    return found;
  }
}
