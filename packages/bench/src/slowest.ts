import { collectGarbage } from './collect-garbage.js';
import { cpuTime } from './contest.js';
import { type Spread, spreadOf } from './spread.js';

/** A piece of work that hostile input is given to. */
export interface Trial {
  readonly name: string;
  /** Makes an input of so many characters, and gives the work on it, which is done once. */
  readonly prepare: (length: number) => () => unknown;
}

/** The trial that took longest, and its CPU time in nanoseconds. */
export interface Slowest {
  readonly trial: Trial;
  readonly time: Spread;
}

/** How the slowest is looked for. */
export interface Search {
  /** Characters of the input that counts. */
  readonly length: number;
  /** Share of the length in the first pass, which all take part in. Default 1: what is past a limit says nothing of what is slow at full length. */
  readonly first?: number;
}

const finalists = 8;
/** At least so many runs, and more while they fit into this time: short work is compiled while it runs first. */
const runs = 7;
const mostRuns = 100;
const enoughNanos = 100e6;
const shortNanos = 5e6;

/**
 * Finds the slowest of many trials: all run once, the slowest few of them on the full length, and the slowest of
 * those again for a median. What takes time that grows faster than the input stands out in the second pass.
 */
export function findSlowest(trials: readonly Trial[], { length, first = 1 }: Search): Slowest {
  const [slowest] = rank(rank(trials, Math.ceil(length * first)).slice(0, finalists), length);
  if (slowest === undefined) throw new TypeError('no trials');
  // Of work that takes long, the garbage of its input is a small part, and what a full collection undoes is not.
  const settle = timeOf(slowest, length) < shortNanos ? collectGarbage : undefined;
  const times: number[] = [];
  for (let spent = 0; times.length < runs || (times.length < mostRuns && spent < enoughNanos); ) {
    const time = timeOf(slowest, length, settle);
    times.push(time);
    spent += time;
  }
  return { trial: slowest, time: spreadOf(times) };
}

/** Slowest first. */
function rank(trials: readonly Trial[], length: number): readonly Trial[] {
  return trials
    .map((trial) => ({ trial, time: timeOf(trial, length) }))
    .sort((left, right) => right.time - left.time)
    .map(({ trial }) => trial);
}

/** @param settle is done before the clock starts: the garbage of what made the input is none of the work's. */
function timeOf(trial: Trial, length: number, settle?: () => void): number {
  const work = trial.prepare(length);
  settle?.();
  const start = process.cpuUsage();
  work();
  return cpuTime(start);
}
