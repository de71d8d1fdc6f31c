import { TraceRequestWriter } from '@spanseal/otlp';
import { serializeSpans, spanToSeal } from '@spanseal/otlp-exporter';
import type { ReadableSpan } from '@spanseal/span-processor';
import { loadLine } from '@spanseal/test-kit';
import type { Benchmark, Table } from '../benchmark.js';
import { completeSpans } from '../complete-spans.js';
import { type Effort, runContest } from '../contest.js';
import { lineForNode } from '../line-for-node.js';
import { timeOf, timesAsFast } from '../ratio.js';
import { generateSpans, type ShapeName } from '../span-shape.js';

/** Spans of one request, as many as a batch of the SDK has. */
const batch = 512;
const pool = 2048;
const targets: Readonly<Record<ShapeName, number>> = { lean: 3.5, heavy: 10 };

/** Spans of the SDK to the bytes of a request, against the SDK's own serializer. */
export const encodeBenchmark: Benchmark = {
  name: 'encode',
  run: async (effort) => [await compare('lean', effort), await compare('heavy', effort)],
};

async function compare(shape: ShapeName, effort: Effort): Promise<Table> {
  const line = loadLine(lineForNode(process.versions.node));
  const spans = completeSpans(line, generateSpans(shape, Math.ceil(pool * effort.scale)));
  const batchOf = (call: number) => {
    const start = (call * batch) % Math.max(1, spans.length - batch);
    return spans.slice(start, start + batch);
  };
  const units = Math.min(batch, spans.length);
  const { ProtobufTraceSerializer } = line.transformer;
  const timings = await runContest(
    [
      {
        name: 'stock',
        run: (call) => ProtobufTraceSerializer.serializeRequest(batchOf(call) as never)?.length,
        units,
      },
      { name: 'bytes', run: (call) => serializeSpans(batchOf(call)).length, units },
      { name: 'request', run: (call) => writeRequest(batchOf(call)), units },
    ],
    effort,
  );
  return {
    title: `${shape} spans with events, links, lists and texts beyond ASCII: to protobuf (SDK ${line.name})`,
    unit: 'span',
    rows: [
      { name: 'the SDK’s own serializer', time: timeOf(timings, 0) },
      {
        name: 'serializeSpans, which gives the bytes away',
        time: timeOf(timings, 1),
        score: timesAsFast(timings, { of: 1, against: 0 }),
      },
      {
        name: 'as the exporter does it, in memory of requests before',
        time: timeOf(timings, 2),
        score: timesAsFast(timings, { of: 2, against: 0 }, targets[shape]),
      },
    ],
  };
}

function writeRequest(spans: readonly ReadableSpan[]): number {
  const writer = new TraceRequestWriter();
  for (const span of spans) {
    const item = spanToSeal(span);
    if (item !== undefined) writer.add(item, item.span);
  }
  const { length } = writer.finish();
  writer.release();
  return length;
}
