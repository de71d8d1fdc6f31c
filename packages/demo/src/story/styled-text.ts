import type { Style, Terminal } from './terminal.js';

/** A text in pieces, each with its style. */
export type StyledText = readonly { readonly style: Style; readonly text: string }[];

/** Where a line may end: after one of these. */
const breakAfter = /[\s,&?=@/.:;]/;

function lineEnd(text: string, start: number, width: number): number {
  if (text.length - start <= width) return text.length;
  for (let end = start + width; end > start + width / 2; end -= 1) {
    if (breakAfter.test(text.charAt(end - 1))) return end;
  }
  return start + width;
}

function* slices(styled: StyledText, start: number, end: number): Generator<StyledText[number]> {
  let offset = 0;
  for (const { style, text } of styled) {
    const piece = text.slice(Math.max(0, start - offset), Math.max(0, end - offset));
    if (piece !== '') yield { style, text: piece };
    offset += text.length;
  }
}

/** How a styled text is laid out: `width` in characters, and at most `lines` lines. */
export interface Box {
  readonly width: number;
  readonly lines: number;
}

/** The lines of a text, each padded to the width of the box; what does not fit ends in an ellipsis. */
export function wrap(styled: StyledText, { width, lines }: Box, { glyphs, paint }: Terminal): string[] {
  const text = styled.map((piece) => piece.text).join('');
  const wrapped: string[] = [];
  let start = 0;
  while (start < text.length && wrapped.length < lines) {
    let end = lineEnd(text, start, width);
    const cut = wrapped.length === lines - 1 && end < text.length;
    if (cut) end = start + width - glyphs.ellipsis.length;
    const painted = [...slices(styled, start, end)].map((piece) => paint(piece.style, piece.text)).join('');
    const tail = cut ? glyphs.ellipsis : '';
    wrapped.push(painted + paint('dim', tail) + ' '.repeat(width - (end - start) - tail.length));
    start = end;
  }
  return wrapped;
}
