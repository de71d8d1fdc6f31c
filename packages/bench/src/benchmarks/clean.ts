import { createMasker } from '@spanseal/mask';
import type { Benchmark } from '../benchmark.js';
import { runContest } from '../contest.js';
import { flatText } from '../flat-text.js';
import { cleanText } from '../json-body.js';
import { detectorPatterns } from '../naive-masker.js';
import { timeOf, timesAsFast } from '../ratio.js';
import { SeededRandom } from '../seeded-random.js';

const length = 200;
const fullPool = 2048;
const target = 8;

const patterns = detectorPatterns.map(({ source, flags }) => new RegExp(source, flags.replace('g', '')));

/** A value with nothing in it, which is what most values are, against a loop over one regex for each detector. */
export const cleanBenchmark: Benchmark = {
  name: 'clean',
  run: async (effort) => {
    const random = new SeededRandom(4);
    const pool = Array.from({ length: Math.ceil(fullPool * effort.scale) }, () =>
      flatText(cleanText(random, length)),
    );
    const masker = createMasker();
    const value = (call: number): string => pool[call % pool.length] ?? '';
    const timings = await runContest(
      [
        { name: 'regexes', run: (call) => findsAny(value(call)) },
        { name: 'attribute', run: (call) => masker.attribute('app.note', value(call)) },
        { name: 'text', run: (call) => masker.text(value(call)) },
      ],
      effort,
    );
    const times = (of: number) => timesAsFast(timings, { of, against: 0 }, target);
    return [
      {
        title: 'clean value of 200 characters',
        unit: 'value',
        rows: [
          { name: 'one regex for each detector', time: timeOf(timings, 0) },
          { name: 'masker.attribute', time: timeOf(timings, 1), score: times(1) },
          { name: 'masker.text', time: timeOf(timings, 2), score: times(2) },
        ],
      },
    ];
  },
};

function findsAny(value: string): boolean {
  for (const pattern of patterns) if (pattern.test(value)) return true;
  return false;
}
