import { kindOf, refuse, refuseMember, within } from './fault.js';
import type { FieldOutput } from './field-output.js';
import { keyOrder } from './key-order.js';
import { maxValueDepth } from './limits.js';
import { checkMembers, isObject, listOf } from './member-check.js';
import type { AnyValue, KeyValue } from './model.js';
import { checkedBool, checkedBytes, checkedDouble, checkedText, setInt64 } from './scalar-check.js';
import { anyValue, arrayValue, keyValueList } from './schema.js';

/** Where a list of KeyValues stands: its name, its field's tag, the nesting around it, a key to leave out. */
export interface ListPlace {
  name: string;
  tag: number;
  depth: number;
  except?: string;
}

/** Writes a list of attributes or the members of a map, sorted in the canonical forms. */
export function writeKeyValues(
  out: FieldOutput,
  list: readonly KeyValue[] | undefined,
  place: ListPlace,
): void {
  const elements = listOf(list, place.name);
  const order = out.form === 'wire' ? undefined : checkedOrder(elements, place.name);
  let index = 0;
  try {
    for (let i = 0; i < elements.length; i++) {
      index = order?.[i] ?? i;
      const element = elements[index];
      if (place.except === undefined || element?.key !== place.except) writeKeyValue(out, element, place);
    }
  } catch (error) {
    throw within(error, place.name, index);
  }
}

function checkedOrder(elements: readonly KeyValue[], name: string): readonly number[] {
  for (let i = 0; i < elements.length; i++) {
    const element: unknown = elements[i];
    if (typeof (element as KeyValue | undefined)?.key === 'string') continue;
    refuseMember(`${name}[${i}]`, 'TYPE', { expected: 'an object with a key', got: kindOf(element) });
  }
  try {
    return keyOrder(elements);
  } catch (error) {
    throw within(error, name);
  }
}

function writeKeyValue(out: FieldOutput, element: KeyValue | undefined, { tag, depth }: ListPlace): void {
  if (!isObject(element)) refuse('TYPE', 'an object (KeyValue)', kindOf(element));
  for (const name in element) {
    if (name !== 'key' && name !== 'value') refuse('UNKNOWN_FIELD', 'a member of KeyValue', 'another name');
  }
  const { key, value } = element;
  if (typeof key !== 'string') refuseMember('key', 'TYPE', { expected: 'a string', got: kindOf(key) });
  const text = value === undefined ? undefined : textOf(value);
  if (text !== undefined && out.asciiKeyValue(tag, key, text)) return;
  const guess = key.length + valueRoom(value) + 4;
  out.need(1);
  out.byte(tag);
  const mark = out.open(guess);
  out.textField(0x0a, key, 'key');
  if (value !== undefined || out.form !== 'wire') {
    out.need(1);
    out.byte(0x12);
    try {
      writeAnyValue(out, value === undefined ? emptyValue : value, depth);
    } catch (error) {
      throw within(error, 'value');
    }
  }
  out.close(mark, guess);
}

const emptyValue: AnyValue = {};

/** Length and content of an AnyValue. */
export function writeAnyValue(out: FieldOutput, value: AnyValue, depth: number): void {
  const member = memberOf(value);
  const guess = valueRoom(value);
  const mark = out.open(guess);
  if (member !== undefined) {
    try {
      writeMember(out, value, { member, depth });
    } catch (error) {
      throw within(error, member);
    }
  }
  out.close(mark, guess);
}

/** The text of a value that is one and nothing else: most are, and need no closer look. */
function textOf(value: AnyValue): string | undefined {
  const text = value?.stringValue;
  if (typeof text !== 'string') return undefined;
  for (const name in value) if (name !== 'stringValue') return undefined;
  return text;
}

/** The one member that is present. */
function memberOf(value: AnyValue): keyof AnyValue | undefined {
  if (!isObject(value)) refuse('TYPE', 'an object (AnyValue)', kindOf(value));
  let member: keyof AnyValue | undefined;
  for (const name in value) {
    const known = name as keyof AnyValue;
    if (!anyValue.members.has(name)) refuse('UNKNOWN_FIELD', 'a member of AnyValue', 'another name');
    if (value[known] === undefined) continue;
    if (member !== undefined) refuse('DUPLICATE_FIELD', 'one member', 'a second one');
    member = known;
  }
  return member;
}

/** About how long the value's bytes are: right for ASCII and for scalars, so that nothing is moved. */
function valueRoom(value: AnyValue | undefined): number {
  const text = value?.stringValue;
  if (typeof text !== 'string') return 0;
  return text.length + (text.length < 128 ? 2 : 3);
}

function writeMember(out: FieldOutput, value: AnyValue, at: { member: keyof AnyValue; depth: number }): void {
  switch (at.member) {
    case 'stringValue':
      writeText(out, value.stringValue);
      break;
    case 'boolValue':
      writeBool(out, value.boolValue);
      break;
    case 'intValue':
      writeInt(out, value.intValue);
      break;
    case 'doubleValue':
      writeDouble(out, value.doubleValue);
      break;
    case 'bytesValue':
      writeBytes(out, value.bytesValue);
      break;
    default:
      writeNested(out, value, at);
      break;
  }
}

function writeText(out: FieldOutput, value: unknown): void {
  out.need(1);
  out.byte(0x0a);
  out.text(checkedText(value));
}

function writeBool(out: FieldOutput, value: unknown): void {
  out.need(2);
  out.byte(0x10);
  out.byte(checkedBool(value) ? 1 : 0);
}

function writeInt(out: FieldOutput, value: unknown): void {
  setInt64(out.int64, value);
  out.need(11);
  out.byte(0x18);
  out.varint64();
}

function writeDouble(out: FieldOutput, value: unknown): void {
  const number = checkedDouble(value);
  out.need(9);
  out.byte(0x21);
  // -0 + 0 is 0: a reader that takes `-0` in JSON for an integer loses the sign, so the canonical form has none.
  out.double(out.form === 'wire' ? number : number + 0);
}

function writeBytes(out: FieldOutput, value: unknown): void {
  const bytes = checkedBytes(value);
  out.need(6);
  out.byte(0x3a);
  out.varint(bytes.length);
  out.raw(bytes);
}

function writeNested(out: FieldOutput, value: AnyValue, at: { member: keyof AnyValue; depth: number }): void {
  if (at.depth >= maxValueDepth) refuse('DEPTH', `at most ${maxValueDepth} levels`, 'more levels');
  const depth = at.depth + 1;
  out.need(1);
  if (at.member === 'kvlistValue') {
    checkMembers(keyValueList, value.kvlistValue);
    out.byte(0x32);
    const mark = out.open(0);
    writeKeyValues(out, value.kvlistValue?.values, { name: 'values', tag: 0x0a, depth });
    out.close(mark, 0);
  } else {
    checkMembers(arrayValue, value.arrayValue);
    out.byte(0x2a);
    const mark = out.open(0);
    writeElements(out, listOf(value.arrayValue?.values, 'values'), depth);
    out.close(mark, 0);
  }
}

function writeElements(out: FieldOutput, elements: readonly AnyValue[], depth: number): void {
  let i = 0;
  try {
    for (; i < elements.length; i++) {
      out.need(1);
      out.byte(0x0a);
      writeAnyValue(out, elements[i] as AnyValue, depth);
    }
  } catch (error) {
    throw within(error, 'values', i);
  }
}
