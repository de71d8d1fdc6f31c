import { createMasker } from '@spanseal/mask';
import { loadLine } from '@spanseal/test-kit';
import type { Benchmark, Table } from '../benchmark.js';
import { type Effort, runContest } from '../contest.js';
import { finishedSpans } from '../finished-spans.js';
import { keepLastSpan } from '../last-span.js';
import { maskAttributesNaively, maskSpanNaively } from '../naive-masker.js';
import { timeOf, timesAsFast } from '../ratio.js';
import { generateSpans, type ShapeName } from '../span-shape.js';

const targets: Readonly<Record<ShapeName, number>> = { lean: 40, heavy: 25 };

/** Different spans in a pool: more than a cache of values would hold. */
const fullPool = 2048;

/** The masker and the span processor against masking as one writes it oneself. */
export const maskerBenchmark: Benchmark = {
  name: 'masker',
  run: async (effort) => [await compare('lean', effort), await compare('heavy', effort)],
};

async function compare(shape: ShapeName, effort: Effort): Promise<Table> {
  const pool = generateSpans(shape, Math.ceil(fullPool * effort.scale));
  const spans = finishedSpans(loadLine('2.12'), pool);
  const masker = createMasker();
  const { processor, last } = keepLastSpan();
  const take = <T>(items: readonly T[], call: number): T => items[call % items.length] as T;
  const timings = await runContest(
    [
      { name: 'naive attributes', run: (call) => maskAttributesNaively(take(pool, call)) },
      { name: 'attributes', run: (call) => masker.attributes(take(pool, call)) },
      { name: 'naive span', run: (call) => maskSpanNaively(take(spans, call)) },
      {
        name: 'span',
        run: (call) => {
          processor.onEnd(take(spans, call));
          return last();
        },
      },
    ],
    effort,
  );
  const target = targets[shape];
  return {
    title: `${shape} spans: masking alone`,
    unit: 'span',
    rows: [
      { name: 'naive masker', time: timeOf(timings, 0) },
      {
        name: 'createMasker().attributes',
        time: timeOf(timings, 1),
        score: timesAsFast(timings, { of: 1, against: 0 }, target),
      },
      { name: 'naive span processor', time: timeOf(timings, 2) },
      {
        name: 'MaskingSpanProcessor',
        time: timeOf(timings, 3),
        score: timesAsFast(timings, { of: 3, against: 2 }, target),
      },
    ],
  };
}
