import { afterEach, describe, expect, test } from '@jest/globals';
import {
  type Canaries,
  type CanaryKind,
  CollectingExporter,
  canaryResource,
  createCanaries,
  findCanaries,
  loadLines,
  startCanarySpan,
} from '@spanseal/test-kit';
import { MaskingSpanProcessor } from '../src/index.js';

const kinds: CanaryKind[] = ['aws-key', 'card', 'email', 'assignment'];
const cases = loadLines().flatMap((line) => kinds.map((kind) => ({ line, name: line.name, kind })));

describe.each(cases)('on SDK $name, a secret of kind $kind', ({ line, kind }) => {
  const canaries: Canaries = createCanaries(kind);
  let finish = async (): Promise<void> => {};
  afterEach(() => finish());

  test('in any field of a span leaves in no encoding of protobuf or JSON', async () => {
    const exporter = new CollectingExporter();
    const processor = new MaskingSpanProcessor(line.simpleProcessor(exporter));
    const provider = line.createProvider({ spanProcessors: [processor], resource: canaryResource(canaries) });
    finish = () => provider.shutdown();
    startCanarySpan(line, provider, canaries).end();
    await provider.forceFlush();
    expect(exporter.spans).toHaveLength(1);
    expect(findCanaries(exporter.toProtobuf(line), canaries)).toEqual([]);
    expect(findCanaries(exporter.toJson(line), canaries)).toEqual([]);
    expect(exporter.toJson(line).length).toBeGreaterThan(500);
  });

  test('leaves in no field that only the SDK reads', async () => {
    const exporter = new CollectingExporter();
    const processor = new MaskingSpanProcessor(line.simpleProcessor(exporter));
    const provider = line.createProvider({ spanProcessors: [processor], resource: canaryResource(canaries) });
    finish = () => provider.shutdown();
    startCanarySpan(line, provider, canaries).end();
    await provider.forceFlush();
    const [span] = exporter.spans;
    const { inspect } = await import('node:util');
    const seen = inspect(span, { depth: 20, showHidden: true, getters: true });
    const context = span?.parentSpanContext?.traceState?.serialize() ?? '';
    expect(findCanaries(Buffer.from(seen + context), canaries)).toEqual([]);
  });

  test('leaves in none of the batches of the SDK', async () => {
    const exporter = new CollectingExporter();
    const batches = line.batchProcessor(exporter, { maxExportBatchSize: 5 });
    const spanProcessors = [new MaskingSpanProcessor(batches)];
    const provider = line.createProvider({ spanProcessors, resource: canaryResource(canaries) });
    for (let i = 0; i < 10; i++) startCanarySpan(line, provider, canaries).end();
    await provider.forceFlush();
    expect(exporter.batchSizes).toEqual([5, 5]);
    expect(findCanaries(exporter.toProtobuf(line), canaries)).toEqual([]);
    await provider.shutdown();
    expect(exporter.shutdowns).toBe(1);
  });

  test('leaves in no attribute of a scope', () => {
    const exporter = new CollectingExporter();
    const processor = new MaskingSpanProcessor(line.simpleProcessor(exporter));
    const provider = line.createProvider({ spanProcessors: [processor] });
    const span = startCanarySpan(line, provider, canaries);
    const { name, version = '' } = span.instrumentationScope;
    span.instrumentationScope = { name, version, attributes: { note: canaries.scopeAttribute.text } };
    span.end();
    expect(exporter.spans[0]?.instrumentationScope.attributes).toHaveProperty('note');
    expect(findCanaries(exporter.toJson(line), canaries)).toEqual([]);
  });
});
