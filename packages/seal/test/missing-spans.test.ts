import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Loss } from '../src/index.js';
import { anchored, carrying, numbers, only, verify } from './anchored-stream.js';
import { sealedRequest, startMillis } from './sealed-request.js';

const size = 16;
const seqs = Array.from({ length: size }, (_, seq) => seq);

/** A stream with two checkpoints, of which each declares losses, wherever they lie. */
function stream(losses: readonly [readonly Loss[], readonly Loss[]]) {
  const by = anchored();
  const early = sealedRequest(numbers(size / 2), by);
  const first = by.checkpoint({ nowMillis: startMillis + 1, losses: losses[0] });
  const late = sealedRequest(numbers(size / 2, size / 2), by);
  const checkpoints = [
    ...first,
    ...by.checkpoint({ nowMillis: startMillis + 2, losses: losses[1], end: true }),
  ];
  return { spans: [early, late], checkpoints: carrying(checkpoints) };
}

function rangesOf(list: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const seq of list) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === seq - 1) last[1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges;
}

const loss = fc.record({
  reason: fc.constantFrom('export-failed' as const, 'dropped' as const),
  first: fc.nat(size - 1),
  count: fc.integer({ min: 1, max: 5 }),
});
const losses = fc.array(loss, { maxLength: 4 });

describe('spans that are not there', () => {
  test('are declared where the sealer said so and missing where it did not, in the fewest ranges', () => {
    fc.assert(
      fc.property(fc.subarray(seqs), losses, losses, (present, early, late) => {
        const { spans, checkpoints } = stream([early, late]);
        const kept = spans.map((request) => only(request, (number) => present.includes(number)));
        const said = (seq: number): boolean =>
          [...early, ...late].some(({ first, count }) => seq >= first && seq < first + count);
        const absent = seqs.filter((seq) => !present.includes(seq));
        const [report] = verify([...kept, checkpoints]).streams;
        const flat = (ranges: readonly [number, number][] = []): number[] =>
          ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at));
        const missing = absent.filter((seq) => !said(seq));
        expect(report?.missing).toEqual(rangesOf(missing));
        expect(flat(report?.declared)).toEqual(absent.filter(said));
        expect(report?.verdict).toBe(
          missing.length > 0 ? 'missing' : absent.length > 0 ? 'declared-loss' : 'complete',
        );
      }),
      { numRuns: 20 },
    );
  });

  test('are counted and named, the first ten ranges of them', () => {
    const { spans, checkpoints } = stream([[], []]);
    const odd = spans.map((request) => only(request, (number) => number % 2 === 1 || number === 2));
    expect(verify([...odd, checkpoints]).findings).toMatchObject([
      {
        verdict: 'missing',
        message: '7 spans are missing, or did not verify: seq 0, 4, 6, 8, 10, 12, 14',
      },
    ]);
    const many = anchored();
    const halved = only(sealedRequest(numbers(24), many), (number) => number % 2 === 1);
    const end = many.checkpoint({ nowMillis: startMillis, end: true });
    expect(verify([halved, carrying(end)]).findings[0]?.message).toBe(
      '12 spans are missing, or did not verify: seq 0, 2, 4, 6, 8, 10, 12, 14, 16, 18 …',
    );
    const twenty = anchored();
    const ten = only(sealedRequest(numbers(20), twenty), (number) => number % 2 === 1);
    const ended = twenty.checkpoint({ nowMillis: startMillis, end: true });
    expect(verify([ten, carrying(ended)]).findings[0]?.message).toMatch(/ 16, 18$/);
    const last = spans.map((request) => only(request, (number) => number !== 5 && number < 14));
    expect(verify([...last, checkpoints]).findings).toMatchObject([
      { message: '3 spans are missing, or did not verify: seq 5, 14–15' },
    ]);
    const lost = stream([[{ reason: 'dropped', first: 3, count: 2 }], []]);
    const rest = lost.spans.map((request) => only(request, (number) => number !== 3));
    expect(verify([...rest, lost.checkpoints]).findings).toMatchObject([
      { verdict: 'declared-loss', message: '1 span is not there, and the sealer itself said so: seq 3' },
    ]);
  });

  test('are told of by the last checkpoint only where they were never sealed', () => {
    const by = anchored();
    const first = by.checkpoint({ nowMillis: startMillis, unsealed: 1 });
    const open = [first, by.checkpoint({ nowMillis: startMillis, unsealed: 4, end: true })].flat();
    const report = verify([carrying(open)]);
    expect(report.streams).toMatchObject([
      { verdict: 'declared-loss', unsealed: 4, spans: 0, checkpoints: 2 },
    ]);
    expect(report.result).toBe('incomplete');
    expect(verify([carrying(first)]).streams).toMatchObject([{ verdict: 'truncated', unsealed: 1 }]);
  });
});
