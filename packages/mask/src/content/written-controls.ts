import { escapeControls, hasControls, type LineCount } from './control-characters.js';

/** The text with its control characters written out; the same reference when it has none. */
export function writtenOut(text: string, placed: LineCount | undefined): string {
  const isJson = isJsonOfLines(text);
  const lines = placed ?? (isJson ? 'many' : 'one');
  if (!hasControls(text, lines)) return text;
  // Between the parts of JSON a line end is white space: the name stays JSON, on one line.
  const joined = isJson && lines === 'one' ? text.replace(/[\t\n\r]{1,64}/g, ' ') : text;
  return escapeControls(joined, lines);
}

/** JSON that is spread over lines: its line ends stand between its parts. */
function isJsonOfLines(text: string): boolean {
  if (!/[\t\n\r]/.test(text) || !/^\s{0,64}[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
