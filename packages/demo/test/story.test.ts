import { describe, expect, test } from '@jest/globals';
import type { SpanRecord } from '../src/app/message.js';
import { compareSpans } from '../src/story/comparison.js';
import { markMaskedParts } from '../src/story/masked-parts.js';
import { createNarrator } from '../src/story/narrator.js';
import { spanRows, tableHead } from '../src/story/span-table.js';
import { createTerminal, type Terminal, type TerminalOptions } from '../src/story/terminal.js';

const utf8 = { LANG: 'C.UTF-8' };

interface Page {
  readonly terminal: Terminal;
  text(): string;
}

function page(options: Partial<TerminalOptions> & { isTTY?: boolean } = {}): Page {
  let text = '';
  const stdout = {
    write: (more: string) => {
      text += more;
    },
    isTTY: options.isTTY ?? false,
  };
  return { terminal: createTerminal({ stdout, env: utf8, ...options }), text: () => text };
}

const span = (fields: Record<string, string>): SpanRecord => ({
  spanId: '0123456789abcdef',
  name: 'POST /login',
  fields: Object.entries(fields),
});

const login = compareSpans(
  span({ 'url.path': '/login', 'http.request.body': '{"user":"ada","password":"hunter2"}' }),
  span({ 'url.path': '/login', 'http.request.body': '{"user":"ada","password":"****"}' }),
);
const decrypt = compareSpans(
  span({ 'rpc.method': 'Decrypt', 'aws.request.id': '1', 'aws.response.body': '{"Plaintext":"abc"}' }),
  span({ 'rpc.method': 'Decrypt' }),
);
const csi = '\u001b[';

describe('colour', () => {
  const painted = (options: Parameters<typeof page>[0]): boolean =>
    page(options).terminal.paint('bold', 'x').includes(csi);

  test('is there on a terminal, and nowhere else', () => {
    expect(painted({ isTTY: true })).toBe(true);
    expect(painted({ isTTY: false })).toBe(false);
    expect(painted({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false);
  });

  test('NO_COLOR takes it away and FORCE_COLOR brings it', () => {
    expect(painted({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false);
    expect(painted({ isTTY: false, env: { FORCE_COLOR: '1' } })).toBe(true);
    expect(painted({ isTTY: true, env: { FORCE_COLOR: '0' } })).toBe(false);
  });

  test('an option decides over all of them', () => {
    expect(painted({ color: true, env: { NO_COLOR: '1' } })).toBe(true);
    expect(painted({ color: false, isTTY: true })).toBe(false);
  });
});

describe('a terminal', () => {
  test('has 100 columns unless it says otherwise, and never fewer than 60', () => {
    expect(page().terminal.columns).toBe(100);
    expect(page({ columns: 20 }).terminal.columns).toBe(60);
    expect(page({ columns: 1000 }).terminal.columns).toBe(140);
    expect(page({ columns: Number.NaN }).terminal.columns).toBe(100);
  });

  test('shows signs beyond ASCII only where the locale has them', () => {
    const shown = (env: NodeJS.ProcessEnv): string => Object.values(page({ env }).terminal.glyphs).join('');
    expect(shown(utf8)).not.toMatch(/^[ -~]*$/);
    expect(shown({ LANG: 'C' })).toMatch(/^[ -~]*$/);
    expect(shown({ LANG: 'C.UTF-8', TERM: 'dumb' })).toMatch(/^[ -~]*$/);
  });
});

describe('a masked span', () => {
  test('stands side by side on a wide terminal', () => {
    const { terminal } = page({ columns: 120 });
    expect(tableHead(terminal).join('\n')).toMatch(/was .*left/);
    const rows = spanRows(login, 'a body', terminal);
    expect(rows[0]).toContain('POST /login, a body');
    expect(rows[0]).toContain('1 field masked, 1 left as is');
    expect(rows[1]).toMatch(/http\.request\.body .*"hunter2".*│.*"\*\*\*\*"/);
  });

  test('stands one above the other on a narrow one', () => {
    const { terminal } = page({ columns: 60 });
    expect(tableHead(terminal)).toEqual([]);
    const rows = spanRows(login, 'a body', terminal).map((row) => row.trim());
    expect(rows).toContain('http.request.body');
    expect(rows).toContain('was   {"user":"ada","password":"hunter2"}');
    expect(rows).toContain('left  {"user":"ada","password":"****"}');
  });

  test.each([60, 80, 91, 92, 100, 140])('never overruns %i columns', (columns) => {
    const { terminal } = page({ columns });
    const long = compareSpans(
      span({ 'a.very.long.attribute.name.that.does.not.fit': 'x'.repeat(999), two: 'first\nsecond' }),
      span({ two: '****' }),
    );
    for (const row of [
      ...tableHead(terminal),
      ...spanRows(long, 'long', terminal),
      ...spanRows(login, 'a body', terminal),
    ]) {
      expect(row.length).toBeLessThanOrEqual(columns);
    }
  });

  test('that kept its structure only says so, and shows its longest field', () => {
    const rows = spanRows(decrypt, 'a call', page({ columns: 120 }).terminal);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('reduced to structure: 2 fields removed, 1 kept');
    expect(rows[1]).toMatch(/aws\.response\.body .*Plaintext.*\(removed\)/);
  });

  test('has the secret and the mask in colour, and the same text without', () => {
    const plain = spanRows(login, 'a body', page({ columns: 120 }).terminal).join('\n');
    const colored = spanRows(login, 'a body', page({ columns: 120, color: true }).terminal).join('\n');
    expect(colored).toContain(`${csi}31mhunter2${csi}0m`);
    expect(colored).toContain(`${csi}1;32m****${csi}0m`);
    expect(plain).not.toContain(csi);
    expect(colored.replace(/\u001b\[[\d;]*m/g, '')).toBe(plain);
  });
});

describe('what was masked is found', () => {
  const masked = (was: string, left: string): string[] =>
    markMaskedParts(was, left)
      .was.filter(({ style }) => style === 'secret')
      .map(({ text }) => text);

  test('at the start, in the middle and at the end', () => {
    expect(masked('one two three', '**** two ****')).toEqual(['one', 'three']);
    expect(masked('a=1&b=2&c=3', 'a=1&b=****&c=3')).toEqual(['2']);
    expect(masked('all of it', '****')).toEqual(['all of it']);
  });

  test('and when it cannot be told, it is all of it', () => {
    expect(masked('one two', 'ONE ****')).toEqual(['one two']);
    expect(masked('one two', 'three')).toEqual(['one two']);
  });
});

describe('a narrator', () => {
  test('keeps what did not hold', () => {
    const { terminal, text } = page();
    const narrator = createNarrator(terminal);
    narrator.chapter('One');
    narrator.check(true, 'this held');
    narrator.check(false, 'this did not');
    expect(narrator.broken).toEqual(['this did not']);
    expect(text()).toBe('\n1. One\n ✓ this held\n ✗ this did not\n');
  });

  test('breaks lines between words', () => {
    const { terminal, text } = page({ columns: 60 });
    createNarrator(terminal).check(true, 'word '.repeat(30).trim());
    const lines = text().trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
    expect(lines[1]).toMatch(/^ {3}word/);
  });
});
