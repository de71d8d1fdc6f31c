/** The words of a list. */
export function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** And the plural of each. */
export function words(list: string): ReadonlySet<string> {
  return new Set([...wordSet(list)].flatMap((word) => [word, `${word}s`]));
}
