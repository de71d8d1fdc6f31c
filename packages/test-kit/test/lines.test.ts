import { describe, expect, test } from '@jest/globals';
import {
  CollectingExporter,
  canaryPlaces,
  canaryResource,
  createCanaries,
  findCanaries,
  loadLines,
  startCanarySpan,
} from '../src/index.js';

describe.each(loadLines())('SDK line $name', (line) => {
  const spanOfEverything = () => {
    const canaries = createCanaries();
    const exporter = new CollectingExporter();
    const spanProcessors = [line.simpleProcessor(exporter)];
    const provider = line.createProvider({ spanProcessors, resource: canaryResource(canaries) });
    startCanarySpan(line, provider, canaries).end();
    return { canaries, exporter, provider };
  };

  // Bytes are base64 in JSON on this line, and unset by the 2.x ones.
  const planted = canaryPlaces.filter(
    (place) =>
      place !== 'scopeAttribute' &&
      (line.nestedValues || !['nestedMap', 'nestedMapKey', 'bytes'].includes(place)),
  );

  test('a canary span leaks every canary when nothing masks it, in protobuf', async () => {
    const { canaries, exporter, provider } = spanOfEverything();
    await provider.shutdown();
    const found = new Set(findCanaries(exporter.toProtobuf(line), canaries).map(({ place }) => place));
    expect([...found]).toEqual(planted);
    expect(exporter.shutdowns).toBe(1);
  });

  test('a canary span leaks every canary when nothing masks it, in JSON', async () => {
    const { canaries, exporter, provider } = spanOfEverything();
    await provider.shutdown();
    const found = new Set(findCanaries(exporter.toJson(line), canaries).map(({ place }) => place));
    expect([...found]).toEqual(planted);
  });

  test('the batch processor hands over batches of the size it is told', async () => {
    const exporter = new CollectingExporter();
    const spanProcessors = [line.batchProcessor(exporter, { maxExportBatchSize: 2 })];
    const provider = line.createProvider({ spanProcessors });
    for (let i = 0; i < 4; i++) provider.getTracer('t').startSpan(`span ${i}`).end();
    await provider.forceFlush();
    expect(exporter.batchSizes).toEqual([2, 2]);
    await provider.shutdown();
  });

  test('metrics are collected on demand', async () => {
    const { MeterProvider, MetricReader } = line.metrics;
    class Reader extends MetricReader {
      onShutdown = async (): Promise<void> => {};
      onForceFlush = async (): Promise<void> => {};
    }
    const reader = new Reader();
    const meters = new MeterProvider({ readers: [reader] });
    meters
      .getMeter('m')
      .createObservableCounter('c')
      .addCallback((result) => result.observe(3));
    const { resourceMetrics } = await reader.collect();
    expect(resourceMetrics.scopeMetrics[0]?.metrics[0]?.dataPoints[0]?.value).toBe(3);
  });
});
