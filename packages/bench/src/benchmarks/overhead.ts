import { MaskingSpanProcessor } from '@spanseal/span-processor';
import { type LineSpanExporter, type LineSpanProcessor, loadLine, type SdkLine } from '@spanseal/test-kit';
import type { Benchmark, Table } from '../benchmark.js';
import { type Effort, runContest } from '../contest.js';
import { lineForNode } from '../line-for-node.js';
import { shareAdded, timeOf } from '../ratio.js';
import { generateSpans, type ShapeAttributes, type ShapeName } from '../span-shape.js';

const fullPool = 2048;
/** One less than the batch size of the SDK, so that no batch leaves before the flush. */
const batch = 511;
const target = 0.15;

/** What masking adds to a span's way through the SDK: create, set attributes, end, batch, serialize to protobuf. */
export const overheadBenchmark: Benchmark = {
  name: 'overhead',
  run: async (effort) => {
    const line = loadLine(lineForNode(process.versions.node));
    return [await compare(line, 'lean', effort), await compare(line, 'heavy', effort)];
  },
};

async function compare(line: SdkLine, shape: ShapeName, effort: Effort): Promise<Table> {
  const pool = generateSpans(shape, Math.ceil(fullPool * effort.scale));
  const plain = sendBatches(line, { pool, wrap: (next) => next });
  const masked = sendBatches(line, { pool, wrap: (next) => new MaskingSpanProcessor(next) });
  const timings = await runContest(
    [
      { name: 'plain', run: plain, units: batch, awaits: true },
      { name: 'masked', run: masked, units: batch, awaits: true },
    ],
    effort,
  );
  return {
    title: `${shape} spans: create, batch, serialize to protobuf (SDK ${line.name})`,
    unit: 'span',
    rows: [
      { name: 'without masking', time: timeOf(timings, 0) },
      {
        name: 'with MaskingSpanProcessor',
        time: timeOf(timings, 1),
        score: shareAdded(timings, { of: 1, against: 0 }, target),
      },
    ],
  };
}

interface Pipeline {
  readonly pool: readonly ShapeAttributes[];
  readonly wrap: (next: LineSpanProcessor) => LineSpanProcessor;
}

/** Sends one batch of spans through an SDK for each call. */
function sendBatches(line: SdkLine, { pool, wrap }: Pipeline): (call: number) => Promise<void> {
  const batches = line.batchProcessor(serializingExporter(line), { scheduledDelayMillis: 600_000 });
  const provider = line.createProvider({ spanProcessors: [wrap(batches)] });
  const tracer = provider.getTracer('bench');
  const options = { kind: line.api.SpanKind.SERVER };
  return async (call) => {
    for (let index = 0; index < batch; index += 1) {
      const span = tracer.startSpan('GET /api/v1/orders/:id', options, line.api.ROOT_CONTEXT);
      const attributes = pool[(call * batch + index) % pool.length];
      for (const key in attributes) span.setAttribute(key, attributes[key]);
      span.end();
    }
    await batches.forceFlush();
  };
}

/** Makes the bytes that the stock exporter would send, and drops them. */
function serializingExporter({ transformer }: SdkLine): LineSpanExporter {
  return {
    export: (spans, done) => {
      const bytes = transformer.ProtobufTraceSerializer.serializeRequest(spans);
      done({ code: bytes === undefined || bytes.length === 0 ? 1 : 0 });
    },
    shutdown: async () => undefined,
  };
}
