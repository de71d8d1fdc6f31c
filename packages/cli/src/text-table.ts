/** Columns of a terminal that does not say how wide it is, and of a file. */
const USUAL_COLUMNS = 100;
const FEWEST_COLUMNS = 40;

/** How text is set for the stream that it goes to. */
export interface TextStyle {
  readonly columns: number;
  /** Escape sequences for colour are understood: never in a file or a pipe. */
  readonly colour: boolean;
}

/** The style for a stream: colour only on a terminal, and not where NO_COLOR is set (no-color.org). */
export function textStyle(
  stream: { isTTY?: boolean; columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): TextStyle {
  const columns = stream.isTTY === true && stream.columns ? stream.columns : USUAL_COLUMNS;
  return {
    columns: Math.max(FEWEST_COLUMNS, columns),
    colour: stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  };
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

/** A text in a colour, or as it is. */
export function paint(text: string, code: keyof typeof CODES, { colour }: TextStyle): string {
  return colour ? `\u001b[${CODES[code]}m${text}\u001b[0m` : text;
}

/** A bar of up to `width` cells for a share from 0 to 1; something is never shown as nothing. */
export function textBar(share: number, width: number): string {
  const eighths = Math.min(width * 8, Math.max(share > 0 ? 1 : 0, Math.round(share * width * 8)));
  const part = eighths % 8;
  return '█'.repeat(Math.floor(eighths / 8)) + (part > 0 ? (' ▏▎▍▌▋▊▉'[part] ?? '') : '');
}

/** A text that takes exactly so many columns: cut with `…`, or filled up. */
export function fitText(text: string, columns: number): string {
  const wide = textColumns(text);
  if (wide <= columns) return text + ' '.repeat(columns - wide);
  let cut = '';
  let used = 0;
  for (const letter of text) {
    const next = letterColumns(letter);
    if (used + next > columns - 1) break;
    cut += letter;
    used += next;
  }
  return `${cut}…${' '.repeat(Math.max(0, columns - 1 - used))}`;
}

/** The columns that a text takes in a terminal. */
export function textColumns(text: string): number {
  let columns = 0;
  for (const letter of text) columns += letterColumns(letter);
  return columns;
}

/** Letters of East Asian scripts and pictures take two columns, marks on letters none (Unicode, UAX 11). */
function letterColumns(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (/\p{Mn}|\p{Me}/u.test(letter)) return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}
