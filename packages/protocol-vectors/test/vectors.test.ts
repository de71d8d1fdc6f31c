import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { judges } from '../src/judges.js';
import { formatVersion, type VectorFile, vectorText } from '../src/vector-file.js';
import { vectorFiles } from '../src/vector-files.js';

const folder = join(__dirname, '../../../vectors');
const published = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));

interface Published {
  readonly format_version: number;
  readonly min_format_version: number;
  readonly topic: string;
  readonly cases: readonly {
    readonly id: string;
    readonly kind: 'positive' | 'negative' | 'advisory';
    readonly says: string;
    readonly min_format_version?: number;
    readonly input: never;
    readonly expected: object;
    readonly or_else?: readonly object[];
  }[];
}

function read(topic: string): Published {
  return JSON.parse(readFileSync(join(folder, `${topic}.json`), 'utf8')) as Published;
}

describe('the published vectors', () => {
  let files: readonly VectorFile[] = [];
  beforeAll(async () => {
    files = await vectorFiles();
  });

  test('are what `npm run generate` makes of the implementation', () => {
    expect([...published].sort()).toEqual(files.map(({ topic }) => topic).sort());
    const stale = files.filter(
      (file) => readFileSync(join(folder, `${file.topic}.json`), 'utf8') !== vectorText(file),
    );
    expect(stale.map(({ topic }) => topic)).toEqual([]);
  });

  test.each(published)('%s: this implementation says to every case what is expected', async (topic) => {
    const judge = judges[topic] ?? (() => 'no judge');
    const apart: object[] = [];
    for (const { id, input, expected } of read(topic).cases) {
      const got = await judge(input);
      if (JSON.stringify(got) !== JSON.stringify(expected)) apart.push({ id, got, expected });
    }
    expect(apart).toEqual([]);
  });

  test.each(published)('%s: can be read by a validator of its format, and names each case once', (topic) => {
    const { cases, ...file } = read(topic);
    const needed = cases.map(({ min_format_version }) => min_format_version ?? file.min_format_version);
    expect(file).toMatchObject({ topic, format_version: Math.max(...needed) });
    expect(file.min_format_version).toBe(Math.min(...needed));
    expect(file.format_version).toBeLessThanOrEqual(formatVersion);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(cases.filter(({ kind, or_else }) => (kind === 'advisory') !== (or_else !== undefined))).toEqual(
      [],
    );
    expect(cases.filter(({ says }) => !says.endsWith('.')).map(({ id }) => id)).toEqual([]);
  });
});
