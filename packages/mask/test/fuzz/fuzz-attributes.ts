import type { Attributes, AttributeValue } from '../../src/index.js';
import { fuzzText } from './fuzz-text.js';
import { KEYS, NAMES } from './names.js';
import type { Random } from './random.js';

const SYSTEMS = [
  'mysql',
  'postgresql',
  'mssql',
  'sqlite',
  'redis',
  'mongodb',
  'memcached',
  'other_sql',
  'cassandra',
  'elasticsearch',
];
const RECENT = 16;

/** Makes bags of attributes, nearly all of one text. Some values come again under another key, as those of an app do. */
export class FuzzAttributes {
  readonly #random: Random;
  readonly #recent: string[] = [];
  /** Values made so far: texts, numbers, bytes; a list or map counts by what is in it. */
  values = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  next(): Attributes {
    const random = this.#random;
    const key = random.once(30) ? this.#text() : random.pick(random.once(8) ? NAMES : KEYS);
    const attributes: { [key: string]: AttributeValue } = {};
    if (/^db\./.test(key) && !random.once(3)) attributes['db.system'] = random.pick(SYSTEMS);
    define(attributes, key, this.#value(0));
    return attributes;
  }

  #text(): string {
    const random = this.#random;
    const known = random.once(8) ? this.#recent[random.int(RECENT)] : undefined;
    if (known !== undefined) return known;
    const text = fuzzText(random);
    this.#recent[random.int(RECENT)] = text;
    return text;
  }

  #value(depth: number): AttributeValue {
    const random = this.#random;
    const shape = random.int(depth > 3 ? 20 : 30);
    if (shape < 22 || shape === 25 || shape === 26) this.values += 1;
    if (shape < 20) return this.#text();
    if (shape < 22) return new TextEncoder().encode(this.#text());
    if (shape < 25) return Array.from({ length: random.int(4) }, () => this.#value(depth + 1));
    if (shape < 26)
      return random.pick([0, 1.5, -7, 4111111111111111, 78051120345, true, null, undefined, Number.NaN]);
    if (shape < 27) return Uint8Array.from({ length: random.int(24) }, () => random.int(256));
    const map: { [name: string]: AttributeValue } = {};
    for (let left = 1 + random.int(3); left > 0; left -= 1)
      define(map, random.once(12) ? this.#text() : random.pick(NAMES), this.#value(depth + 1));
    if (random.once(6)) {
      this.values += 2;
      Object.assign(map, { name: random.pick(NAMES), value: this.#text() });
    }
    return map;
  }
}

/** `__proto__` is a name like any other. */
function define(target: object, name: string, value: AttributeValue): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}
