import type { Effort } from './contest.js';
import type { Spread } from './spread.js';

/** What a score counts: times as fast, share of time added, megabytes per second, milliseconds. */
export type ScoreUnit = 'times' | 'share' | 'MB/s' | 'ms';

/** A figure that stands for the whole comparison, beside what it should be. */
export interface Score {
  readonly unit: ScoreUnit;
  readonly spread: Spread;
  /** Absent for a figure that only informs. For `times` and `MB/s` the least, for `share` and `ms` the most. */
  readonly target?: number;
}

/** One line of a table. */
export interface Row {
  readonly name: string;
  /** Nanoseconds for one unit of work. Absent where only the score is known. */
  readonly time?: Spread;
  readonly score?: Score;
}

/** Rows that were measured by turns, and what a time is the time of. */
export interface Table {
  readonly title: string;
  readonly unit: string;
  readonly rows: readonly Row[];
}

/** One command of the package. */
export interface Benchmark {
  readonly name: string;
  /** Builds what must be there, once, before the measuring process starts. */
  readonly setUp?: () => void;
  readonly run: (effort: Effort) => Promise<readonly Table[]>;
}

/** Whether a score is as it should be; true where it has no target. */
export function isOk({ unit, spread, target }: Score): boolean {
  if (target === undefined) return true;
  return unit === 'times' || unit === 'MB/s' ? spread.median >= target : spread.median <= target;
}
