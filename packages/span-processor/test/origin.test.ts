import { describe, expect, test } from '@jest/globals';
import {
  CollectingExporter,
  createCanary,
  findCanaries,
  type LineReadableSpan,
  loadLines,
} from '@spanseal/test-kit';
import { MaskingSpanProcessor } from '../src/index.js';
import { guardedLine } from './guarded-line.js';

const secret = createCanary('resourceAttribute', 'aws-key');

const hooks = { onStart() {}, async forceFlush() {}, async shutdown() {} };

interface Request {
  resourceSpans: { resource: { attributes: unknown[] }; scopeSpans: { spans: unknown[] }[] }[];
}

describe.each(loadLines())('on SDK $name', (line) => {
  const parse = (exporter: CollectingExporter): Request =>
    JSON.parse(Buffer.from(exporter.toJson(line)).toString());

  test('spans of one resource and scope stay in one group', () => {
    const { exporter, provider, start } = guardedLine(line, { resource: { note: secret.text } });
    for (let i = 0; i < 3; i++) start('work').end();
    provider.getTracer('other').startSpan('work').end();
    const { resourceSpans } = parse(exporter);
    expect(resourceSpans).toHaveLength(1);
    expect(resourceSpans[0]?.scopeSpans.map(({ spans }) => spans.length)).toEqual([3, 1]);
    expect(new Set(exporter.spans.map(({ instrumentationScope }) => instrumentationScope)).size).toBe(2);
  });

  test('a span that was blanked stays in the group of its resource', () => {
    const { exporter, start } = guardedLine(line, { resource: { 'service.name': 'checkout' } });
    start('work').end();
    const span = start('work');
    Object.defineProperty(span.attributes, 'x', {
      get: () => {
        throw new Error('planted');
      },
      enumerable: true,
    });
    span.end();
    expect(parse(exporter).resourceSpans).toHaveLength(1);
  });

  test('resource attributes that arrive late are masked when they are there', async () => {
    const exporter = new CollectingExporter();
    const spanProcessors = [new MaskingSpanProcessor(line.batchProcessor(exporter))];
    let settle = (_: string): void => {};
    const late = new Promise<string>((resolve) => {
      settle = resolve;
    });
    const provider = line.createProvider({ spanProcessors, resource: { early: 'e', late } });
    provider.getTracer('t').startSpan('work').end();
    const flushed = provider.forceFlush();
    settle(`late ${secret.text}`);
    await flushed;
    expect(exporter.spans[0]?.resource.attributes).toEqual({
      early: 'e',
      late: expect.stringContaining('late'),
    });
    expect(findCanaries(exporter.toProtobuf(line), [secret])).toEqual([]);
    expect(exporter.spans[0]?.resource.asyncAttributesPending).toBe(false);
    await provider.shutdown();
  });

  test('resource attributes that were read too early are read again', async () => {
    let settle = (_: string): void => {};
    const late = new Promise<string>((resolve) => {
      settle = resolve;
    });
    const masked: LineReadableSpan[] = [];
    const next = { ...hooks, onEnd: (span: LineReadableSpan) => masked.push(span) };
    const spanProcessors = [new MaskingSpanProcessor(next)];
    const provider = line.createProvider({ spanProcessors, resource: { early: 'e', late } });
    provider.getTracer('t').startSpan('work').end();
    const resource = masked[0]?.resource;
    expect(resource?.asyncAttributesPending).toBe(true);
    expect(resource?.attributes).toEqual({ early: 'e' });
    settle('l');
    await resource?.waitForAsyncAttributes?.();
    expect(resource?.attributes).toEqual({ early: 'e', late: 'l' });
  });

  test('schema URLs are left alone', () => {
    const { exporter, provider } = guardedLine(line);
    const schemaUrl = 'https://opentelemetry.io/schemas/1.30.0';
    provider.getTracer('t', '1', { schemaUrl }).startSpan('work').end();
    expect(exporter.spans[0]?.instrumentationScope.schemaUrl).toBe(schemaUrl);
  });
});
