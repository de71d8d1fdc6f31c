/** A range of seqs, [from, to], both included. */
export type SeqRange = [from: number, to: number];

/** The gaps between seqs, in ascending order, and between the last of them and `end`. */
export function gapsBelow(seqs: Iterable<number>, end: number): SeqRange[] {
  const gaps: SeqRange[] = [];
  let next = 0;
  for (const seq of seqs) {
    if (seq > next) gaps.push([next, seq - 1]);
    next = seq + 1;
  }
  if (end > next) gaps.push([next, end - 1]);
  return gaps;
}

/** What of `ranges` lies below `end`. */
export function rangesBelow(ranges: readonly SeqRange[], end: number): SeqRange[] {
  return ranges.filter(([from]) => from < end).map(([from, to]) => [from, Math.min(to, end - 1)]);
}

/** What of `ranges` lies in `others`, and what does not. Both ascend, and their ranges do not overlap. */
export function splitRanges(
  ranges: readonly SeqRange[],
  others: readonly SeqRange[],
): { readonly inside: SeqRange[]; readonly outside: SeqRange[] } {
  const inside: SeqRange[] = [];
  const outside: SeqRange[] = [];
  let index = 0;
  for (const [from, to] of ranges) {
    let at = from;
    while (at <= to) {
      while (index < others.length && (others[index]?.[1] ?? 0) < at) index += 1;
      const [otherFrom, otherTo] = others[index] ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      const end = otherFrom <= at ? Math.min(to, otherTo) : Math.min(to, otherFrom - 1);
      (otherFrom <= at ? inside : outside).push([at, end]);
      at = end + 1;
    }
  }
  return { inside, outside };
}

/** The same seqs in ascending ranges that neither overlap nor touch. */
export function joinRanges(ranges: readonly SeqRange[]): SeqRange[] {
  const joined: SeqRange[] = [];
  for (const [from, to] of [...ranges].sort((one, other) => one[0] - other[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** How many seqs there are in ranges. */
export function countOf(ranges: readonly SeqRange[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}
