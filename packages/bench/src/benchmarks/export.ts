import { SignedOtlpExporter } from '@spanseal/otlp-exporter';
import { createKeyRing, generateSecret } from '@spanseal/seal';
import { MaskingSpanProcessor } from '@spanseal/span-processor';
import { type LineSpanExporter, type LineSpanProcessor, loadLine, type SdkLine } from '@spanseal/test-kit';
import type { Benchmark, Table } from '../benchmark.js';
import { type Effort, runContest } from '../contest.js';
import { lineForNode } from '../line-for-node.js';
import { shareOf, timeOf } from '../ratio.js';
import { SinkProcess } from '../sink-process.js';
import { generateSpans, type ShapeAttributes, type ShapeName } from '../span-shape.js';

const fullPool = 2048;
/** One less than the batch size of the SDK, so that no batch leaves before the flush. */
const batch = 511;

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
  const pipelines = ways.map((way) => ({ ...way, pipeline: new Pipeline(line, { pool, ...way }) }));
  const timings = await runContest(
    pipelines.map(({ name, pipeline }) => ({
      name,
      run: (call: number) => pipeline.send(call),
      units: batch,
      awaits: true,
    })),
    effort,
  );
  for (const { pipeline } of pipelines) await pipeline.close();
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

interface Way {
  readonly pool: readonly ShapeAttributes[];
  readonly wrap: (next: LineSpanProcessor) => LineSpanProcessor;
  readonly exporter: LineSpanExporter;
}

/** Sends one batch of spans through an SDK for each call, and waits until it has arrived. */
class Pipeline {
  readonly #pool: readonly ShapeAttributes[];
  readonly #line: SdkLine;
  readonly #batches: LineSpanProcessor;
  readonly #provider: ReturnType<SdkLine['createProvider']>;
  #failed = 0;

  constructor(line: SdkLine, { pool, wrap, exporter }: Way) {
    this.#line = line;
    this.#pool = pool;
    this.#batches = line.batchProcessor(this.#counted(exporter), { scheduledDelayMillis: 600_000 });
    this.#provider = line.createProvider({
      spanProcessors: [wrap(this.#batches)],
      resource: { 'service.name': 'bench' },
    });
  }

  async send(call: number): Promise<void> {
    const tracer = this.#provider.getTracer('bench');
    const options = { kind: this.#line.api.SpanKind.SERVER };
    for (let index = 0; index < batch; index += 1) {
      const span = tracer.startSpan('GET /api/v1/orders/:id', options, this.#line.api.ROOT_CONTEXT);
      const attributes = this.#pool[(call * batch + index) % this.#pool.length];
      for (const key in attributes) span.setAttribute(key, attributes[key]);
      span.end();
    }
    await this.#batches.forceFlush();
    if (this.#failed > 0) throw new Error('an export failed: what is measured would not be an export');
  }

  async close(): Promise<void> {
    await this.#provider.shutdown();
  }

  #counted(exporter: LineSpanExporter): LineSpanExporter {
    return {
      export: (spans, done) =>
        exporter.export(spans, (result) => {
          if (result.code !== 0) this.#failed += 1;
          done(result);
        }),
      shutdown: () => exporter.shutdown(),
    };
  }
}
