import type { Benchmark, Table } from '../benchmark.js';
import { awakeTrials, detectorTrials, keyTrials, presetTrials } from '../hostile-trials.js';
import { patternTrials } from '../pattern-trials.js';
import { findSlowest, type Search, type Slowest, type Trial } from '../slowest.js';

const megabyte = 1_000_000;

/** Texts, keys and patterns made to be slow: what counts is the slowest of each group. */
export const hostileBenchmark: Benchmark = {
  name: 'hostile',
  run: async ({ scale }) => [
    texts(detectorTrials(), { title: 'built-in detectors on 1 MB of their worst text', scale }),
    texts(presetTrials(), { title: 'presets on 1 MB of their worst text', scale }),
    texts(awakeTrials(), {
      title: 'the default preset on 1 MB of its worst text behind a secret',
      scale,
      first: 1 / 10,
    }),
    keys(scale),
    patterns(scale),
  ],
};

interface Group {
  readonly title: string;
  readonly scale: number;
  readonly first?: number;
}

function texts(groups: ReadonlyMap<string, readonly Trial[]>, { title, scale, first = 1 }: Group): Table {
  const length = Math.ceil(megabyte * scale);
  return {
    title,
    unit: 'text',
    rows: [...groups].map(([name, trials]) => {
      const { trial, time } = findSlowest(trials, { length, first });
      const speed = (nanoseconds: number): number => (length / nanoseconds) * 1000;
      const spread = { median: speed(time.median), low: speed(time.high), high: speed(time.low) };
      return { name: `${name}: ${trial.name}`, time, score: { unit: 'MB/s', spread, target: 20 } };
    }),
  };
}

function keys(scale: number): Table {
  const search = { length: Math.ceil(60_000 * scale) };
  const rows = [...keyTrials()].map(([name, trials]) => millisecondsRow(name, { trials, search, target: 1 }));
  return { title: 'attribute key of 60 kB, not seen before', unit: 'key', rows };
}

function patterns(scale: number): Table {
  const search = { length: Math.ceil(100_000 * scale), first: 1 / 4 };
  const { keyRules, valueRules, refused } = patternTrials();
  return {
    title: 'regexes that hang other engines, on 100 kB of their attack',
    unit: 'text',
    rows: [
      millisecondsRow(`${keyRules.length} key rules`, { trials: keyRules, search, target: 50 }),
      millisecondsRow(`${valueRules.length} value rules`, { trials: valueRules, search, target: 50 }),
      ...(refused === 0 ? [] : [{ name: `${refused} refused: no engine runs them in linear time` }]),
    ],
  };
}

interface Limit {
  readonly trials: readonly Trial[];
  readonly search: Search;
  readonly target: number;
}

function millisecondsRow(name: string, { trials, search, target }: Limit): Table['rows'][number] {
  const { trial, time } = findSlowest(trials, search);
  return {
    name: `${name}: ${trial.name}`,
    time,
    score: { unit: 'ms', spread: inMilliseconds(time), target },
  };
}

function inMilliseconds({ median, low, high }: Slowest['time']): Slowest['time'] {
  return { median: median / 1e6, low: low / 1e6, high: high / 1e6 };
}
