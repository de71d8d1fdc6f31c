import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Result } from '../src/page-text.js';

const main = join(__dirname, '../dist/main.js');

function bench(...args: string[]) {
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
}

test('a trial run of each benchmark that needs no Go gives a figure for every target', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const page = join(folder, 'performance.md');
    const names = ['masker', 'overhead', 'json', 'clean', 'hostile'];
    const { status, stdout, stderr } = bench(...names, '--short', '--json', '--markdown', page);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { results } = JSON.parse(stdout) as { results: Result[] };
    expect(results.map(({ name }) => name)).toEqual(names);
    const scores = results.flatMap(({ tables }) =>
      tables.flatMap(({ rows }) => rows.flatMap(({ score }) => (score?.target === undefined ? [] : [score]))),
    );
    expect(scores.length).toBe(9 + 21 + 10 + 1 + 6 + 2);
    expect(scores.filter(({ spread }) => !Number.isFinite(spread.median))).toEqual([]);
    for (const { tables } of results) {
      for (const { title } of tables) expect(readFileSync(page, 'utf8')).toContain(title);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

test('the README has a row for every benchmark', () => {
  const [, names = ''] = /^NAME: (.*), or all$/m.exec(bench().stderr) ?? [];
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
  expect([...readme.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name).sort()).toEqual(
    names.split(', ').sort(),
  );
});

test('a name that is no benchmark ends with the usage', () => {
  const { status, stderr } = bench('maskr');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^no benchmark maskr\nusage: /);
});
