import { createHmac } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createKeyRing, generateSecret, type KeyRing, type StreamKeySource } from '@spanseal/seal';
import { CollectingExporter, type LineReadableSpan, loadLine } from '@spanseal/test-kit';
import { type ExportResult, SigningSpanExporter, type SigningSpanExporterOptions } from '../src/index.js';
import { newSpans } from './receivers.js';

const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
const failing: StreamKeySource = { mac: () => Promise.reject(new Error('a source that fails')) };
const working: StreamKeySource = {
  mac: async (message) => createHmac('sha256', Buffer.alloc(32, 7)).update(message).digest(),
};
const remote = (source: StreamKeySource): KeyRing => createKeyRing({ primary: { id: 'remote', source } });

/** Fails each export. */
class FailingExporter extends CollectingExporter {
  override export(_: LineReadableSpan[], done: (result: ExportResult) => void): void {
    done({ code: 1 });
  }
}

function exporterWith(options: Partial<SigningSpanExporterOptions>, inner = new CollectingExporter()) {
  const exporter = new SigningSpanExporter<LineReadableSpan>(inner, { keyRing, ...options });
  const exportSpans = (count = 1): Promise<ExportResult> =>
    new Promise((resolve) => exporter.export(count === 0 ? [] : newSpans(count), resolve));
  return { inner, exporter, exportSpans };
}

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('an exporter that was shut down', () => {
  const policies = ['block', 'drop', 'send-unsigned'] as const;
  test.each(policies)('lets nothing leave with "%s", and says that it was shut down', async (policy) => {
    for (const ring of [keyRing, remote(failing)]) {
      const { inner, exporter, exportSpans } = exporterWith({ keyRing: ring, onKeyUnavailable: policy });
      await exporter.shutdown();
      const { code, error } = await exportSpans(2);
      expect([code, error]).toMatchObject([1, { code: 'ERR_SPANSEAL_EXPORT' }]);
      expect(error?.message).toBe('export: expected an exporter that is open, got one that is shut down');
      expect(inner.spans).toEqual([]);
      expect(exporter.counters()).toMatchObject({ unsigned: 0, dropped: 2, failedExports: 0 });
    }
  });

  test('took what another of its processors had left while it was shut down', async () => {
    const [inner, line] = [new CollectingExporter(), loadLine('2.12')];
    const exporter = new SigningSpanExporter<LineReadableSpan>(inner, { keyRing });
    const spanProcessors = [line.simpleProcessor(exporter), line.batchProcessor(exporter)];
    const provider = line.createProvider({ spanProcessors, resource: { 'service.name': 's' } });
    provider.getTracer('t').startSpan('s').end();
    await provider.shutdown();
    expect(inner.spans.filter(({ name }) => name === 's')).toHaveLength(2);
    expect(exporter.counters()).toMatchObject({ sealed: 2, dropped: 0 });
  });

  test('has shut the wrapped exporter down once, however often it was asked to', async () => {
    const { inner, exporter } = exporterWith({});
    await Promise.all([exporter.shutdown(), exporter.shutdown()]);
    await exporter.shutdown();
    expect(inner.shutdowns).toBe(1);
  });

  test('had a wrapped exporter whose shutdown gives no promise', async () => {
    const inner = new CollectingExporter();
    Object.assign(inner, { shutdown: () => undefined, forceFlush: () => undefined });
    const { exporter } = exporterWith({}, inner);
    await expect(exporter.forceFlush()).resolves.toBeUndefined();
    await expect(exporter.shutdown()).resolves.toBeUndefined();
  });
});

test('a callback of the SDK that throws ends no timer with an error', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  const silent: StreamKeySource = { mac: () => new Promise(() => undefined) };
  const { exporter } = exporterWith({ keyRing: remote(silent), maxBlockMillis: 500 });
  let calls = 0;
  exporter.export(newSpans(), () => {
    calls += 1;
    throw new Error('of the SDK');
  });
  expect(() => jest.advanceTimersByTime(500)).not.toThrow();
  expect(calls).toBe(1);
});

describe('counts as failed exports', () => {
  test('each request that failed, also where it waited for its key', async () => {
    const { exporter, exportSpans } = exporterWith({ keyRing: remote(working) }, new FailingExporter());
    expect((await exportSpans()).code).toBe(1);
    expect((await exportSpans()).code).toBe(1);
    expect(exporter.counters()).toMatchObject({ failedExports: 2, dropped: 0 });
  });

  test('none that was dropped for want of a key', async () => {
    const { exporter, exportSpans } = exporterWith({ keyRing: remote(failing), onKeyUnavailable: 'drop' });
    expect((await exportSpans(3)).code).toBe(1);
    expect(exporter.counters()).toMatchObject({ failedExports: 0, dropped: 3 });
  });
});

test('an export of no spans succeeds, and sends nothing', async () => {
  for (const ring of [keyRing, remote(failing)]) {
    const { inner, exportSpans } = exporterWith({ keyRing: ring });
    expect(await exportSpans(0)).toEqual({ code: 0 });
    expect(inner.batchSizes).toEqual([]);
  }
});

describe('a stream', () => {
  test('does not end because somebody asks for its id', async () => {
    const { inner, exporter, exportSpans } = exporterWith({});
    await exportSpans();
    const before = exporter.stream;
    // A clock that was set back by more than ten minutes ends a stream with the next export.
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 700_000);
    expect(exporter.stream).toBe(before);
    expect(inner.batchSizes).toEqual([1]);
    await exportSpans();
    expect(exporter.stream).not.toBe(before);
    expect(inner.batchSizes).toEqual([1, 1, 1]);
  });

  test('leaves nothing behind when it has ended and its last checkpoint has arrived', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const inner = new CollectingExporter();
    const { exportSpans } = exporterWith({}, inner);
    const start = Date.now();
    const clock = jest.spyOn(Date, 'now');
    const endStreams = async (from: number, to: number): Promise<number> => {
      for (let time = from; time < to; time += 1) {
        clock.mockReturnValue(start - time * 700_000);
        await exportSpans();
        inner.spans.length = 0;
        inner.batchSizes.length = 0;
      }
      clock.mock.calls.length = 0;
      collect();
      return process.memoryUsage().heapUsed;
    };
    // A stream that stays takes more than nine kilobytes.
    const before = await endStreams(0, 100);
    expect((await endStreams(100, 500)) - before).toBeLessThan(400 * 4000);
  });
});
