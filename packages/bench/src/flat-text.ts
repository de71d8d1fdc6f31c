/**
 * A text in one piece, as one that was read from outside is: what is put together from parts would be so at its first use, and
 * count for whoever comes first.
 */
export function flatText(text: string): string {
  return Buffer.from(text).toString();
}

/** The unit, as often as it takes to fill the length; in one piece. */
export function repeatTo(unit: string, length: number): string {
  return flatText(unit.repeat(Math.ceil(length / unit.length)));
}
