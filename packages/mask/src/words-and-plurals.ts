/** The words of a list, and the plural of each. */
export function words(list: string): ReadonlySet<string> {
  return new Set(
    list
      .trim()
      .split(/\s+/)
      .flatMap((word) => [word, `${word}s`]),
  );
}
