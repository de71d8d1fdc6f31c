/** A member with the name that it had, and the one that it gets. */
export type RenamedEntry<T> = readonly [before: string, name: string, value: T];

/**
 * Entries whose names may have become one stay apart: a name that was there before stays with its entry, of the others the
 * later ones get `#2`, `#3` … at their end. Linear in the entries.
 */
export function withFreeNames<T>(entries: readonly RenamedEntry<T>[]): [string, T][] {
  const taken = new Set<string>();
  for (const [before, name] of entries) if (before === name) taken.add(name);
  const suffixes = new Map<string, number>();
  return entries.map(([before, name, value]) => {
    if (before === name) return [name, value];
    let free = name;
    for (let next = suffixes.get(name) ?? 2; taken.has(free); next += 1) {
      free = `${name}#${next}`;
      // The suffix only grows for one name, so that many equal names cost linear time.
      suffixes.set(name, next + 1);
    }
    taken.add(free);
    return [free, value];
  });
}
