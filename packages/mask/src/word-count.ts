/**
 * How many words a text has: runs of letters and digits, of which each can be a name. Counting stops beyond `most`.
 *
 * @param text attacker-controlled, any length.
 */
export function wordCount(text: string, most: number): number {
  let count = 0;
  let isInside = false;
  for (let at = 0; at < text.length && count <= most; at += 1) {
    const code = text.charCodeAt(at);
    const lower = code | 0x20;
    const isMember = (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39) || code >= 0x80;
    if (isMember && !isInside) count += 1;
    isInside = isMember;
  }
  return count;
}
