import { afterAll, expect, test } from '@jest/globals';
import { createKeyRing, generateSecret } from '@spanseal/seal';
import {
  type HttpAnswer,
  type LineReadableSpan,
  loadLines,
  type SdkLine,
  startHttpReceiver,
} from '@spanseal/test-kit';
import { type ExporterError, SignedOtlpExporter } from '../src/index.js';
import { seededChance } from './chaotic-network.js';
import { type Arrived, batchVerdicts, reportOn } from './receivers.js';
import { spansOf } from './spans-of.js';

const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
/** Each with a seed of its own, and so many at a time: most of a run is waiting. `npm run e2e` makes a hundred. */
const runs = Number(process.env['SPANSEAL_CHAOS_RUNS'] ?? 300) / 10;
const atOnce = 6;
const patienceMillis = 60_000 + runs * 4000;
const lines = loadLines();
const spans = new Map(lines.map((line) => [line, spansOf(line, { 'order.note': 'gift' }, 100)]));
const stops: (() => unknown)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

/** An answer, and whether the receiver has kept the request: who fails may have done so all the same. */
interface Turn {
  readonly answer: HttpAnswer;
  readonly isKept: boolean;
}

function turnOf(chance: () => number, format: 'protobuf' | 'json'): Turn {
  const isKept = chance() < 0.5;
  const afterMillis = chance() * 250;
  const draw = chance();
  if (draw < 0.4) return { answer: { afterMillis }, isKept: true };
  if (draw < 0.5) return { answer: 'reset', isKept };
  if (draw < 0.58) return { answer: 'cut', isKept };
  if (draw < 0.7) return { answer: { status: 503, afterMillis }, isKept };
  if (draw < 0.75) return { answer: { status: 429, headers: { 'retry-after': '1' } }, isKept };
  if (draw < 0.78) return { answer: { status: 503, headers: { 'retry-after': '60' } }, isKept };
  if (draw < 0.83) return { answer: { status: 400, afterMillis }, isKept };
  if (draw < 0.88) return { answer: { body: '<html></html>' }, isKept };
  if (draw < 0.92) return { answer: 'endless', isKept };
  if (draw < 0.96) return { answer: 'hang', isKept };
  // One span refused, as far as the answer says: it may have been any.
  const body = format === 'json' ? '{"partialSuccess":{"rejectedSpans":1}}' : Buffer.from([0x0a, 2, 8, 1]);
  return { answer: { body }, isKept };
}

/** What is true of a run, as the receiver and the callbacks counted it. */
interface Truth {
  readonly kept: readonly Arrived[];
  readonly all: readonly Arrived[];
  readonly distinct: number;
  readonly exporter: SignedOtlpExporter;
  readonly stream: string | undefined;
  readonly results: readonly (readonly { code: number; error?: Error }[])[];
  readonly protocol: 'http/protobuf' | 'http/json';
}

async function run(line: SdkLine, seed: number): Promise<Truth> {
  const chance = seededChance(seed);
  const protocol = seed % 2 === 0 ? 'http/protobuf' : 'http/json';
  const turns: Turn[] = [];
  let isCalm = false;
  const receiver = await startHttpReceiver({
    answer: (index) => {
      const turn = isCalm
        ? { answer: {}, isKept: true }
        : turnOf(chance, protocol === 'http/json' ? 'json' : 'protobuf');
      turns[index] = turn;
      return turn.answer;
    },
  });
  stops.push(() => receiver.stop());
  const exporter = new SignedOtlpExporter<LineReadableSpan>({
    ...{ url: receiver.url, protocol, keyRing, timeoutMillis: 1500 + Math.floor(chance() * 2000) },
    compression: chance() < 0.5 ? 'gzip' : 'none',
    checkpoints: { everySpans: 1 + Math.floor(chance() * 25), repeat: Math.floor(chance() * 4) },
  });
  const { stream } = exporter;
  const results: { code: number; error?: Error }[][] = [];
  const given = [...(spans.get(line) ?? [])];
  while (given.length > 0) {
    const calls: { code: number; error?: Error }[] = [];
    results.push(calls);
    exporter.export(given.splice(0, 1 + Math.floor(chance() * 4)), (result) => calls.push(result));
    if (chance() < 0.1) await new Promise((resolve) => setTimeout(resolve, chance() * 200));
  }
  await exporter.forceFlush();
  isCalm = true;
  await exporter.shutdown();
  const all = receiver.requests.map(({ body, headers }) => ({
    ...{ body, headers, batch: String(headers['spanseal-batch'] ?? '') },
  }));
  const kept = all.filter((_, index) => turns[index]?.isKept);
  const distinct = reportOn(keyRing, kept, protocol).streams[0]?.spans ?? 0;
  return { kept, all, distinct, exporter, stream, results, protocol };
}

function countOf(ranges: readonly (readonly [number, number])[] = []): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

const calm = new Set(['declared-loss', 'duplicate', 'valid-core']);

test(
  'whatever a receiver does: each span is delivered or declared lost, and nothing looks like an attack',
  async () => {
    let refusedAtOnce = 0;
    let retries = 0;
    for (let first = 1; first <= runs; first += atOnce) {
      const seeds = Array.from({ length: Math.min(atOnce, runs - first + 1) }, (_, index) => first + index);
      const truths = await Promise.all(seeds.map((seed) => run(lines[seed % lines.length] as SdkLine, seed)));
      for (const [index, truth] of truths.entries()) {
        const seed = first + index;
        const { exporter, kept, all, stream, distinct, results, protocol } = truth;
        const { sealed, delivered, undelivered, ...counters } = exporter.counters();
        const { result, streams, findings } = reportOn(keyRing, kept, protocol);
        const attacks = findings.map(({ verdict }) => verdict).filter((verdict) => !calm.has(verdict));
        expect([seed, result, attacks]).toEqual([seed, 'intact', []]);
        expect(streams).toHaveLength(1);
        expect(streams[0]).toMatchObject({ stream, missing: [] });
        expect([seed, countOf(streams[0]?.declared)]).toEqual([seed, sealed - distinct]);
        expect([seed, sealed]).toEqual([seed, 100]);
        // A retry is the same request, header and all.
        const verdicts = new Set(batchVerdicts(keyRing, all, protocol));
        expect([seed, [...verdicts].filter((each) => each !== 'valid' && each !== 'duplicate')]).toEqual([
          seed,
          [],
        ]);
        expect([seed, results.filter((calls) => calls.length !== 1).length]).toEqual([seed, 0]);
        const failed = results.flat().filter(({ code }) => code !== 0);
        expect([seed, counters.failedExports >= failed.length]).toEqual([seed, true]);
        expect(delivered + undelivered).toBeGreaterThanOrEqual(results.length);
        const codes = failed.map(({ error }) => (error as ExporterError).code);
        refusedAtOnce += codes.filter((code) => code === 'ERR_SPANSEAL_EXPORT_LIMIT').length;
        retries += counters.retries;
      }
    }
    expect(refusedAtOnce).toBeGreaterThan(0);
    expect(retries).toBeGreaterThan(runs);
  },
  patienceMillis,
);
