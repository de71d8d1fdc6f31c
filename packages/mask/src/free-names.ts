/** Two names that are one once masked both stay: the later ones get `#2`, `#3` … at their end. Linear in the entries. */
export function withFreeNames<T>(entries: readonly (readonly [string, T])[]): [string, T][] {
  const taken = new Set<string>();
  const suffixes = new Map<string, number>();
  return entries.map(([name, value]) => {
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
