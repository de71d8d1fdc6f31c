import { expect, test } from '@jest/globals';
import { isOk } from '../src/benchmark.js';
import { runContest } from '../src/contest.js';
import { timesAsFast } from '../src/ratio.js';
import { spreadOf } from '../src/spread.js';

const effort = { rounds: 4, warmUp: 2, sample: 1, scale: 1 };

test('every round has one sample of each contender, and another begins each time', async () => {
  const order: string[] = [];
  const contender = (name: string) => ({
    name,
    sample: async () => {
      order.push(name);
      return 1;
    },
  });
  const timings = await runContest(['a', 'b', 'c'].map(contender), effort);
  expect(order.join('')).toBe('abcbcacababc');
  expect(timings.map((times) => times.length)).toEqual([4, 4, 4]);
});

test('calls of a contender count up through all samples, and each sample is prepared for its calls', async () => {
  let prepared = 0;
  const calls: number[] = [];
  const run = (call: number): void => {
    calls.push(call);
    const end = process.hrtime.bigint() + 100_000n;
    while (process.hrtime.bigint() < end);
  };
  const prepare = (count: number): void => {
    prepared += count;
  };
  const [times] = await runContest([{ name: 'busy', run, prepare }], effort);
  expect(calls).toEqual(calls.map((_, index) => index));
  expect(calls.length).toBe(prepared);
  expect(spreadOf(times ?? []).median).toBeGreaterThan(50_000);
});

test('a ratio is the median of the ratios of the rounds, not the ratio of medians', () => {
  const timings = [
    [10, 100, 1000],
    [1, 50, 100],
  ];
  expect(timesAsFast(timings, { of: 1, against: 0 }, 8)).toEqual({
    unit: 'times',
    spread: { median: 10, low: 3.6, high: 10 },
    target: 8,
  });
});

test('a target is a least for speed and a most for cost', () => {
  const spread = { median: 10, low: 10, high: 10 };
  expect(isOk({ unit: 'times', spread, target: 10 })).toBe(true);
  expect(isOk({ unit: 'times', spread, target: 11 })).toBe(false);
  expect(isOk({ unit: 'MB/s', spread, target: 11 })).toBe(false);
  expect(isOk({ unit: 'share', spread, target: 9 })).toBe(false);
  expect(isOk({ unit: 'ms', spread, target: 10 })).toBe(true);
});
