import type { FaultList } from './fault-list.js';

/** An object of unknown origin, read by its own enumerable names only. */
export type Fields = ReadonlyMap<string, unknown>;

/** Reads an object's members; other names than the expected ones are faults. */
export function readFields(
  value: unknown,
  {
    path,
    known,
    faults,
  }: { readonly path: string; readonly known?: readonly string[]; readonly faults: FaultList },
): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return faults.add(path, 'an object', value);
  }
  const fields = new Map<string, unknown>();
  for (const name of Object.keys(value)) {
    if (known !== undefined && !known.includes(name)) {
      const shown = /^[\w$.-]{1,40}$/.test(name) ? name : '(unreadable name)';
      const where = path === '' ? shown : `${path}.${shown}`;
      faults.addReason(where, `one of the known members (${known.join(', ')})`, 'an unknown member');
    } else fields.set(name, Reflect.get(value, name));
  }
  return fields;
}

/** An array's elements with their paths. Undefined gives none. */
export function readList(
  value: unknown,
  path: string,
  faults: FaultList,
): readonly (readonly [string, unknown])[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    faults.add(path, 'an array', value);
    return [];
  }
  return Array.from(value, (element: unknown, index) => [`${path}[${index}]`, element] as const);
}

/** A text that is not empty, or undefined with a fault. Undefined itself is no fault. */
export function readText(value: unknown, path: string, faults: FaultList): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '') return faults.add(path, 'a string that is not empty', value);
  return value;
}

/** One of a few words. */
export function readWord<W extends string>(
  value: unknown,
  {
    path,
    words,
    faults,
  }: { readonly path: string; readonly words: readonly W[]; readonly faults: FaultList },
): W | undefined {
  if (value === undefined) return undefined;
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;
  const got = typeof value === 'string' ? 'another string' : undefined;
  const expected = `one of ${words.join(', ')}`;
  return got === undefined ? faults.add(path, expected, value) : faults.addReason(path, expected, got);
}

/** A whole number in a range. */
export function readCount(
  value: unknown,
  {
    path,
    from,
    to,
    faults,
  }: { readonly path: string; readonly from: number; readonly to: number; readonly faults: FaultList },
): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
  return faults.add(path, `a whole number from ${from} to ${to}`, value);
}
