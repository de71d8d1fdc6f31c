import { describe, expect, test } from '@jest/globals';
import { createKeyRing, createVerifier, generateSecret } from '@spanseal/seal';
import { MaskingSpanProcessor } from '@spanseal/span-processor';
import {
  CollectingExporter,
  type LineReadableSpan,
  type LineSpan,
  type LineSpanProcessor,
  loadLines,
} from '@spanseal/test-kit';
import { guard, NodeError } from '../src/index.js';
import { canaryExport, processorsOf } from './canary-export.js';

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

/** A processor of somebody's own in front of another one. */
function handingOn(inner: LineSpanProcessor): LineSpanProcessor {
  return {
    onStart: () => undefined,
    onEnd: (span) => inner.onEnd(span),
    forceFlush: () => inner.forceFlush(),
    shutdown: () => inner.shutdown(),
  };
}

interface ActiveProcessor {
  readonly _activeSpanProcessor: { _spanProcessors: LineSpanProcessor[] };
}

describe.each(loadLines())('guard() on SDK $name', (line) => {
  test('lets no secret out, of spans started before or after it', async () => {
    const { provider, exporter, endSpan, leaks, canaries } = canaryExport(line);
    const running = provider.getTracer('before').startSpan(canaries.spanName.text);
    expect(guard(provider)).toBe(true);
    running.end();
    endSpan();
    await settle();
    expect(exporter.spans).toHaveLength(2);
    expect(leaks()).toEqual([]);
  });

  test('leaks without it: the canaries are where they should be', async () => {
    const { endSpan, leaks } = canaryExport(line);
    endSpan();
    await settle();
    expect(new Set(leaks()).size).toBe(line.nestedValues ? 19 : 16);
  });

  test('masks what waits in a queue already', async () => {
    const { provider, endSpan, leaks, exporter } = canaryExport(line, (exp) => [line.batchProcessor(exp)]);
    endSpan();
    endSpan();
    guard(provider);
    await provider.forceFlush();
    expect(exporter.spans).toHaveLength(2);
    expect(leaks()).toEqual([]);
  });

  test.each([
    ['of a processor that another one wraps', (inner: LineSpanProcessor) => ({ inner })],
    ['of one in a list of another one', (inner: LineSpanProcessor) => ({ all: [inner] })],
    ['of one behind a key', (inner: LineSpanProcessor) => ({ byName: new Map([['inner', inner]]) })],
  ])('masks what waits in a queue %s', async (_, held) => {
    const { provider, endSpan, leaks, exporter } = canaryExport(line, (exp) => {
      const inner = line.batchProcessor(exp);
      return [{ ...handingOn(inner), ...held(inner) }];
    });
    endSpan();
    guard(provider);
    await provider.forceFlush();
    expect(exporter.spans).toHaveLength(1);
    expect(leaks()).toEqual([]);
  });

  test('masks what waits by trace until the trace is whole, and leaves what still runs', async () => {
    const { provider, endSpan, leaks, exporter, canaries } = canaryExport(line, (exp) => {
      const inner = line.simpleProcessor(exp);
      const [ended, running] = [
        new Map<string, LineReadableSpan[]>(),
        new Set<LineSpan & LineReadableSpan>(),
      ];
      return [
        {
          ...handingOn(inner),
          ...{ ended, running },
          onStart: (span) => void running.add(span),
          onEnd: (span) => void ended.set(span.spanContext().traceId, [span]),
          forceFlush: async () => {
            for (const span of [...ended.values()].flat()) inner.onEnd(span);
            for (const span of running) if (!span.ended) span.setAttribute('late', 1);
            await settle();
          },
        },
      ];
    });
    endSpan();
    const running = provider.getTracer('t').startSpan(canaries.spanName.text);
    guard(provider);
    await provider.forceFlush();
    expect(exporter.spans).toHaveLength(1);
    expect([running.name, running.attributes['late']]).toEqual([canaries.spanName.text, 1]);
    expect(leaks()).toEqual([]);
  });

  test('guards processors that take the place of others later', async () => {
    const { provider, endSpan, leaks, exporter } = canaryExport(line);
    guard(provider);
    const { _activeSpanProcessor: active } = provider as unknown as ActiveProcessor;
    active._spanProcessors = [line.simpleProcessor(exporter)];
    endSpan();
    Object.assign(provider, { _activeSpanProcessor: line.simpleProcessor(exporter) });
    endSpan();
    await settle();
    expect(exporter.spans).toHaveLength(2);
    expect(leaks()).toEqual([]);
  });

  test('seals what waits in a queue already, though it leaves at once', async () => {
    const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
    const { provider, endSpan, exporter } = canaryExport(line, (exp) => [line.batchProcessor(exp)]);
    endSpan();
    guard(provider, { keyRing });
    await provider.shutdown();
    const verifier = createVerifier({ keyRing });
    verifier.add(exporter.toProtobuf(line));
    expect(verifier.finish()).toMatchObject({
      result: 'intact',
      streams: [{ verdict: 'complete', spans: 1 }],
    });
  });

  test('ends the stream also when the last export of a processor fails', async () => {
    const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
    const { provider, endSpan, exporter } = canaryExport(line, (exp) => [line.batchProcessor(exp)]);
    guard(provider, { keyRing });
    endSpan();
    await provider.forceFlush();
    const { export: send } = exporter;
    exporter.export = (_, done) => {
      exporter.export = send;
      done({ code: 1 });
    };
    endSpan();
    await expect(provider.shutdown()).rejects.toBeDefined();
    expect(exporter.shutdowns).toBe(1);
    const verifier = createVerifier({ keyRing });
    verifier.add(exporter.toProtobuf(line));
    const { result, streams } = verifier.finish();
    expect([result, streams]).toMatchObject(['intact', [{ verdict: 'declared-loss', declared: [[1, 1]] }]]);
  });

  test('shuts an exporter down once where its processor does so', async () => {
    const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
    const { provider, endSpan, exporter } = canaryExport(line, (exp) => [line.batchProcessor(exp)]);
    guard(provider, { keyRing });
    endSpan();
    await provider.shutdown();
    expect(exporter.shutdowns).toBe(1);
  });

  test('counts what waits in a queue already among what the queue has no room for', async () => {
    const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
    const { provider, exporter } = canaryExport(line, (exp) => [line.batchProcessor(exp)]);
    const endSpans = (count: number) => {
      for (let done = 0; done < count; done += 1) provider.getTracer('t').startSpan('s').end();
    };
    endSpans(3);
    guard(provider, { keyRing });
    endSpans(3000);
    await provider.shutdown();
    const verifier = createVerifier({ keyRing });
    verifier.add(exporter.toProtobuf(line));
    const [stream] = verifier.finish().streams;
    expect(stream?.verdict).toBe('declared-loss');
    expect((stream?.spans ?? 0) + (stream?.unsealed ?? 0)).toBe(3003);
  });

  test('leaves processors the objects that they are, and guards each once', async () => {
    const { provider, exporter, endSpan } = canaryExport(line);
    const before = [...processorsOf(provider)];
    expect([guard(provider), guard(provider)]).toEqual([true, true]);
    const [processor] = before;
    const { onEnd } = processor ?? {};
    guard(provider);
    expect(processorsOf(provider)).toEqual(before);
    expect(processorsOf(provider)[0]).toBe(processor);
    expect(processor?.onEnd).toBe(onEnd);
    endSpan();
    await settle();
    expect(exporter.spans).toHaveLength(1);
  });

  test('masks by the policy that it is given', async () => {
    const { provider, exporter } = canaryExport(line);
    guard(provider, { policy: { extends: [], keys: ['order'], mask: '[gone]' } });
    const span = provider.getTracer('t').startSpan('s');
    span.setAttribute('order', 'o-1');
    span.setAttribute('password', 'kept by this policy');
    span.end();
    await settle();
    expect(exporter.spans[0]?.attributes).toEqual({ order: '[gone]', password: 'kept by this policy' });
  });

  test('guards a processor that somebody puts into the list later', async () => {
    const { provider, endSpan, leaks, exporter } = canaryExport(line, (exp) => [line.simpleProcessor(exp)]);
    guard(provider);
    processorsOf(provider).push(line.simpleProcessor(exporter));
    endSpan();
    await settle();
    expect(exporter.spans).toHaveLength(2);
    expect(leaks()).toEqual([]);
  });

  test('guards a provider that has no processor yet', async () => {
    const { provider, endSpan, leaks, exporter } = canaryExport(line, () => []);
    guard(provider);
    processorsOf(provider).push(line.simpleProcessor(exporter));
    endSpan();
    await settle();
    expect(exporter.spans).toHaveLength(1);
    expect(leaks()).toEqual([]);
  });

  test('does not let a processor add to what the next one exports', async () => {
    const { provider, endSpan, leaks, canaries } = canaryExport(line, (exp) => [
      {
        onStart: () => undefined,
        onEnd: (span) => void Object.assign(span.attributes, { added: canaries.attributeValue.text }),
        forceFlush: async () => undefined,
        shutdown: async () => undefined,
      },
      line.simpleProcessor(exp),
    ]);
    guard(provider);
    endSpan();
    await settle();
    expect(leaks()).toEqual([]);
  });

  test('masks behind a processor that wraps another, and one that masks itself', async () => {
    const { provider, endSpan, leaks, exporter } = canaryExport(line, (exp) => {
      const inner = line.simpleProcessor(exp);
      const filter = {
        inner,
        onStart: () => undefined,
        onEnd: (span: Parameters<typeof inner.onEnd>[0]) => inner.onEnd(span),
        forceFlush: async () => undefined,
        shutdown: async () => undefined,
      };
      return [filter, new MaskingSpanProcessor(line.simpleProcessor(exp) as never) as never];
    });
    guard(provider);
    endSpan();
    await settle();
    expect(exporter.spans).toHaveLength(2);
    expect(leaks()).toEqual([]);
  });

  test('seals: one stream for each exporter, complete and intact', async () => {
    const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
    const shared = new CollectingExporter();
    const { provider, exporter, endSpan, leaks } = canaryExport(line, (exp) => [
      line.batchProcessor(exp),
      line.batchProcessor(shared),
      line.batchProcessor(shared),
    ]);
    guard(provider, { keyRing });
    for (let count = 0; count < 5; count += 1) endSpan();
    await provider.shutdown();
    expect(leaks()).toEqual([]);
    for (const each of [exporter, shared]) {
      const verifier = createVerifier({ keyRing });
      verifier.add(each.toProtobuf(line));
      const { result, streams, spans } = verifier.finish();
      expect([result, streams.map(({ verdict }) => verdict)]).toEqual(['intact', ['complete']]);
      // The 2.0 line does not write flags.
      expect((spans['valid'] ?? 0) + (spans['valid-core'] ?? 0)).toBe(each === shared ? 10 : 5);
    }
  });

  test('replaces OTLP exporters of the SDK where it is told to, and no other', async () => {
    const { SignedOtlpExporter } = await import('@spanseal/otlp-exporter');
    const env = { SPANSEAL_EXPORTER: 'otlp', SPANSEAL_SIGNING_KEY: generateSecret() };
    const stock = [new line.HttpProtobufExporter(), new line.GrpcExporter(), new line.HttpJsonExporter()];
    const wrapper = {
      inner: stock[0],
      export: (_: unknown, done: (result: { code: number }) => void) => done({ code: 0 }),
      shutdown: async () => undefined,
    };
    const { provider, exporter, endSpan } = canaryExport(line, (exp) =>
      [...stock, wrapper, exp].map((each) => line.batchProcessor(each)),
    );
    guard(provider, { env });
    provider.getTracer('t').startSpan('opens the exporters');
    const exporters = processorsOf(provider).map(
      (each) => (each as unknown as { _exporter: object })._exporter,
    );
    const replaced = exporters.map((each) => each instanceof SignedOtlpExporter);
    expect(replaced).toEqual([true, true, true, false, false]);
    endSpan();
    await processorsOf(provider)[4]?.shutdown();
    expect(JSON.stringify(exporter.spans[0]?.attributes)).toContain('spanseal.seal');
  });

  test('seals what an exporter of ours without a key would send unsealed', async () => {
    const { SignedOtlpExporter, SigningSpanExporter } = await import('@spanseal/otlp-exporter');
    const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
    const own = [new SignedOtlpExporter(), new SignedOtlpExporter({ keyRing })];
    const { provider } = canaryExport(line, () => own.map((each) => line.batchProcessor(each as never)));
    guard(provider, { keyRing });
    provider.getTracer('t').startSpan('opens the exporters');
    const exporters = processorsOf(provider).map(
      (each) => (each as unknown as { _exporter: object })._exporter,
    );
    expect(exporters[0]).toBeInstanceOf(SigningSpanExporter);
    expect(exporters[1]).toBe(own[1]);
  });

  test('does not seal twice what the app seals', async () => {
    const { SigningSpanExporter } = await import('@spanseal/otlp-exporter');
    const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
    const { provider, endSpan, exporter } = canaryExport(line, (exp) => [
      line.batchProcessor(new SigningSpanExporter(exp as never, { keyRing }) as never),
    ]);
    guard(provider, { keyRing });
    endSpan();
    await provider.shutdown();
    const verifier = createVerifier({ keyRing });
    verifier.add(exporter.toProtobuf(line));
    expect(verifier.finish()).toMatchObject({
      result: 'intact',
      streams: [{ verdict: 'complete', spans: 1 }],
    });
    expect(exporter.spans.filter(({ name }) => name === 'spanseal.checkpoint')).toHaveLength(1);
  });
});

test('guard() refuses what is no provider, and unknown options, in words', () => {
  expect(() => guard({})).toThrow('provider: expected a tracer provider');
  expect(() => guard({ getTracer: () => ({}) }, { polcy: {} } as never)).toThrow(NodeError);
  try {
    guard({}, { policy: {}, masker: 7, keyRing: 'base64:hunter2' } as never);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ERR_SPANSEAL_NODE', faults: { length: 3 } });
    expect(String(error)).not.toContain('hunter2');
  }
  expect.assertions(4);
});
