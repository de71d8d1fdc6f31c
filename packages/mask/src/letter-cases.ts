import { type CharSet, charSet, complement, includes, LAST_CODE_POINT } from './char-set.js';

/** Letters outside of ASCII that are another case of an ASCII letter. */
const KELVIN = 0x212a;
const LONG_S = 0x17f;
const ASCII: CharSet = [[0, 0x7f]];
/** No letter beyond has cases. */
const LAST_LETTER = 0x1ffff;

const ASCII_CASES: readonly (readonly number[])[] = Array.from({ length: 26 }, (_, index) => {
  const code = 65 + index;
  return [code, code + 32, ...(code === 75 ? [KELVIN] : code === 83 ? [LONG_S] : [])];
});

/** The set with every letter in all its cases, by Unicode's simple case folding, as a search in any case takes it. */
export function foldCase(set: CharSet): CharSet {
  const groups = isSettledBeyondAscii(set) ? ASCII_CASES : [...ASCII_CASES, ...beyondAscii()];
  const ranges = [...set];
  for (const cases of groups) {
    if (cases.some((one) => includes(set, one))) for (const one of cases) ranges.push([one, one]);
  }
  return charSet(ranges);
}

/** True when no case beyond ASCII can be missing: nothing there is in the set, or all is but what has no cases. */
function isSettledBeyondAscii(set: CharSet): boolean {
  const missing = complement(charSet([...ASCII, ...set]));
  const within = complement(charSet([...ASCII, ...complement(set)]));
  return isCaseless(missing) || isCaseless(within);
}

/** A set with more characters than these is not looked at one by one. */
const MOST_LISTED = 64;

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

let found: readonly (readonly number[])[] | undefined;

/** The letters beyond ASCII that are cases of each other. Found once, in some ten milliseconds. */
function beyondAscii(): readonly (readonly number[])[] {
  found ??= findCases();
  return found;
}

function findCases(): readonly (readonly number[])[] {
  const groups = new Map<number, Set<number>>();
  for (let code = 0x80; code <= LAST_LETTER; code += 1) {
    const char = String.fromCodePoint(code);
    const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
    if (lower === char && upper === char) continue;
    for (const other of [lower, upper]) join(groups, code, other);
  }
  return [...new Set(groups.values())].map((group) => [...group]);
}

/** Lower and upper case are more than folding is: `ı` is no case of `I`, and `İ` none of anything. */
function join(groups: Map<number, Set<number>>, code: number, other: string): void {
  const otherCode = other.codePointAt(0) ?? LAST_CODE_POINT;
  if (other !== String.fromCodePoint(otherCode) || otherCode === code) return;
  if (!new RegExp(`^\\u{${code.toString(16)}}$`, 'iu').test(other)) return;
  const group = new Set([code, otherCode, ...(groups.get(code) ?? []), ...(groups.get(otherCode) ?? [])]);
  for (const one of group) groups.set(one, group);
}
