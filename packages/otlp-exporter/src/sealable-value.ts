import type { AnyValue, KeyValue } from '@spanseal/otlp';

/**
 * Deepest nesting of a value that every protobuf library reads back: 24 levels, the limit of the canonical form. A value
 * below it becomes empty.
 */
const maxDepth = 24;

/** An attribute value in the one shape that all serializers write alike, and its OTLP model. */
export interface SealableValue {
  /** For the SDK's serializer. The value that came in, when nothing had to change. */
  readonly value: unknown;
  readonly model: AnyValue;
}

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
 * request); an integer that JSON would round becomes its digits as text; functions, symbols and the like are dropped.
 */
export function sealableAttributes(attributes: { readonly [key: string]: unknown }): SealableAttributes {
  const members = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const known = members.filter(([, value]) => isWritable(value));
  const { value, model } = sealableMap(known, 0);
  return { attributes: value, model, dropped: members.length - known.length };
}

/** Text without lone surrogates. */
export function sealableText(text: unknown): string {
  return typeof text === 'string' ? text.toWellFormed() : '';
}

function isWritable(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean', 'object'].includes(typeof value);
}

function sealableMap(
  members: [string, unknown][],
  depth: number,
): { value: { readonly [key: string]: unknown }; model: KeyValue[] } {
  const value: Record<string, unknown> = Object.create(null);
  const model: KeyValue[] = [];
  for (const [name, member] of members) {
    const key = freeKey(name.toWellFormed(), value);
    const sealable = sealableValue(member, depth);
    value[key] = sealable.value;
    model.push({ key, value: sealable.model });
  }
  return { value, model };
}

/** Two keys can become one when their lone surrogates are replaced; the second is kept under another name. */
function freeKey(key: string, taken: Record<string, unknown>): string {
  let free = key;
  for (let count = 2; free in taken; count++) free = `${key}.${count}`;
  return free;
}

function sealableValue(value: unknown, depth: number): SealableValue {
  if (typeof value === 'string') {
    const text = value.toWellFormed();
    return { value: text, model: { stringValue: text } };
  }
  if (typeof value === 'number') return sealableNumber(value);
  if (typeof value === 'boolean') return { value, model: { boolValue: value } };
  if (typeof value !== 'object' || value === null || depth >= maxDepth) return { value: null, model: {} };
  if (value instanceof Uint8Array) {
    const bytes = new Uint8Array(value);
    return { value: bytes, model: { bytesValue: bytes } };
  }
  if (Array.isArray(value)) {
    const values = Array.from(value, (item) => sealableValue(item, depth + 1));
    return {
      value: values.map((item) => item.value),
      model: { arrayValue: { values: values.map((item) => item.model) } },
    };
  }
  const map = sealableMap(
    Object.entries(value).filter(([, member]) => member !== undefined),
    depth + 1,
  );
  return { value: map.value, model: { kvlistValue: { values: map.model } } };
}

function sealableNumber(value: number): SealableValue {
  if (!Number.isFinite(value)) return { value: String(value), model: { stringValue: String(value) } };
  if (!Number.isInteger(value)) return { value, model: { doubleValue: value } };
  // −0 is an integer to the stock serializers, and is written as int 0.
  const digits = BigInt(value).toString();
  if (JSON.stringify(value) === digits || value === 0) return { value, model: { intValue: digits } };
  return { value: digits, model: { stringValue: digits } };
}
