/** What a text holds, as far as a masker has to know before it reads it. */
export interface TextScan {
  /** `TRAIT_…` bits. */
  readonly traits: number;
  /**
   * Offsets behind what may have to be masked or says that something near it may, in ascending order: names, first
   * characters of tokens, long numbers, '@' and the like. Undefined: too many to list.
   */
  readonly ends: readonly number[] | undefined;
  /** How many they are, eight escapes as one, up to what the limit `places` lets pass, and one more. */
  readonly places: number;
}

/** Of a text that nobody scanned: there may be something anywhere. */
export const EVERYWHERE: TextScan = { traits: -1, ends: undefined, places: 0 };

/** Whether a mark lies behind `from`, and not behind `to`. */
export function hasMark({ ends }: TextScan, from: number, to: number): boolean {
  if (ends === undefined) return true;
  return (ends[firstAfter(ends, from)] ?? Number.MAX_SAFE_INTEGER) <= to;
}

/** Whether all marks lie in these parts of the text. Both are in ascending order. */
export function hasMarksOnlyIn(
  { ends }: TextScan,
  parts: readonly { readonly start: number; readonly end: number }[],
): boolean {
  if (ends === undefined) return false;
  let part = 0;
  for (const end of ends) {
    while (part < parts.length && (parts[part]?.end ?? 0) < end) part += 1;
    if ((parts[part]?.start ?? end) >= end) return false;
  }
  return true;
}

/** Index of the first offset that is greater than `at`. */
export function firstAfter(ends: readonly number[], at: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
