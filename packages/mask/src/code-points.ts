/** The code point that ends before an offset of a text, -1 at its start. A half of a pair that stands alone is one too. */
export function codeBefore(text: string, offset: number): number {
  if (offset <= 0) return -1;
  const unit = text.charCodeAt(offset - 1);
  if ((unit & 0xfc00) !== 0xdc00 || offset < 2) return unit;
  const code = text.codePointAt(offset - 2) ?? unit;
  return code > 0xffff ? code : unit;
}

/** The code point that begins at an offset of a text, -1 at its end. */
export function codeAt(text: string, offset: number): number {
  return text.codePointAt(offset) ?? -1;
}
