import { createMasker } from '@spanseal/mask';
import type { Benchmark } from '../benchmark.js';
import { runContest } from '../contest.js';
import { jsonBody } from '../json-body.js';
import { timeOf, timesAsFast } from '../ratio.js';
import { SeededRandom } from '../seeded-random.js';

const bytes = 16_384;
const poolSize = 64;
const target = 2;

/** A large JSON body through key rules and detectors, against `JSON.parse` without either. */
export const jsonBenchmark: Benchmark = {
  name: 'json',
  run: async (effort) => {
    const random = new SeededRandom(3);
    const pool = Array.from({ length: poolSize }, () => jsonBody(random, bytes));
    const masker = createMasker();
    const body = (call: number): string => pool[call % poolSize] ?? '';
    const timings = await runContest(
      [
        { name: 'parse', run: (call) => JSON.parse(body(call)) },
        { name: 'mask', run: (call) => masker.attribute('http.request.body', body(call)) },
      ],
      effort,
    );
    return [
      {
        title: 'JSON body of 16 kB',
        unit: 'body',
        rows: [
          { name: 'JSON.parse alone', time: timeOf(timings, 0) },
          {
            name: 'masked: key rules and detectors',
            time: timeOf(timings, 1),
            score: timesAsFast(timings, { of: 1, against: 0 }, target),
          },
        ],
      },
    ];
  },
};
