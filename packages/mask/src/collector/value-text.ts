import type { AttributeValue } from '../attribute-value.js';

/** Most members and elements of a value that are written out: what lists share is written once for each. */
const MOST_PARTS = 1_000_000;

/**
 * A value of any type as text, as the Collector's own model writes it: JSON for maps and lists, base64 for bytes.
 *
 * @throws {RangeError} for a value that is nested or shared beyond reason, {TypeError} for one that holds itself.
 */
export function valueText(value: AttributeValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return base64(value);
  let parts = 0;
  const count = (name: string, part: unknown): unknown => {
    parts += 1;
    if (parts > MOST_PARTS) throw new RangeError('a value of too many parts');
    return plain(name, part);
  };
  // Line separators aside, Go escapes what HTML would take for its own.
  return JSON.stringify(value, count).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Members in the order of their names, and bytes as text. */
function plain(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (value instanceof Uint8Array) return base64(value);
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function base64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
