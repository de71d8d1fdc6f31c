import type { AttributeValue } from '@spanseal/mask';
import type { AnyValue, KeyValue } from '@spanseal/otlp';

/** An OTLP value as the masker takes it. */
export function toAttributeValue(value: AnyValue | undefined): AttributeValue {
  if (value === undefined) return null;
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return toInteger(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.bytesValue !== undefined) return toBytes(value.bytesValue);
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(toAttributeValue);
  if (value.kvlistValue !== undefined) return toMap(value.kvlistValue.values ?? []);
  return null;
}

/** The OTLP value of what the masker gave back. Whatever it left alone keeps its own spelling. */
export function toAnyValue(masked: AttributeValue, original: AnyValue | undefined): AnyValue {
  if (original !== undefined && isSame(masked, toAttributeValue(original))) return original;
  if (masked === null || masked === undefined) return {};
  if (typeof masked === 'string') return { stringValue: masked };
  if (typeof masked === 'boolean') return { boolValue: masked };
  if (typeof masked === 'number')
    return Number.isSafeInteger(masked) ? { intValue: masked } : { doubleValue: masked };
  if (masked instanceof Uint8Array) return { bytesValue: masked };
  if (isArray(masked)) {
    const originals = original?.arrayValue?.values ?? [];
    return { arrayValue: { values: masked.map((item, index) => toAnyValue(item, originals[index])) } };
  }
  const originals = new Map((original?.kvlistValue?.values ?? []).map(({ key, value }) => [key, value]));
  const values = Object.entries(masked).map(([key, member]): KeyValue => {
    return { key, value: toAnyValue(member, originals.get(key)) };
  });
  return { kvlistValue: { values } };
}

function isArray(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value);
}

function toMap(members: readonly KeyValue[]): { [key: string]: AttributeValue } {
  const map: { [key: string]: AttributeValue } = Object.create(null);
  for (const { key, value } of members) map[key] = toAttributeValue(value);
  return map;
}

/** An integer that a number cannot hold goes through the masker as its digits. */
function toInteger(value: string | number | bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function toBytes(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : value;
}

function isSame(left: AttributeValue, right: AttributeValue): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (left instanceof Uint8Array || right instanceof Uint8Array) {
    return left instanceof Uint8Array && right instanceof Uint8Array && Buffer.compare(left, right) === 0;
  }
  if (isArray(left) || isArray(right)) {
    return (
      isArray(left) &&
      isArray(right) &&
      left.length === right.length &&
      left.every((item, at) => isSame(item, right[at]))
    );
  }
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => isSame(left[key], right[key]));
}
