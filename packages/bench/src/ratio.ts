import type { Score } from './benchmark.js';
import type { Timings } from './contest.js';
import { type Spread, spreadOf } from './spread.js';

/** Which two contenders of a contest are compared, by their places. */
export interface Pair {
  readonly of: number;
  readonly against: number;
}

/** How many times as fast one contender is as another: the ratio of each round, then the median. */
export function timesAsFast(timings: Timings, pair: Pair, target?: number): Score {
  const spread = spreadOf(ratios(timings, { of: pair.against, against: pair.of }));
  return { unit: 'times', spread, ...(target === undefined ? {} : { target }) };
}

/** Which share of the other's time a contender needs on top of it. */
export function shareAdded(timings: Timings, pair: Pair, target?: number): Score {
  const spread = spreadOf(ratios(timings, pair).map((ratio) => ratio - 1));
  return { unit: 'share', spread, ...(target === undefined ? {} : { target }) };
}

/** Which share of the other's time a contender needs. */
export function shareOf(timings: Timings, pair: Pair, target?: number): Score {
  return {
    unit: 'share',
    spread: spreadOf(ratios(timings, pair)),
    ...(target === undefined ? {} : { target }),
  };
}

/** The time of one contender. */
export function timeOf(timings: Timings, contender: number): Spread {
  return spreadOf(timings[contender] ?? []);
}

function ratios(timings: Timings, { of, against }: Pair): number[] {
  return (timings[of] ?? []).map((time, round) => time / (timings[against]?.[round] ?? Number.NaN));
}
