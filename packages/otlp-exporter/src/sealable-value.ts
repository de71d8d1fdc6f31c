import type { AnyValue, KeyValue } from '@spanseal/otlp';

/** Deepest nesting of a value: the limit of the canonical form. A value below it becomes empty. */
const maxDepth = 24;
/** Values of one bag of attributes. A few shared or cyclic objects unfold to millions; past the bound values become empty. */
const maxValues = 100_000;
/** Range of a 64-bit integer. */
const int64 = { min: -(2 ** 63), end: 2 ** 63 };

/** Attributes in the one shape that all serializers write alike, as they stand in OTLP. */
export interface SealableAttributes {
  readonly model: KeyValue[];
  /** Attributes that no serializer could have written. */
  readonly dropped: number;
}

/**
 * Makes attributes well-formed, so that OTLP/gRPC, HTTP/protobuf and HTTP/JSON carry one model: lone surrogates become
 * U+FFFD; NaN and infinities become text (the stock JSON serializer writes null, for which a Collector refuses the whole
 * request); an integer that JSON would round, or that has no 64 bits, becomes its digits as text; functions, symbols and
 * the like are dropped.
 *
 * @param except a key that is dropped.
 */
export function sealableAttributes(
  attributes: { readonly [key: string]: unknown },
  except?: string,
): SealableAttributes {
  const members = new Members();
  const reader = new ValueReader();
  let dropped = 0;
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value === undefined) continue;
    if (name !== except && isWritable(value)) members.add(name, reader.read(value, 0));
    else dropped += 1;
  }
  return { model: members.list, dropped };
}

/** Text without lone surrogates. */
export function sealableText(text: unknown): string {
  return typeof text === 'string' ? text.toWellFormed() : '';
}

function isWritable(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'number') return true;
  return value === null || typeof value === 'boolean' || typeof value === 'object';
}

const empty: AnyValue = {};

class ValueReader {
  #left = maxValues;

  read(value: unknown, depth: number): AnyValue {
    this.#left -= 1;
    if (this.#left < 0) return empty;
    if (typeof value === 'string') return { stringValue: value.toWellFormed() };
    if (typeof value === 'number') return readNumber(value);
    if (typeof value === 'boolean') return { boolValue: value };
    if (typeof value !== 'object' || value === null || depth >= maxDepth) return empty;
    if (value instanceof Uint8Array) return { bytesValue: new Uint8Array(value) };
    return Array.isArray(value) ? this.#array(value, depth) : this.#object(value, depth);
  }

  #array(value: readonly unknown[], depth: number): AnyValue {
    // A sparse array has a length that nobody wrote.
    const kept = value.slice(0, Math.max(this.#left, 0));
    return { arrayValue: { values: Array.from(kept, (item) => this.read(item, depth + 1)) } };
  }

  #object(value: object, depth: number): AnyValue {
    const known = Object.entries(value).filter(([, member]) => member !== undefined);
    const members = new Members();
    for (const [name, member] of known.slice(0, Math.max(this.#left, 0)))
      members.add(name, this.read(member, depth + 1));
    return { kvlistValue: { values: members.list } };
  }
}

/** Members of a map, with keys of which none is there twice. */
class Members {
  readonly list: KeyValue[] = [];
  /** Only keys that were changed can meet another: until there is one, nothing needs to be remembered. */
  #taken: Set<string> | undefined;

  add(name: string, value: AnyValue): void {
    const key = name.toWellFormed();
    if (key !== name || this.#taken !== undefined) this.list.push({ key: this.#free(key), value });
    else this.list.push({ key, value });
  }

  /** Two keys can become one when their lone surrogates are replaced; the second is kept under another name. */
  #free(key: string): string {
    const taken = this.#taken ?? new Set(this.list.map((member) => member.key));
    this.#taken = taken;
    let free = key;
    for (let count = 2; taken.has(free); count++) free = `${key}.${count}`;
    taken.add(free);
    return free;
  }
}

function readNumber(value: number): AnyValue {
  if (!Number.isFinite(value)) return { stringValue: String(value) };
  if (!Number.isInteger(value)) return { doubleValue: value };
  // −0 is an integer to the stock serializers, and is written as int 0.
  if (Number.isSafeInteger(value)) return { intValue: String(value) };
  const digits = BigInt(value).toString();
  const isKept = JSON.stringify(value) === digits;
  return isKept && value >= int64.min && value < int64.end ? { intValue: digits } : { stringValue: digits };
}
