import type { LineSpanExporter, LineSpanProcessor, SdkLine } from '@spanseal/test-kit';
import type { ShapeAttributes } from './span-shape.js';

/** One less than the batch size of the SDK, so that no batch leaves before the flush. */
export const spansPerBatch = 511;

/** What spans go through, and their attributes. */
export interface Way {
  readonly pool: readonly ShapeAttributes[];
  readonly wrap: (next: LineSpanProcessor) => LineSpanProcessor;
  readonly exporter: LineSpanExporter;
}

/** Sends one batch of spans through an SDK for each call, and waits until it has arrived. */
export class ExportPipeline {
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
    for (let index = 0; index < spansPerBatch; index += 1) {
      const span = tracer.startSpan('GET /api/v1/orders/:id', options, this.#line.api.ROOT_CONTEXT);
      const attributes = this.#pool[(call * spansPerBatch + index) % this.#pool.length];
      for (const key in attributes) span.setAttribute(key, attributes[key]);
      span.end();
    }
    // The SDK's processor rejects when an export failed, which is counted.
    await this.#batches.forceFlush().catch(() => undefined);
  }

  /** Exports that failed so far. */
  get failed(): number {
    return this.#failed;
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
