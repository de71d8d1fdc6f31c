import { describe, expect, test } from '@jest/globals';
import { CollectingExporter, type LineSpanProcessor, loadLines, type SdkLine } from '@spanseal/test-kit';
import { MaskingSpanProcessor } from '../src/index.js';

const secret = 'Zq8LmTvWx9Kd3R';
const service = { 'rpc.system': 'aws-api', 'rpc.service': 'SecretsManager' };

function textOf(line: SdkLine, exporter: CollectingExporter): string {
  return Buffer.from(exporter.toJson(line)).toString();
}

function pipeline(line: SdkLine) {
  const exporter = new CollectingExporter();
  const provider = line.createProvider({
    spanProcessors: [new MaskingSpanProcessor(line.simpleProcessor(exporter))],
  });
  const tracer = provider.getTracer('test');
  const { trace, ROOT_CONTEXT } = line.api;
  const start = (parent?: ReturnType<typeof tracer.startSpan>, attributes = {}) =>
    tracer.startSpan('s', { attributes }, parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT);
  return { exporter, start, leaks: () => textOf(line, exporter).includes(secret) };
}

describe.each(loadLines())('on SDK $name', (line) => {
  test('a child is sensitive when its parent got the telling value in the place of another', () => {
    const { start, leaks } = pipeline(line);
    const parent = start(undefined, { 'rpc.system': 'aws-api', 'rpc.service': 'x' });
    start(parent).end();
    parent.setAttribute('rpc.service', 'SecretsManager');
    start(parent, { note: secret }).end();
    expect(leaks()).toBe(false);
  });

  test('a grandchild is sensitive when its grandparent tells after the parent has started', () => {
    const { start, leaks } = pipeline(line);
    const grandparent = start();
    const parent = start(grandparent);
    grandparent.setAttributes(service);
    start(parent, { note: secret }).end();
    expect(leaks()).toBe(false);
  });

  test('a child of a sensitive span that ended long ago is sensitive', () => {
    const { exporter, start, leaks } = pipeline(line);
    const parent = start(start(undefined, service));
    parent.end();
    for (let count = 0; count < 10_001; count += 1) start(undefined, service).end();
    exporter.spans.length = 0;
    start(parent, { note: secret }).end();
    expect(leaks()).toBe(false);
  });

  test('a text in the place of a number or an id leaves nowhere', () => {
    const { exporter, start, leaks } = pipeline(line);
    const text = `password=${secret}` as never;
    const span = start() as ReturnType<typeof start> & { events: { droppedAttributesCount: never }[] };
    const context = { traceId: text, spanId: text, traceFlags: text };
    span.addLink?.({ context });
    span.addEvent('e');
    const [event] = span.events;
    if (event !== undefined) event.droppedAttributesCount = text;
    span.setStatus({ code: text });
    Object.defineProperty(span, 'kind', { value: text });
    span.end();
    expect(exporter.spans).toHaveLength(1);
    expect(leaks()).toBe(false);
    expect(JSON.stringify(exporter.spans[0])).not.toContain(secret);
  });

  test('in place, what others write between the last two hooks is masked', () => {
    const exporter = new CollectingExporter();
    const none = { forceFlush: async () => undefined, shutdown: async () => undefined };
    const late: LineSpanProcessor = {
      ...{ onStart: () => undefined, ...none },
      onEnd: (span) => void Object.assign(span.attributes, { password: secret }),
    };
    const masking = new MaskingSpanProcessor();
    const provider = line.createProvider({ spanProcessors: [late, masking, line.simpleProcessor(exporter)] });
    provider.getTracer('test').startSpan('s').end();
    expect(textOf(line, exporter)).not.toContain(secret);
    expect(masking.counters().spans).toMatchObject({ ended: 1, masked: 1 });
  });

  test('names of events count for what is read of a span', () => {
    const { exporter, start } = pipeline(line);
    const span = start();
    for (let count = 0; count < 6; count += 1) span.addEvent('lorem ipsum '.repeat(90_000));
    span.end();
    const names = exporter.spans[0]?.events.map(({ name }) => name.length) ?? [];
    expect(names.filter((length) => length === 4)).toHaveLength(3);
  });
});

test('lists that share a list are copied once', () => {
  let shared: unknown[] = [1];
  for (let depth = 0; depth < 24; depth += 1) shared = [shared, shared];
  const handed: unknown[] = [];
  const next = {
    ...{ onStart: () => undefined, forceFlush: async () => undefined, shutdown: async () => undefined },
    onEnd: (span: unknown) => void handed.push(span),
  };
  const span = {
    ...{ name: 's', kind: 0, status: { code: 0 }, events: [], links: [], ended: true },
    ...{ startTime: [0, 0], endTime: [0, 0], duration: [0, 0], resource: { attributes: {} } },
    ...{ instrumentationScope: { name: '' }, droppedAttributesCount: 0, droppedEventsCount: 0 },
    droppedLinksCount: 0,
    attributes: { shared },
    spanContext: () => ({ traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 }),
  } as never;
  const start = performance.now();
  new MaskingSpanProcessor(next).onEnd(span);
  expect(performance.now() - start).toBeLessThan(2_000);
  expect(handed).toHaveLength(1);
});
