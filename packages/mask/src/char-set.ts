/** A set of code points: ranges in order, both ends included, none touching the next. */
export type CharSet = readonly (readonly [from: number, to: number])[];

export const LAST_CODE_POINT = 0x10ffff;
export const everyChar: CharSet = [[0, LAST_CODE_POINT]];

/** The set of some ranges in any order. */
export function charSet(ranges: readonly (readonly [number, number])[]): CharSet {
  const sorted = [...ranges].sort(([left], [right]) => left - right);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged[merged.length - 1];
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** What is not in the set. */
export function complement(set: CharSet): CharSet {
  const rest: [number, number][] = [];
  let from = 0;
  for (const [start, end] of set) {
    if (start > from) rest.push([from, start - 1]);
    from = end + 1;
  }
  if (from <= LAST_CODE_POINT) rest.push([from, LAST_CODE_POINT]);
  return rest;
}

export function includes(set: CharSet, code: number): boolean {
  return set.some(([from, to]) => from <= code && code <= to);
}

export function areDisjoint(left: CharSet, right: CharSet): boolean {
  let at = 0;
  for (const [from, to] of left) {
    while (at < right.length && (right[at]?.[1] ?? 0) < from) at += 1;
    const other = right[at];
    if (other !== undefined && other[0] <= to) return false;
  }
  return true;
}
