/** Longer texts are no typing error of a word. */
const LONGEST = 40;

/**
 * The one of some known words that a text was probably meant to be: at most two typing errors away, and less than half of
 * the word. Undefined when there is none.
 */
export function closestWord(text: string, words: readonly string[]): string | undefined {
  if (text.length > LONGEST) return undefined;
  const typed = text.toLowerCase();
  let best: string | undefined;
  let fewest = 3;
  for (const word of words) {
    const errors = typingErrors(typed, word.toLowerCase());
    if (errors < fewest && errors * 2 < word.length) [best, fewest] = [word, errors];
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours between two texts. */
function typingErrors(left: string, right: string): number {
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1];
      let errors = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (swapped) errors = Math.min(errors, (before[j - 2] ?? 0) + 1);
      next.push(errors);
    }
    [before, row] = [row, next];
  }
  return row[right.length] ?? 0;
}
