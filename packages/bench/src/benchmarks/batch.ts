import { randomBytes } from 'node:crypto';
import { createKeyRing, createSpanSealer, generateSecret } from '@spanseal/seal';
import type { Benchmark } from '../benchmark.js';
import { runContest } from '../contest.js';
import { OpensslSpeed } from '../openssl-speed.js';
import { timeOf, timesAsFast } from '../ratio.js';

/** A request of 512 lean spans. */
const length = 300_000;
const target = 0.95;
/** Each round lasts as long as OpenSSL's program measures, a second. */
const mostRounds = 12;

/** The MAC of a whole request, against OpenSSL's own HMAC over as many bytes. */
export const batchBenchmark: Benchmark = {
  name: 'batch',
  run: async (effort) => {
    const body = randomBytes(length);
    const keyRing = createKeyRing({ primary: { id: 'k-bench', secret: generateSecret() } });
    const sealer = createSpanSealer({ keyRing, startMillis: Date.now(), random: randomBytes(12) });
    const seal = (): string =>
      sealer.sealBatch({ format: 'protobuf', body, first: 0, count: 512 }, Date.now());
    const timings = await runContest([new OpensslSpeed(length), { name: 'sealBatch', run: seal }], {
      ...effort,
      rounds: Math.min(effort.rounds, mostRounds),
    });
    return [
      {
        title: 'requests of 300,000 bytes: the MAC',
        unit: 'request',
        rows: [
          { name: 'openssl speed -hmac sha256', time: timeOf(timings, 0) },
          {
            name: 'sealBatch',
            time: timeOf(timings, 1),
            score: timesAsFast(timings, { of: 1, against: 0 }, target),
          },
        ],
      },
    ];
  },
};
