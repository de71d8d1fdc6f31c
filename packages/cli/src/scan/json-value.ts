import type { AttributeValue } from '@spanseal/mask';

/** Longer texts are read as text. In UTF-16 units. */
const LONGEST = 4_194_304;

/** The value of a text that is JSON of an object, an array or a string; undefined for anything else. */
export function parseJsonText(text: string): AttributeValue | undefined {
  const first = /^\s*(["[{])/.exec(text.slice(0, 64))?.[1];
  if (first === undefined || text.length > LONGEST) return undefined;
  const closing = first === '{' ? '}' : first === '[' ? ']' : '"';
  if (!text.trimEnd().endsWith(closing)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    // What JSON.parse gives is made of the types that an attribute can have.
    return typeof value === 'object' || typeof value === 'string' ? (value as AttributeValue) : undefined;
  } catch {
    return undefined;
  }
}
