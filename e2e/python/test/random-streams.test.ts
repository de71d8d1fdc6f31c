import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import { pythonVerifier } from '../python-verifier.js';
import { randomRun, seed, verdictsOfOurs } from '../random-run.js';

const cases = 1_500;

interface Report {
  readonly spans: readonly { readonly verdict: string }[];
  readonly streams: readonly { readonly verdict: string }[];
}

test(`random streams of seed ${seed}, of which a pipeline lost some, have the same verdicts of both`, () => {
  const folder = randomRun('streams.mjs', cases);
  const ours = verdictsOfOurs<Report>(folder);
  const theirs = pythonVerifier('judge', 'stream-verdicts', join(folder, 'inputs.jsonl'));
  expect([ours.length, theirs.length]).toEqual([cases, cases]);
  const apart = ours.flatMap((report, place) =>
    isDeepStrictEqual(report, theirs[place]) ? [] : [{ place, ours: report, theirs: theirs[place] }],
  );
  expect({ seed, apart: apart.length, first: apart.slice(0, 2) }).toEqual({ seed, apart: 0, first: [] });

  const found = ours.flatMap(({ spans, streams }) => [...spans, ...streams]).map(({ verdict }) => verdict);
  expect([...new Set(found)].sort()).toEqual([
    'complete',
    'conflict',
    'declared-loss',
    'duplicate',
    'fork',
    'missing',
    'restart',
    'sampled-or-deleted',
    'stale',
    'truncated',
    'valid',
    'valid-core',
  ]);
});
