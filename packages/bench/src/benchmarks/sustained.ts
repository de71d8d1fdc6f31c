import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SignedOtlpExporter } from '@spanseal/otlp-exporter';
import { createKeyRing, generateSecret, type Report } from '@spanseal/seal';
import { type LineSpanExporter, loadLine } from '@spanseal/test-kit';
import type { Benchmark, Table } from '../benchmark.js';
import { collectGarbage } from '../collect-garbage.js';
import { cpuTime, type Effort } from '../contest.js';
import { ExportPipeline, spansPerBatch } from '../export-pipeline.js';
import { lineForNode } from '../line-for-node.js';
import { pinning } from '../pinned-run.js';
import { generateSpans } from '../span-shape.js';

const program = fileURLToPath(new URL('../verifying-sink.js', import.meta.url));
const fullSpans = 10_000_000;
/** Share of the spans after which the memory of the beginning is read: caches are full by then. */
const settled = 0.1;
const mostGrowth = 0.05;

/** Ten million spans through one exporter, to a receiver that verifies them and refuses some. */
export const sustainedBenchmark: Benchmark = {
  name: 'sustained',
  run: async (effort) => [await sustain(effort)],
};

async function sustain(effort: Effort): Promise<Table> {
  const calls = Math.ceil((fullSpans * effort.scale ** 1.5) / spansPerBatch);
  const secret = generateSecret();
  const [command = process.execPath, ...args] = [...pinning(0), process.execPath, program];
  const sink = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const { port } = await ask<{ port: number }>(sink, { secret });
  const exporter = new SignedOtlpExporter({
    url: `http://127.0.0.1:${port}/v1/traces`,
    keyRing: createKeyRing({ primary: { id: 'k-bench', secret } }),
  });
  const pipeline = new ExportPipeline(loadLine(lineForNode(process.versions.node)), {
    pool: generateSpans('lean', 2048),
    wrap: (next) => next,
    exporter: exporter as unknown as LineSpanExporter,
  });
  const start = process.cpuUsage();
  let before = 0;
  for (let call = 0; call < calls; call += 1) {
    await pipeline.send(call);
    if (call === Math.floor(calls * settled)) before = heapUsed();
  }
  const time = cpuTime(start) / (calls * spansPerBatch);
  const growth = heapUsed() / before - 1;
  await pipeline.close();
  const { report, refused } = await ask<SinkReport>(sink, {});
  sink.kill();
  check(report, { sent: calls * spansPerBatch, refused, failed: pipeline.failed });
  const spread = { low: growth, median: growth, high: growth };
  return {
    title: `${(calls * spansPerBatch).toLocaleString('en')} lean spans through one exporter, ${refused} requests refused: none is missing that was not declared lost`,
    unit: 'span',
    rows: [
      {
        name: 'growth of the heap',
        time: { low: time, median: time, high: time },
        score: { unit: 'share', spread, target: mostGrowth },
      },
    ],
  };
}

interface SinkReport {
  readonly report: Report;
  readonly refused: number;
}

interface Sent {
  readonly sent: number;
  readonly refused: number;
  readonly failed: number;
}

/** @throws Error when what arrived is not what was sent but for what was declared lost. */
function check({ result, spans, streams }: Report, { sent, refused, failed }: Sent): void {
  const lost = refused * spansPerBatch;
  const [stream] = streams;
  const isDeclared = stream?.verdict === (refused > 0 ? 'declared-loss' : 'complete');
  const isWhole = spans.valid === sent - lost && spans.total === spans.valid && streams.length === 1;
  if (!isDeclared || !isWhole || result === 'tampered' || failed !== refused)
    throw new Error(
      `${sent} sent, ${refused} requests refused, ${failed} failed: ${result}, ${stream?.verdict}, ${JSON.stringify(spans)}`,
    );
}

function ask<Answer>(sink: ChildProcess, message: object): Promise<Answer> {
  sink.send(message);
  return once(sink, 'message').then(([answer]) => answer as Answer);
}

function heapUsed(): number {
  for (let time = 0; time < 3; time += 1) collectGarbage();
  const { heapUsed: used, arrayBuffers } = process.memoryUsage();
  return used + arrayBuffers;
}
