/** Where the demo writes to: `process.stdout` fits. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Characters per line. */
  readonly columns?: number;
}

export type Style = 'plain' | 'bold' | 'dim' | 'secret' | 'mask' | 'good' | 'bad';

/** Signs that not every terminal can show. */
export interface Glyphs {
  readonly bar: string;
  readonly ellipsis: string;
  readonly held: string;
  readonly broken: string;
}

/** What the story is written on: a width, signs and colours as far as the terminal has them. */
export interface Terminal {
  /** Characters per line, from 60 to 140. */
  readonly columns: number;
  readonly glyphs: Glyphs;
  paint(style: Style, text: string): string;
  /** Writes one line. */
  line(text?: string): void;
}

export interface TerminalOptions {
  readonly stdout: OutputStream;
  readonly color?: boolean;
  readonly columns?: number;
  readonly env: NodeJS.ProcessEnv;
}

const sgr: Readonly<Record<Style, string>> = {
  plain: '',
  bold: '1',
  dim: '2',
  secret: '31',
  mask: '1;32',
  good: '32',
  bad: '1;31',
};

const unicode: Glyphs = { bar: '│', ellipsis: '…', held: '✓', broken: '✗' };
const ascii: Glyphs = { bar: '|', ellipsis: '...', held: 'ok', broken: 'NO' };

const defaultColumns = 100;
const fewestColumns = 60;
const mostColumns = 140;

/** NO_COLOR (no-color.org) and FORCE_COLOR (as Node takes it) come before what the stream says. */
function hasColor({ color, stdout, env }: TerminalOptions): boolean {
  if (color !== undefined) return color;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return stdout.isTTY === true && env['TERM'] !== 'dumb';
}

function hasUnicode(env: NodeJS.ProcessEnv): boolean {
  if (env['TERM'] === 'dumb' || env['TERM'] === 'linux') return false;
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale) || env['WT_SESSION'] !== undefined;
}

/** Finds out what the terminal can do. */
export function createTerminal(options: TerminalOptions): Terminal {
  const { stdout, env } = options;
  const color = hasColor(options);
  const asked = options.columns ?? stdout.columns ?? defaultColumns;
  return {
    columns: Math.min(mostColumns, Math.max(fewestColumns, asked || defaultColumns)),
    glyphs: hasUnicode(env) ? unicode : ascii,
    paint: (style, text) =>
      color && sgr[style] !== '' && text !== '' ? `\u001b[${sgr[style]}m${text}\u001b[0m` : text,
    line: (text = '') => {
      stdout.write(`${text}\n`);
    },
  };
}
