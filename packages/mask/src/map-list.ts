import type { AttributeValue } from './attribute-value.js';

/** `map` that calls no method of the list: the app's lists can have a `map` of their own. */
export function mapList<T>(
  list: readonly AttributeValue[],
  change: (item: AttributeValue, index: number) => T,
): T[] {
  const changed: T[] = [];
  for (let index = 0; index < list.length; index += 1) changed.push(change(list[index], index));
  return changed;
}

/** The list itself when each item of the masked one is as it was. */
export function sameOrNew(
  value: readonly AttributeValue[],
  masked: readonly AttributeValue[],
): readonly AttributeValue[] {
  if (masked.length !== value.length) return masked;
  for (let index = 0; index < masked.length; index += 1) {
    if (!Object.is(masked[index], value[index])) return masked;
  }
  return value;
}
