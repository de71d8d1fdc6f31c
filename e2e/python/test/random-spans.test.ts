import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pythonVerifier } from '../python-verifier.js';
import { randomRun, seed, verdictsOfOurs } from '../random-run.js';

const spans = 6_000;

interface Report {
  readonly unreadable?: true;
  readonly spans?: readonly { readonly verdict: string; readonly added?: readonly string[] }[];
  readonly checkpoints: readonly { readonly findings: readonly string[] }[];
}

type Format = 'protobuf' | 'json';
type Pair = readonly [ours: Report, theirs: Report];

/** With keys as a report shows them: their first hundred characters, which the protocol does not ask for. */
function shownKeys(report: Report): Report {
  if (report.spans === undefined) return report;
  const spans = report.spans.map(({ added, ...span }) => ({
    ...span,
    ...(added && { added: added.map((key) => JSON.stringify(key.slice(0, 100)).slice(1, -1)).sort() }),
  }));
  return { ...report, spans };
}

describe(`random spans of seed ${seed}, sealed by the packed packages and most of them changed`, () => {
  const pairs: Record<Format, readonly Pair[]> = { protobuf: [], json: [] };

  beforeAll(() => {
    const folder = randomRun('spans.mjs', spans);
    const ours = verdictsOfOurs<Record<Format, Report>>(folder);
    const ring = join(folder, 'key-ring.json');
    for (const [format, file] of [
      ['protobuf', 'requests.bin'],
      ['json', 'requests.jsonl'],
    ] as const) {
      const theirs = pythonVerifier('verify', ring, join(folder, file)) as readonly Report[];
      expect(theirs.length).toBe(spans);
      pairs[format] = ours.map((report, place) => [
        report[format],
        shownKeys(theirs[place] ?? report[format]),
      ]);
    }
  });

  test.each(['protobuf', 'json'] as const)('have one verdict each, read as %s by both', (format) => {
    // What the strict readers of this implementation refuse, others may read.
    const read = pairs[format].filter(([ours]) => ours.unreadable !== true);
    const apart = read.filter(([ours, theirs]) => !isDeepStrictEqual(ours, theirs));
    expect({ seed, apart: apart.length, first: apart.slice(0, 3) }).toEqual({ seed, apart: 0, first: [] });
    expect(read.length).toBeGreaterThan(spans * (format === 'json' ? 0.95 : 0.8));
  });

  test('have verdicts of every kind that a span by itself can have', () => {
    const found = new Set(
      pairs.protobuf.flatMap(([{ spans: verdicts = [] }]) => verdicts.map(({ verdict }) => verdict)),
    );
    const every = [
      'additions',
      'changed',
      'invalid',
      'malformed',
      'unknown-key',
      'unsigned',
      'unsupported-version',
      'valid',
      'valid-core',
      'wrong-realm',
    ];
    expect(every.filter((verdict) => !found.has(verdict))).toEqual([]);
    const checkpoints = pairs.protobuf.flatMap(([report]) => report.checkpoints ?? []);
    expect(checkpoints.some(({ findings }) => findings.length === 0)).toBe(true);
    expect(checkpoints.some(({ findings }) => findings.includes('invalid'))).toBe(true);
    expect(checkpoints.some(({ findings }) => findings.includes('malformed'))).toBe(true);
  });
});
