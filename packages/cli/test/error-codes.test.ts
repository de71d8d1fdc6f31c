import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(__dirname, '../../..');
/** Packages that nobody installs. */
const unpublished = ['bench', 'lambda-layer', 'protocol-vectors', 'test-kit'];

/** The codes that stand in the sources as they are, and not as the beginning of others. */
function codesInSources(): ReadonlySet<string> {
  const packages = readdirSync(join(root, 'packages')).filter((name) => !unpublished.includes(name));
  const files = packages.flatMap((name) => {
    const folder = join(root, 'packages', name, 'src');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
  });
  const texts = files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(file, 'utf8'));
  return new Set(texts.flatMap((text) => text.match(/ERR_SPANSEAL_[A-Z0-9_]*[A-Z0-9](?![A-Z0-9_])/g) ?? []));
}

/** The rows of the guide, by code. */
function documentedCodes(): ReadonlyMap<string, readonly string[]> {
  const guide = readFileSync(join(root, 'docs/errors.md'), 'utf8');
  const rows = guide.split('\n').flatMap((line) => {
    const [, code, ...cells] = /^\| `(ERR_SPANSEAL_\w+)` \| (.+) \| (.+) \|$/.exec(line) ?? [];
    return code === undefined ? [] : [[code, cells] as const];
  });
  expect(new Set(rows.map(([code]) => code)).size).toBe(rows.length);
  return new Map(rows);
}

test('the guide says of every code when it comes and what to do, and of no other', () => {
  const inSources = codesInSources();
  expect(inSources.size).toBeGreaterThan(40);
  expect([...documentedCodes().keys()].sort()).toEqual([...inSources].sort());
});
