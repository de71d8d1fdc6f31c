import { SignedOtlpExporter } from '@spanseal/otlp-exporter';
import { createKeyRing, generateSecret } from '@spanseal/seal';
import { MaskingSpanProcessor } from '@spanseal/span-processor';
import { type LineSpanExporter, type LineSpanProcessor, loadLine, type SdkLine } from '@spanseal/test-kit';
import type { Benchmark, Table } from '../benchmark.js';
import { type Effort, runContest } from '../contest.js';
import { ExportPipeline, spansPerBatch } from '../export-pipeline.js';
import { lineForNode } from '../line-for-node.js';
import { shareOf, timeOf } from '../ratio.js';
import { SinkProcess } from '../sink-process.js';
import { generateSpans, type ShapeName } from '../span-shape.js';

const fullPool = 2048;

type Protocol = 'grpc' | 'http/protobuf';

/** Of the stock exporter's CPU time, with masking, seals and signed requests on top. */
const targets: Readonly<Record<Protocol, Readonly<Record<ShapeName, number>>>> = {
  'http/protobuf': { lean: 0.85, heavy: 0.65 },
  grpc: { lean: 0.9, heavy: 0.65 },
};

/** What a span costs on its whole way out of the process, against the SDK's own exporter with nothing masked or signed. */
export const exportBenchmark: Benchmark = {
  name: 'export',
  run: async (effort) => {
    const line = loadLine(lineForNode(process.versions.node));
    const sink = await SinkProcess.start();
    const tables: Table[] = [];
    for (const protocol of ['http/protobuf', 'grpc'] as const) {
      for (const shape of ['lean', 'heavy'] as const)
        tables.push(await compare({ line, sink, protocol, shape }, effort));
    }
    sink.stop();
    return tables;
  },
};

interface Trial {
  readonly line: SdkLine;
  readonly sink: SinkProcess;
  readonly protocol: Protocol;
  readonly shape: ShapeName;
}

async function compare({ line, sink, protocol, shape }: Trial, effort: Effort): Promise<Table> {
  const pool = generateSpans(shape, Math.ceil(fullPool * effort.scale));
  const url =
    protocol === 'grpc' ? `http://127.0.0.1:${sink.grpc}` : `http://127.0.0.1:${sink.http}/v1/traces`;
  const Stock = protocol === 'grpc' ? line.GrpcExporter : line.HttpProtobufExporter;
  const plain = (next: LineSpanProcessor): LineSpanProcessor => next;
  const masked = (next: LineSpanProcessor): LineSpanProcessor => new MaskingSpanProcessor(next);
  const keyRing = createKeyRing({ realm: 'bench', primary: { id: 'k-bench', secret: generateSecret() } });
  const own = (options: object): LineSpanExporter =>
    new SignedOtlpExporter({ protocol, url, ...options }) as unknown as LineSpanExporter;
  const ways = [
    { name: 'stock exporter', wrap: plain, exporter: new Stock({ url }) },
    { name: 'SignedOtlpExporter without a key', wrap: plain, exporter: own({}) },
    { name: 'sealed, signed', wrap: plain, exporter: own({ keyRing }) },
    { name: 'masked, sealed, signed', wrap: masked, exporter: own({ keyRing }) },
  ];
  const pipelines = ways.map((way) => ({ ...way, pipeline: new ExportPipeline(line, { pool, ...way }) }));
  const timings = await runContest(
    pipelines.map(({ name, pipeline }) => ({
      name,
      run: (call: number) => pipeline.send(call),
      units: spansPerBatch,
      awaits: true,
    })),
    effort,
  );
  for (const { pipeline } of pipelines) await pipeline.close();
  if (pipelines.some(({ pipeline }) => pipeline.failed > 0))
    throw new Error('an export failed: what was measured was no export');
  return {
    title: `${shape} spans: create, batch, export over ${protocol} (SDK ${line.name}, CPU time of the client)`,
    unit: 'span',
    rows: pipelines.map(({ name }, of) => ({
      name,
      time: timeOf(timings, of),
      ...(of > 0 && {
        score: shareOf(timings, { of, against: 0 }, of === 3 ? targets[protocol][shape] : undefined),
      }),
    })),
  };
}
