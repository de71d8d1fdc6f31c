import type { Benchmark } from './benchmark.js';
import { batchBenchmark } from './benchmarks/batch.js';
import { cleanBenchmark } from './benchmarks/clean.js';
import { collectorBenchmark } from './benchmarks/collector.js';
import { encodeBenchmark } from './benchmarks/encode.js';
import { exportBenchmark } from './benchmarks/export.js';
import { hostileBenchmark } from './benchmarks/hostile.js';
import { jsonBenchmark } from './benchmarks/json.js';
import { maskerBenchmark } from './benchmarks/masker.js';
import { overheadBenchmark } from './benchmarks/overhead.js';
import { preloadBenchmark } from './benchmarks/preload.js';
import { sealBenchmark } from './benchmarks/seal.js';
import { sustainedBenchmark } from './benchmarks/sustained.js';

/** Every benchmark, in the order of the report. */
export const benchmarks: readonly Benchmark[] = [
  maskerBenchmark,
  overheadBenchmark,
  jsonBenchmark,
  cleanBenchmark,
  hostileBenchmark,
  collectorBenchmark,
  sealBenchmark,
  encodeBenchmark,
  exportBenchmark,
  batchBenchmark,
  sustainedBenchmark,
  preloadBenchmark,
];
