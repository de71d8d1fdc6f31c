import type { Style, Terminal } from './terminal.js';

/** Tells the story, and keeps count of what did not hold. */
export interface Narrator {
  readonly terminal: Terminal;
  /** Statements that did not hold so far. */
  readonly broken: readonly string[];
  title(text: string): void;
  chapter(title: string): void;
  /** A statement with the run's own verdict on it. */
  check(held: boolean, statement: string): void;
  say(text: string): void;
}

/** Breaks prose between words; the first line begins with `head`, the others with as many spaces. */
function breakLines(head: string, text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const full = line !== '' && head.length + line.length + 1 + word.length > columns;
    if (full) lines.push(line);
    line = full || line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((part, index) => (index === 0 ? head : ' '.repeat(head.length)) + part);
}

/** A narrator that has said nothing yet. */
export function createNarrator(terminal: Terminal): Narrator {
  const broken: string[] = [];
  const { glyphs, paint } = terminal;
  let chapters = 0;
  const write = (style: Style, head: string, text: string): void => {
    for (const line of breakLines(head, text, terminal.columns)) terminal.line(paint(style, line));
  };
  return {
    terminal,
    broken,
    title: (text) => write('bold', '', text),
    chapter: (text) => {
      chapters += 1;
      terminal.line();
      write('bold', `${chapters}. `, text);
    },
    check: (held, statement) => {
      if (!held) broken.push(statement);
      const sign = held ? glyphs.held : glyphs.broken;
      const [first = '', ...rest] = breakLines(` ${sign} `, statement, terminal.columns);
      terminal.line(first.replace(sign, (text) => paint(held ? 'good' : 'bad', text)));
      for (const line of rest) terminal.line(line);
    },
    say: (text) => write('plain', ' ', text),
  };
}
