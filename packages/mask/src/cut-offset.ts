/** White space is looked for so far before the place where a text is cut. In UTF-16 units. */
const REACH = 256;

/** Where a long text is cut: at white space if there is some near the limit, never inside a character. */
export function cutOffset(text: string, limit: number): number {
  for (let index = limit; index > limit - REACH && index > 0; index -= 1) {
    if (text.charCodeAt(index) <= 32) return index;
  }
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit;
}
