import type { AnyValue, KeyValue } from '@spanseal/otlp';

/** Deepest nesting of a value: the limit of the canonical form. A value below it becomes empty. */
const maxDepth = 24;
/** Values of one bag of attributes. A few shared or cyclic objects unfold to millions; past the bound values become empty. */
const maxValues = 100_000;
/** Range of a 64-bit integer. */
const int64 = { min: -(2 ** 63), end: 2 ** 63 };

/** Attributes in the one shape that all serializers write alike, and their OTLP model. */
export interface SealableAttributes {
  readonly attributes: { readonly [key: string]: unknown };
  readonly model: KeyValue[];
  /** Attributes that no serializer could have written. */
  readonly dropped: number;
}

/**
 * Makes attributes well-formed, so that OTLP/gRPC, HTTP/protobuf and HTTP/JSON carry one model: lone surrogates become
 * U+FFFD; NaN and infinities become text (the stock JSON serializer writes null, for which a Collector refuses the whole
 * request); an integer that JSON would round, or that has no 64 bits, becomes its digits as text; functions, symbols and
 * the like are dropped.
 */
export function sealableAttributes(attributes: { readonly [key: string]: unknown }): SealableAttributes {
  const members = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const known = members.filter(([, value]) => isWritable(value));
  const { value, model } = new ValueReader().map(known, 0);
  return { attributes: value, model, dropped: members.length - known.length };
}

/** Text without lone surrogates. */
export function sealableText(text: unknown): string {
  return typeof text === 'string' ? text.toWellFormed() : '';
}

function isWritable(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean', 'object'].includes(typeof value);
}

/** A value for the SDK's serializer, and what that writes. */
interface SealableValue {
  readonly value: unknown;
  readonly model: AnyValue;
}

const empty: SealableValue = { value: null, model: {} };

class ValueReader {
  #left = maxValues;

  map(
    members: readonly [string, unknown][],
    depth: number,
  ): { value: { readonly [key: string]: unknown }; model: KeyValue[] } {
    const value: Record<string, unknown> = Object.create(null);
    const model: KeyValue[] = [];
    for (const [name, member] of members) {
      const key = freeKey(name.toWellFormed(), value);
      const sealable = this.#read(member, depth);
      value[key] = sealable.value;
      model.push({ key, value: sealable.model });
    }
    return { value, model };
  }

  #read(value: unknown, depth: number): SealableValue {
    this.#left -= 1;
    if (this.#left < 0) return empty;
    if (typeof value === 'string') {
      const text = value.toWellFormed();
      return { value: text, model: { stringValue: text } };
    }
    if (typeof value === 'number') return readNumber(value);
    if (typeof value === 'boolean') return { value, model: { boolValue: value } };
    if (typeof value !== 'object' || value === null || depth >= maxDepth) return empty;
    if (value instanceof Uint8Array) {
      const bytes = new Uint8Array(value);
      return { value: bytes, model: { bytesValue: bytes } };
    }
    return Array.isArray(value) ? this.#array(value, depth) : this.#object(value, depth);
  }

  #array(value: readonly unknown[], depth: number): SealableValue {
    // A sparse array has a length that nobody wrote.
    const kept = value.slice(0, Math.max(this.#left, 0));
    const values = Array.from(kept, (item) => this.#read(item, depth + 1));
    return {
      value: values.map((item) => item.value),
      model: { arrayValue: { values: values.map((item) => item.model) } },
    };
  }

  #object(value: object, depth: number): SealableValue {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    const map = this.map(members.slice(0, Math.max(this.#left, 0)), depth + 1);
    return { value: map.value, model: { kvlistValue: { values: map.model } } };
  }
}

/** Two keys can become one when their lone surrogates are replaced; the second is kept under another name. */
function freeKey(key: string, taken: Record<string, unknown>): string {
  let free = key;
  for (let count = 2; free in taken; count++) free = `${key}.${count}`;
  return free;
}

function readNumber(value: number): SealableValue {
  if (!Number.isFinite(value)) return { value: String(value), model: { stringValue: String(value) } };
  if (!Number.isInteger(value)) return { value, model: { doubleValue: value } };
  // −0 is an integer to the stock serializers, and is written as int 0.
  const digits = BigInt(value).toString();
  const isKept = value === 0 || JSON.stringify(value) === digits;
  if (isKept && value >= int64.min && value < int64.end) return { value, model: { intValue: digits } };
  return { value: digits, model: { stringValue: digits } };
}
