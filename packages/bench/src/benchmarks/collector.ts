import { readFileSync } from 'node:fs';
import type { ReadableSpan } from '@spanseal/span-processor';
import type { Benchmark, Table } from '../benchmark.js';
import { copySpan, readCapturedSpans } from '../captured-spans.js';
import { type Contender, type Effort, runContest } from '../contest.js';
import { keepLastSpan } from '../last-span.js';
import { timeOf, timesAsFast } from '../ratio.js';
import { buildRedaction, RedactionProcess } from '../redaction-process.js';
import type { ShapeName } from '../span-shape.js';
import { vectorPath } from '../vector-path.js';

const targets: Readonly<Record<ShapeName, number>> = { lean: 30, heavy: 10 };

/** The span processor with its default policy against the Collector's redaction processor, each from span to masked span. */
export const collectorBenchmark: Benchmark = {
  name: 'collector',
  setUp: buildRedaction,
  run: async (full) => {
    // A sample of the other side is a whole file, a third of a second.
    const effort = { ...full, rounds: Math.min(full.rounds, 25) };
    return [await compare('lean', effort), await compare('heavy', effort)];
  },
};

async function compare(shape: ShapeName, effort: Effort): Promise<Table> {
  const file = vectorPath(`collector-${shape}.json`);
  const redaction = new RedactionProcess(file, effort.sample);
  const timings = await runContest(
    [redaction, spanProcessor(readCapturedSpans(readFileSync(file, 'utf8')))],
    effort,
  );
  redaction.close();
  return {
    title: `${shape} spans: against the Collector's redaction processor`,
    unit: 'span',
    rows: [
      { name: 'redactionprocessor 0.161.0, 9 key and 6 value patterns', time: timeOf(timings, 0) },
      {
        name: 'MaskingSpanProcessor, default policy',
        time: timeOf(timings, 1),
        score: timesAsFast(timings, { of: 1, against: 0 }, targets[shape]),
      },
    ],
  };
}

/** Masks all spans once in a call, on copies that were made before. */
function spanProcessor(spans: readonly ReadableSpan[]): Contender {
  const { processor, last } = keepLastSpan();
  let copies: (readonly ReadableSpan[])[] = [];
  return {
    name: 'span processor',
    units: spans.length,
    prepare: (calls) => {
      copies = Array.from({ length: calls }, () => spans.map(copySpan));
    },
    run: () => {
      for (const span of copies.pop() ?? []) processor.onEnd(span);
      return last();
    },
  };
}
