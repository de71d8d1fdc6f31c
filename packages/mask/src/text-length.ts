import type { AttributeValue } from './attribute-value.js';

/** What a value that is no text counts for, in UTF-16 units. */
const SCALAR_LENGTH = 8;

/**
 * The text in a value of any shape, in UTF-16 units (of bytes, in bytes), names of members included. Counting stops beyond
 * the given length. An object that stands in several places counts once.
 */
export function textLength(value: AttributeValue, most: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return SCALAR_LENGTH;
  const seen = new Set<object>();
  const left: unknown[] = [value];
  let length = 0;
  while (left.length > 0 && length <= most) {
    const next = left.pop();
    length += typeof next === 'string' ? next.length : SCALAR_LENGTH;
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (next instanceof Uint8Array) length += next.length;
    else if (Array.isArray(next))
      for (const element of next.slice(0, most / SCALAR_LENGTH + 1)) left.push(element);
    else for (const name of Object.keys(next)) left.push(name, Reflect.get(next, name));
  }
  return length;
}
