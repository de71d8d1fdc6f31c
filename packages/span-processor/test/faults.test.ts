import { describe, expect, test } from '@jest/globals';
import {
  type Canary,
  createCanary,
  findCanaries,
  type LineReadableSpan,
  loadLines,
} from '@spanseal/test-kit';
import { MaskingSpanProcessor } from '../src/index.js';
import { fail, guardedLine, maskerWith } from './guarded-line.js';

const secret: Canary = createCanary('attributeValue', 'aws-key');
const marker = { 'spanseal.masked': 'fault' };

describe.each(loadLines())('on SDK $name', (line) => {
  test.each(['text', 'attributes', 'sensitiveService'] as const)(
    'a masker that throws in %s reaches neither the app nor the wire',
    (method) => {
      const { exporter, processor, start } = guardedLine(line, {
        masker: maskerWith({ [method]: fail }),
        resource: { 'service.name': 'checkout', note: secret.text },
      });
      const span = start(secret.text, { attributes: { note: secret.text } });
      span.recordException(new Error(secret.text));
      span.setStatus({ code: 2, message: secret.text });
      span.end();
      const [copy] = exporter.spans;
      expect(copy?.attributes).toEqual(marker);
      expect(copy?.spanContext()).toMatchObject({ spanId: span.spanContext().spanId });
      expect(copy).toMatchObject({
        name: 'masked',
        events: [],
        links: [],
        status: { code: 2 },
        kind: span.kind,
      });
      expect(copy?.endTime).toEqual(span.endTime);
      expect(findCanaries(exporter.toJson(line), [secret])).toEqual([]);
      expect(findCanaries(exporter.toProtobuf(line), [secret])).toEqual([]);
      const { spans, faults } = processor.counters();
      expect(spans).toMatchObject({ started: 1, ended: 1, masked: 0, blanked: 1 });
      expect(faults.masking).toBeGreaterThan(0);
    },
  );

  test('a span that could not be decided about at its start is blanked, and so are its descendants', () => {
    let calls = 0;
    const sensitiveService = () => (calls++ === 0 ? fail() : undefined);
    const { exporter, start } = guardedLine(line, { masker: maskerWith({ sensitiveService }) });
    const parent = start('parent', { attributes: { a: 1 } });
    start('child', { parent, attributes: { a: 1 } }).end();
    parent.end();
    start('later', { attributes: { a: 1 } }).end();
    expect(exporter.spans.map(({ attributes }) => attributes)).toEqual([marker, marker, { a: 1 }]);
  });

  test.each<[string, (span: LineReadableSpan) => void]>([
    [
      'an attribute whose getter throws',
      (span) => Object.defineProperty(span.attributes, 'a', { get: fail, enumerable: true }),
    ],
    ['attributes that are a revoked Proxy', (span) => setField(span, 'attributes', revokedProxy())],
    ['an event that is a revoked Proxy', (span) => span.events.push(revokedProxy())],
    ['a link without a context', (span) => Reflect.apply(span.links.push, span.links, [{}])],
    ['a status that is missing', (span) => setField(span, 'status', undefined)],
    [
      'a value that contains itself',
      (span) => {
        const loop: unknown[] = [];
        loop.push(loop);
        span.attributes['loop'] = loop;
      },
    ],
  ])('%s costs the span its content, not the app its call', (_, spoil) => {
    const { exporter, processor, start } = guardedLine(line);
    const span = start(secret.text, { attributes: { note: secret.text } });
    spoil(span);
    span.end();
    expect(exporter.spans.map(({ attributes }) => attributes)).toEqual([marker]);
    expect(findCanaries(exporter.toJson(line), [secret])).toEqual([]);
    expect(processor.counters()).toMatchObject({ spans: { blanked: 1, lost: 0 }, faults: { masking: 1 } });
  });

  test('a span that throws whatever is read of it is lost and counted', () => {
    const { exporter, processor } = guardedLine(line);
    for (const hook of [processor.onStart, processor.onEnding, processor.onEnd]) {
      Reflect.apply(hook, processor, [revokedProxy(), line.api.ROOT_CONTEXT]);
    }
    expect(exporter.spans).toEqual([]);
    expect(processor.counters().spans).toMatchObject({ started: 1, ended: 1, masked: 0, lost: 1 });
  });

  test('a resource that cannot be masked is empty, and a scope too', () => {
    const text = (value: string) => (value === 'test' ? fail() : value);
    const attributes = <T extends object>(value: T): T => ('host' in value ? fail() : value);
    const { exporter, processor, start } = guardedLine(line, {
      masker: maskerWith({ text, attributes }),
      resource: { host: secret.text },
    });
    start('work', { attributes: { a: 1 } }).end();
    expect(exporter.spans[0]?.resource.attributes).toEqual({});
    expect(exporter.spans[0]?.instrumentationScope).toEqual({ name: '' });
    expect(exporter.spans[0]?.attributes).toEqual({ a: 1 });
    expect(processor.counters().faults.masking).toBeGreaterThanOrEqual(2);
  });

  test('a next processor that throws in its hooks does not reach the app', () => {
    const next = { onStart: fail, onEnding: fail, onEnd: fail, forceFlush: fail, shutdown: fail };
    const processor = new MaskingSpanProcessor(next);
    const provider = line.createProvider({ spanProcessors: [processor] });
    provider.getTracer('t').startSpan('work').end();
    expect(processor.counters().faults.next).toBe(line.name === '2.0' ? 2 : 3);
  });

  test('flush and shutdown reject with what the next processor throws, and never throw at once', async () => {
    const next = {
      ...line.simpleProcessor({ export: () => {}, shutdown: async () => {} }),
      onStart() {},
      onEnd() {},
    };
    const failing = new MaskingSpanProcessor({
      ...next,
      forceFlush: fail,
      shutdown: () => Promise.reject(new Error('late')),
    });
    await expect(failing.forceFlush()).rejects.toThrow('planted');
    await expect(failing.shutdown()).rejects.toThrow('late');
    await expect(new MaskingSpanProcessor().forceFlush()).resolves.toBeUndefined();
    await expect(new MaskingSpanProcessor().shutdown()).resolves.toBeUndefined();
  });
});

function revokedProxy<T extends object>(): T {
  const { proxy, revoke } = Proxy.revocable<T>({} as T, {});
  revoke();
  return proxy;
}

function setField(span: LineReadableSpan, key: string, value: unknown): void {
  Reflect.set(span, key, value);
}
