import {
  type AnyValue,
  knownKeys,
  modelOfNative,
  type NativeAttributes,
  type NativeScalar,
  type NativeValue,
} from '@spanseal/otlp';

/** Deepest nesting of a value: the limit of the canonical form. A value below it becomes empty. */
const maxDepth = 24;
/** Values of one bag of attributes. A few shared or cyclic objects unfold to millions; past the bound values become empty. */
const maxValues = 100_000;
/** Range of a 64-bit integer. */
const int64 = { min: -(2 ** 63), end: 2 ** 63 };

/**
 * Makes attributes well-formed, so that OTLP/gRPC, HTTP/protobuf and HTTP/JSON carry one model: lone surrogates become
 * U+FFFD; NaN and infinities become text (the stock JSON serializer writes null, for which a Collector refuses the whole
 * request); an integer that JSON would round, or that has no 64 bits, becomes its digits as text; functions, symbols and
 * the like are dropped.
 *
 * @returns them, with the number of those that no serializer could have written as `droppedAttributesCount`.
 * @param except keys that are left out: the first counts as dropped, the second does not.
 */
export function sealableAttributes(
  attributes: { readonly [key: string]: unknown },
  except: Exceptions = noExceptions,
): NativeAttributes {
  const names = Object.keys(attributes);
  const known = knownKeys(names);
  const isPlain = known !== undefined || (names.length <= maxValues && names.every(isWellFormed));
  const values = isPlain ? plainValues(attributes, names, except) : undefined;
  if (values !== undefined) return { keys: known ?? names, values, droppedAttributesCount: 0 };
  const members = new Members<NativeValue>();
  const reader = new ValueReader();
  let dropped = 0;
  for (const name of names) {
    const value = attributes[name];
    if (value === undefined || name === except.silent) continue;
    if (name !== except.dropped && isWritable(value)) members.add(name, reader.native(value));
    else dropped += 1;
  }
  return { keys: members.keys, values: members.values, droppedAttributesCount: dropped };
}

/** Names of attributes that are left out: one as dropped, and one that does not count. */
export interface Exceptions {
  readonly dropped?: string | undefined;
  readonly silent?: string | undefined;
}

/** The values of attributes such as most spans have: there is none to leave out. */
function plainValues(
  attributes: { readonly [key: string]: unknown },
  names: readonly string[],
  { dropped, silent }: Exceptions,
): NativeValue[] | undefined {
  let reader: ValueReader | undefined;
  const values: NativeValue[] = [];
  // `for … in` takes a third of the time that the names of `Object.keys()` take, and gives inherited ones as well.
  for (const name in attributes) {
    if (name !== names[values.length] || name === dropped || name === silent) return undefined;
    const value = attributes[name];
    // Lone surrogates of a text are the writer's to replace: to ask every text for them costs more than what has them does.
    const scalar = typeof value === 'string' ? value : scalarOf(value);
    if (scalar !== undefined) values.push(scalar);
    else if (typeof value === 'object') {
      reader ??= new ValueReader(names.length);
      values.push(reader.other(value));
    } else return undefined;
  }
  return values.length === names.length ? values : undefined;
}

function isWellFormed(name: string): boolean {
  return name.isWellFormed();
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
const noExceptions: Exceptions = {};

class ValueReader {
  #left: number;

  /** @param taken values that were read by others. */
  constructor(taken = 0) {
    this.#left = maxValues - taken;
  }

  native(value: unknown): NativeValue {
    this.#left -= 1;
    if (this.#left < 0) return empty;
    return scalarOf(value) ?? this.other(value);
  }

  /** A value that is neither text, number nor boolean, at the top of an attribute. */
  other(value: unknown): NativeValue {
    return this.#scalars(value) ?? this.#model(value, 0);
  }

  /** A list of nothing but scalars, as OpenTelemetry's own lists are. */
  #scalars(value: unknown): readonly NativeScalar[] | undefined {
    if (!Array.isArray(value)) return undefined;
    // Asked for once: a proxy can say another length each time, and so never end.
    const { length } = value;
    if (length > this.#left) return undefined;
    const list: NativeScalar[] = [];
    for (let i = 0; i < length; i += 1) {
      const scalar = scalarOf(value[i]);
      // An integer that is kept as its digits is none.
      if (scalar === undefined || typeof scalar === 'object') return undefined;
      list.push(scalar);
    }
    this.#left -= list.length;
    return list;
  }

  #read(value: unknown, depth: number): AnyValue {
    this.#left -= 1;
    if (this.#left < 0) return empty;
    const scalar = scalarOf(value);
    return scalar === undefined ? this.#model(value, depth) : modelOfNative(scalar);
  }

  /** Of a value that is neither text, number nor boolean. */
  #model(value: unknown, depth: number): AnyValue {
    if (typeof value !== 'object' || value === null || depth >= maxDepth) return empty;
    if (value instanceof Uint8Array) return { bytesValue: new Uint8Array(value) };
    return Array.isArray(value) ? this.#array(value, depth) : this.#object(value, depth);
  }

  #array(value: readonly unknown[], depth: number): AnyValue {
    // A sparse array has a length that nobody wrote.
    const length = Math.min(value.length, Math.max(this.#left, 0));
    const values: AnyValue[] = [];
    for (let i = 0; i < length; i += 1) values.push(this.#read(value[i], depth + 1));
    return { arrayValue: { values } };
  }

  #object(value: object, depth: number): AnyValue {
    const known = Object.entries(value).filter(([, member]) => member !== undefined);
    const members = new Members<AnyValue>();
    for (const [name, member] of known.slice(0, Math.max(this.#left, 0)))
      members.add(name, this.#read(member, depth + 1));
    const values = members.keys.map((key, index) => ({ key, value: members.values[index] ?? empty }));
    return { kvlistValue: { values } };
  }
}

/** Members of a map, with keys of which none is there twice. */
class Members<Value> {
  readonly keys: string[] = [];
  readonly values: Value[] = [];
  /** Only keys that were changed can meet another: until there is one, nothing needs to be remembered. */
  #taken: Set<string> | undefined;

  add(name: string, value: Value): void {
    const key = name.toWellFormed();
    this.keys.push(key === name && this.#taken === undefined ? key : this.#free(key));
    this.values.push(value);
  }

  /** Two keys can become one when their lone surrogates are replaced; the second is kept under another name. */
  #free(key: string): string {
    const taken = this.#taken ?? new Set(this.keys);
    this.#taken = taken;
    let free = key;
    for (let count = 2; taken.has(free); count++) free = `${key}.${count}`;
    taken.add(free);
    return free;
  }
}

/** An integer that is kept as its digits is written as the model has it. */
type Scalar = NativeScalar | Pick<AnyValue, 'intValue'>;

/** A text, a number or a boolean; undefined for any other value. */
function scalarOf(value: unknown): Scalar | undefined {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number') return nativeNumber(value);
  return typeof value === 'boolean' ? value : undefined;
}

function nativeNumber(value: number): Scalar {
  // −0 is an integer to the stock serializers, and is written as int 0.
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (!Number.isFinite(value)) return String(value);
  if (!Number.isInteger(value)) return value;
  const digits = BigInt(value).toString();
  const isKept = JSON.stringify(value) === digits;
  return isKept && value >= int64.min && value < int64.end ? { intValue: digits } : digits;
}
