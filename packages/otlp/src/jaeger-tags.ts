import { refuseMember, within } from './fault.js';
import type { JaegerTag } from './jaeger-model.js';
import { readJsonScalar, type Token } from './json-scalar.js';
import type { AnyValue, KeyValue } from './model.js';
import type { ScalarType } from './schema.js';
import type { StoreNotes } from './store-notes.js';

/** Where a list of tags stands. */
export interface TagReading {
  readonly notes: StoreNotes;
  readonly refuseDuplicates: boolean;
  /** The path of what has the list, and the list's own name. */
  readonly path: string;
  readonly member: string;
}

/** A tag, and where it stands in its list. */
export interface PlacedTag {
  readonly tag: JaegerTag;
  readonly index: number;
}

export interface TagAttributes {
  readonly attributes: KeyValue[];
  /** Whether one of them can have been another value: Jaeger writes lists and maps as JSON text, and no value as ''. */
  readonly cut: boolean;
}

/** Tags as attributes. */
export function attributesOf(tags: readonly JaegerTag[], reading: TagReading): TagAttributes {
  return placedAttributes(
    tags.map((tag, index) => ({ tag, index })),
    reading,
  );
}

/** The same of some tags of a list. */
export function placedAttributes(placed: readonly PlacedTag[], reading: TagReading): TagAttributes {
  const { notes, path, member } = reading;
  const keys = new Set<string>();
  let cut = false;
  const attributes = placed.map(({ tag, index }): KeyValue => {
    if (keys.size === keys.add(tag.key).size && reading.refuseDuplicates) {
      const fault = { expected: 'each key once', got: 'a second one' };
      refuseMember(`${member}[${index}].key`, 'DUPLICATE_KEY', fault);
    }
    try {
      const value = tagValue(tag);
      if (isFlattened(value)) {
        cut = true;
        notes.add('STORE_TEXT', `${path}.${member}[${index}]`);
      }
      return { key: tag.key, value };
    } catch (error) {
      throw within(error, member, index);
    }
  });
  return { attributes, cut };
}

type ValueMember = 'stringValue' | 'boolValue' | 'intValue' | 'doubleValue' | 'bytesValue';

/** Jaeger's types of values, and what they are in OTLP. */
const types: ReadonlyMap<string, readonly [ValueMember, ScalarType]> = new Map([
  ['string', ['stringValue', 'string']],
  ['bool', ['boolValue', 'bool']],
  ['int64', ['intValue', 'int64']],
  ['float64', ['doubleValue', 'double']],
  ['binary', ['bytesValue', 'bytes']],
]);

function tagValue({ type = '', value = null }: JaegerTag): AnyValue {
  const [member, scalar] = types.get(type) ?? [];
  if (member === undefined || scalar === undefined) {
    const expected = [...types.keys()].join(', ');
    return refuseMember('type', 'VALUE', { expected, got: 'another string' });
  }
  try {
    return { [member]: readJsonScalar(scalar, absent(value, scalar)) };
  } catch (error) {
    throw within(error, 'value');
  }
}

/** Go writes no bytes as null. */
function absent(value: Token, scalar: ScalarType): Token {
  return value === null && scalar === 'bytes' ? '' : value;
}

function isFlattened({ stringValue }: AnyValue): boolean {
  return stringValue !== undefined && /^(?:[[{]|$)/.test(stringValue);
}
