import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { inMicroseconds, keptProfiles } from './store-profiles.js';

const guide = readFileSync(join(__dirname, '../../../docs/profiles.md'), 'utf8');
const row =
  /^\| (.+?) \| `((?:collector|jaeger)-survival)` `(\w+)`(, in microseconds)? \| (\S+) \| (\S+) \|/gm;
const rows = [...guide.matchAll(row)];

describe('docs/profiles.md', () => {
  test('has a row for every exit that was recorded', () => {
    expect(rows).toHaveLength(10);
  });

  test.each(
    rows.map(([, store = '', corpus, exit = '', micros, exact, core]) => ({
      store,
      corpus,
      exit,
      micros,
      exact,
      core,
    })),
  )('says what the recording says: $store', ({ corpus, exit, micros, exact, core }) => {
    const name = corpus === 'jaeger-survival' ? corpus : 'collector-survival';
    const kept = keptProfiles(name, exit, micros === undefined ? undefined : inMicroseconds);
    expect([`${kept.exact}/${kept.given}`, `${kept.core}/${kept.given}`]).toEqual([exact, core]);
  });
});
