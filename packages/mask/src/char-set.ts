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

/** Letters outside of ASCII that are another case of an ASCII letter. */
const KELVIN = 0x212a;
const LONG_S = 0x17f;
/** A set with more characters beyond ASCII than these is not looked at one by one. */
const MOST_LISTED = 64;

/**
 * The set with every letter in both cases, as a search in any case takes it. Undefined when it has letters beyond ASCII whose
 * cases are not known here.
 */
export function foldCase(set: CharSet): CharSet | undefined {
  const beyond = set.flatMap(([from, to]): [number, number][] =>
    to < 0x80 ? [] : [[Math.max(from, 0x80), to]],
  );
  const missing = complement([[0, 0x7f], ...charSet(beyond)]);
  if (!isCaseless(beyond) && !isCaseless(missing)) return undefined;
  const ranges = [...set];
  for (let code = 65; code <= 90; code += 1) {
    const other = code === 75 ? KELVIN : code === 83 ? LONG_S : code;
    const cases = [code, code + 32, other];
    if (cases.some((one) => includes(set, one))) for (const one of cases) ranges.push([one, one]);
  }
  return charSet(ranges);
}

function isCaseless(ranges: CharSet): boolean {
  const count = ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  if (count > MOST_LISTED) return false;
  return ranges.every(([from, to]) => {
    for (let code = from; code <= to; code += 1) {
      const char = String.fromCodePoint(code);
      if (code === KELVIN || code === LONG_S) continue;
      if (char.toLowerCase() !== char || char.toUpperCase() !== char) return false;
    }
    return true;
  });
}
