/** A regular expression, in any engine's spelling, for a text as it stands. */
export function literalPattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}
