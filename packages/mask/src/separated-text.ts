/**
 * Escapes of white space and signs before a word (`%22`, `%253D`, `\n`): read as they stand, their last letters or digits
 * would belong to it. Escapes of what words are made of are none of these.
 */
const GLUED = /(?:%(?:25)?(?:0[9ad]|2[0-246-9c]|3[a-f]|5[bd]|60|7[b-d])|\\{1,8}[bfnrt])(?=[\w+.~(-])/gi;

/** A text with spaces in place of these escapes, so that places in it are the same. Linear in the length. */
export function separatedText(text: string): string {
  if (!text.includes('%') && !text.includes('\\')) return text;
  return text.replace(GLUED, ({ length }) => ' '.repeat(length));
}
