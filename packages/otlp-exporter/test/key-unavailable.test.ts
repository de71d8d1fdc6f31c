import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  createKeyRing,
  createVerifier,
  fetchStreamKeys,
  generateSecret,
  type Report,
  type StreamKeySource,
} from '@spanseal/seal';
import { keyRingFromFile } from '@spanseal/seal/file';
import { CollectingExporter, type LineReadableSpan, loadLines, type SdkLine } from '@spanseal/test-kit';
import fc from 'fast-check';
import { type ExportResult, SigningSpanExporter, type SigningSpanExporterOptions } from '../src/index.js';

const root = Buffer.alloc(32, 'spanseal root secret');

function lineOf(): SdkLine {
  const line = loadLines()[1];
  if (line === undefined) throw new Error('no SDK line');
  return line;
}

const line = lineOf();

function spansOf(count: number, attributes: Record<string, string> = {}): LineReadableSpan[] {
  const collected = new CollectingExporter();
  const provider = line.createProvider({
    spanProcessors: [line.simpleProcessor(collected)],
    resource: { 'service.name': 's' },
  });
  for (let index = 0; index < count; index++) {
    const span = provider.getTracer('app').startSpan(`span ${index}`);
    for (const [key, value] of Object.entries(attributes))
      Object.assign(span, { attributes: { ...Reflect.get(span, 'attributes'), [key]: value } });
    span.end();
  }
  return collected.spans;
}

/** A source whose calls the test answers: each waits until it is told how it ends. */
class ToldSource implements StreamKeySource {
  readonly calls: { succeed(): void; fail(): void }[] = [];

  mac(message: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.calls.push({
        succeed: () => resolve(macOf(message)),
        fail: () => reject(new Error('hvs.token')),
      });
    });
  }
}

function macOf(message: Uint8Array): Uint8Array {
  return createHmac('sha256', root).update(message).digest();
}

const working: StreamKeySource = { mac: async (message) => macOf(message) };

function exporterWith(source: StreamKeySource, options: Partial<SigningSpanExporterOptions> = {}) {
  const inner = new CollectingExporter();
  const keyRing = createKeyRing({ primary: { id: 'remote', source } });
  const exporter = new SigningSpanExporter<LineReadableSpan>(inner, { keyRing, ...options });
  const results: ExportResult[] = [];
  const send = (spans: LineReadableSpan[]) => exporter.export(spans, (result) => results.push(result));
  return { inner, exporter, results, send };
}

async function verify(inner: CollectingExporter): Promise<Report> {
  const keyRing = createKeyRing({ primary: { id: 'remote', source: working } });
  const request = inner.toProtobuf(line);
  await fetchStreamKeys(keyRing, [request]);
  const verifier = createVerifier({ keyRing, nowMillis: Date.now() });
  verifier.add(request);
  return verifier.finish();
}

/** Lets everything run that waits for nothing but promises. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
});

afterEach(() => {
  jest.useRealTimers();
});

describe('an exporter whose key is remote', () => {
  test('asks for the key once, before the first span, and seals in the order of the exports', async () => {
    const source = new ToldSource();
    const { inner, exporter, results, send } = exporterWith(source);
    expect(source.calls).toHaveLength(1);
    expect(exporter.stream).toBeUndefined();
    const spans = spansOf(6);
    send(spans.slice(0, 2));
    send(spans.slice(2, 4));
    expect(results).toEqual([]);
    source.calls[0]?.succeed();
    await settle();
    send(spans.slice(4));
    expect(results).toEqual([{ code: 0 }, { code: 0 }, { code: 0 }]);
    expect(inner.spans.map(({ name }) => name)).toEqual(spans.map(({ name }) => name));
    const report = await verify(inner);
    expect(report).toMatchObject({ result: 'intact', streams: [{ stream: exporter.stream, spans: 6 }] });
    expect(source.calls).toHaveLength(1);
    expect(exporter.counters()).toMatchObject({
      sealed: 6,
      refused: 0,
      failedExports: 0,
      dropped: 0,
      unsigned: 0,
      keyFailures: 0,
    });
  });

  test.each(['block', 'drop', 'send-unsigned'] as const)(
    'waits with %s for the first call, which may well succeed',
    async (onKeyUnavailable) => {
      const source = new ToldSource();
      const { exporter, results, send } = exporterWith(source, { onKeyUnavailable });
      send(spansOf(2));
      await settle();
      expect(results).toEqual([]);
      source.calls[0]?.succeed();
      await settle();
      expect(exporter.counters()).toMatchObject({ sealed: 2, dropped: 0, unsigned: 0 });
    },
  );

  test('refuses a signer that cannot sign at once, and does not wait for the source to say so', () => {
    const signers = [{ name: 'x', sign: 1 }] as never;
    expect(() => exporterWith(new ToldSource(), { checkpoints: { signers } })).toThrow(
      expect.objectContaining({
        code: 'ERR_SPANSEAL_EXPORTER',
        faults: [
          expect.objectContaining({ path: expect.stringContaining('options.checkpoints.signers[0]') }),
        ],
      }) as never,
    );
  });

  test('shows no key material', async () => {
    const { exporter, send } = exporterWith(working);
    send(spansOf(1));
    await settle();
    const shown = inspect(exporter, { showHidden: true, depth: 9 }) + JSON.stringify(exporter);
    expect(shown).not.toMatch(/Uint8Array|Buffer|c3BhbnNlYWwgcm9vdCBzZWNyZXQ/);
  });
});

describe('with "block"', () => {
  test('spans wait while the source fails, and leave sealed once it is back', async () => {
    const source = new ToldSource();
    const errors: Error[] = [];
    const { inner, exporter, results, send } = exporterWith(source, {
      onKeyError: (error) => errors.push(error),
    });
    send(spansOf(3));
    source.calls[0]?.fail();
    await settle();
    expect(errors).toMatchObject([{ code: 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE' }]);
    expect(inspect(errors, { depth: 9 })).not.toContain('hvs');
    expect(results).toEqual([]);
    jest.advanceTimersByTime(1000);
    expect(source.calls).toHaveLength(2);
    source.calls[1]?.succeed();
    await settle();
    expect(results).toEqual([{ code: 0 }]);
    expect((await verify(inner)).result).toBe('intact');
    expect(exporter.counters()).toMatchObject({ sealed: 3, dropped: 0, keyFailures: 1 });
  });

  test('spans that waited for too long are dropped, counted, and reported with a code', async () => {
    const source = new ToldSource();
    const { inner, exporter, results, send } = exporterWith(source, { maxBlockMillis: 500 });
    send(spansOf(3));
    jest.advanceTimersByTime(499);
    expect(results).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(results).toMatchObject([{ code: 1, error: { code: 'ERR_SPANSEAL_KEY_UNAVAILABLE' } }]);
    expect(exporter.counters()).toMatchObject({ dropped: 3, sealed: 0, failedExports: 0 });
    expect(inner.spans).toEqual([]);
    source.calls[0]?.succeed();
    await settle();
    expect(results).toHaveLength(1);
    expect(inner.spans).toEqual([]);
  });

  test('no more spans wait than allowed; those past it are dropped at once', () => {
    const { exporter, results, send } = exporterWith(new ToldSource(), { maxBlockedSpans: 5 });
    send(spansOf(3));
    send(spansOf(3));
    expect(results).toMatchObject([{ code: 1 }]);
    send(spansOf(2));
    expect(results).toHaveLength(1);
    expect(exporter.counters()).toMatchObject({ dropped: 3 });
  });

  test('the source is called less and less often, and not at all while nothing waits', async () => {
    const source = new ToldSource();
    const { exporter, send } = exporterWith(source, { maxBlockMillis: 600_000 });
    source.calls[0]?.fail();
    await settle();
    jest.advanceTimersByTime(600_000);
    expect(source.calls).toHaveLength(1);
    send(spansOf(1));
    const waits: number[] = [];
    for (let millis = 0; millis < 500_000; millis += 1000) {
      const before = source.calls.length;
      source.calls.at(-1)?.fail();
      await settle();
      jest.advanceTimersByTime(1000);
      if (source.calls.length > before) waits.push(millis);
    }
    expect(source.calls.length).toBeLessThan(16);
    expect(exporter.counters().keyFailures).toBeGreaterThan(8);
    expect(waits[1]).toBeLessThan(10_000);
    expect(jest.getTimerCount()).toBeLessThanOrEqual(3);
  });

  test('shutdown waits for what waits, and then nothing is left that keeps the process alive', async () => {
    const source = new ToldSource();
    const { exporter, results, send } = exporterWith(source, { maxBlockMillis: 500 });
    send(spansOf(2));
    let done = false;
    const down = exporter.shutdown().then(() => {
      done = true;
    });
    await settle();
    expect(done).toBe(false);
    source.calls[0]?.fail();
    await settle();
    jest.advanceTimersByTime(500);
    await down;
    expect(results).toMatchObject([{ code: 1 }]);
    expect(exporter.counters()).toMatchObject({ dropped: 2 });
    expect(jest.getTimerCount()).toBe(0);
    send(spansOf(1));
    expect(results).toHaveLength(2);
  });
});

describe('with "drop"', () => {
  test('spans are dropped at once while the source fails, and counted', async () => {
    const source = new ToldSource();
    const { inner, exporter, results, send } = exporterWith(source, { onKeyUnavailable: 'drop' });
    send(spansOf(2));
    source.calls[0]?.fail();
    await settle();
    send(spansOf(3));
    expect(results).toMatchObject([{ code: 1 }, { code: 1 }]);
    expect(String(results[1]?.error)).toContain('ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE');
    expect(exporter.counters()).toMatchObject({ dropped: 5, unsigned: 0 });
    expect(inner.spans).toEqual([]);
    jest.advanceTimersByTime(1000);
    send(spansOf(1));
    expect(source.calls).toHaveLength(2);
    source.calls[1]?.succeed();
    await settle();
    expect(exporter.counters()).toMatchObject({ dropped: 5, sealed: 1 });
  });
});

test('what was dropped for want of a key, the next stream declares, and nobody is suspected', async () => {
  const source = new ToldSource();
  const { inner, exporter, send } = exporterWith(source, { onKeyUnavailable: 'drop', checkpoints: {} });
  source.calls[0]?.fail();
  await settle();
  send(spansOf(4));
  jest.advanceTimersByTime(1000);
  send(spansOf(2));
  source.calls[1]?.succeed();
  await settle();
  await exporter.shutdown();
  expect(exporter.counters()).toMatchObject({ dropped: 4, sealed: 2, checkpoints: 1 });
  expect(await verify(inner)).toMatchObject({
    result: 'intact',
    streams: [{ verdict: 'declared-loss', unsealed: 4, spans: 2 }],
  });
});

describe('with "send-unsigned"', () => {
  test('spans leave without a seal while the source fails, are counted, and verify as unsigned', async () => {
    const source = new ToldSource();
    const { inner, exporter, results, send } = exporterWith(source, { onKeyUnavailable: 'send-unsigned' });
    send(spansOf(2, { 'spanseal.seal': '1~forged' }));
    source.calls[0]?.fail();
    await settle();
    send(spansOf(1));
    expect(results).toEqual([{ code: 0 }, { code: 0 }]);
    expect(exporter.counters()).toMatchObject({ unsigned: 3, dropped: 0, sealed: 0 });
    expect(await verify(inner)).toMatchObject({ result: 'incomplete', spans: { total: 3, unsigned: 3 } });
  });
});

test('every span is sealed, dropped, unsigned or refused, and each export is answered once, whatever the source does', async () => {
  const step = fc.oneof(
    fc.record({ send: fc.integer({ min: 1, max: 4 }) }),
    fc.constant('succeed' as const),
    fc.constant('fail' as const),
    fc.record({ millis: fc.integer({ min: 1, max: 3000 }) }),
  );
  const policy = fc.constantFrom('block', 'drop', 'send-unsigned');
  await fc.assert(
    fc.asyncProperty(policy, fc.array(step, { maxLength: 25 }), async (onKeyUnavailable, steps) => {
      const source = new ToldSource();
      const { inner, exporter, results, send } = exporterWith(source, {
        onKeyUnavailable: onKeyUnavailable as 'block',
        maxBlockedSpans: 6,
        maxBlockMillis: 2000,
      });
      let [sent, exports] = [0, 0];
      for (const each of steps) {
        if (each === 'succeed' || each === 'fail') source.calls.at(-1)?.[each]();
        else if ('millis' in each) jest.advanceTimersByTime(each.millis);
        else {
          send(spansOf(each.send));
          sent += each.send;
          exports += 1;
        }
        await settle();
      }
      jest.advanceTimersByTime(2000);
      await settle();
      const { sealed, dropped, unsigned, refused } = exporter.counters();
      expect(sealed + dropped + unsigned + refused).toBe(sent);
      expect(results).toHaveLength(exports);
      expect(inner.spans).toHaveLength(sealed + unsigned);
      if (onKeyUnavailable !== 'send-unsigned') expect(unsigned).toBe(0);
      else expect(dropped).toBe(0);
      if (sealed > 0)
        expect((await verify(inner)).spans).toMatchObject({ total: sealed + unsigned, invalid: 0 });
      await exporter.shutdown();
    }),
    { numRuns: 60 },
  );
});

test('a rotation in the key file ends the stream with a checkpoint and begins a new one, and nothing is missing', async () => {
  jest.useRealTimers();
  const folder = mkdtempSync(join(tmpdir(), 'spanseal-rotation-'));
  const path = join(folder, 'keys.json');
  const [first, second] = [generateSecret(), generateSecret()];
  const write = (primary: object, verifyOnly: object[]) =>
    writeFileSync(path, JSON.stringify({ primary, verifyOnly }));
  write({ id: 'k-1', secret: first }, []);
  let reloaded: () => void = () => undefined;
  const reload = new Promise<void>((resolve) => {
    reloaded = resolve;
  });
  const keyRing = keyRingFromFile(path, { pollMillis: 10, onReload: () => reloaded() });
  try {
    const inner = new CollectingExporter();
    const exporter = new SigningSpanExporter<LineReadableSpan>(inner, { keyRing });
    const before = exporter.stream;
    exporter.export(spansOf(3), () => undefined);
    write({ id: 'k-2', secret: second }, [{ id: 'k-1', secret: first }]);
    await reload;
    exporter.export(spansOf(2), () => undefined);
    const after = exporter.stream;
    expect(after).not.toBe(before);
    await exporter.shutdown();
    const verifier = createVerifier({ keyRing });
    verifier.add(inner.toProtobuf(line));
    expect(verifier.finish()).toMatchObject({
      result: 'intact',
      streams: [
        { stream: before, keyId: 'k-1', verdict: 'complete', spans: 3, missing: [] },
        { stream: after, keyId: 'k-2', verdict: 'complete', spans: 2, missing: [] },
      ],
    });
  } finally {
    keyRing.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each<[string, object, string]>([
  ['an unknown policy', { onKeyUnavailable: 'ignore' }, 'options.onKeyUnavailable'],
  ['an amount that is none', { maxBlockedSpans: Number.NaN }, 'options.maxBlockedSpans'],
  ['an endless time', { maxBlockMillis: Number.POSITIVE_INFINITY }, 'options.maxBlockMillis'],
  ['a secret for a name, without saying it', { 'base64:c2VjcmV0': 1 }, 'options.(an option)'],
  [
    'a secret for the name of a setting, without saying it',
    { checkpoints: { 'base64:c2VjcmV0': 1 } },
    'options.checkpoints.(an option)',
  ],
  ['a callback that is none', { onKeyError: 'log' }, 'options.onKeyError'],
])('refuses %s', (_, options, path) => {
  expect(() => exporterWith(working, options as never)).toThrow(
    expect.objectContaining({
      code: 'ERR_SPANSEAL_EXPORTER',
      faults: [expect.objectContaining({ path })],
    }) as never,
  );
});
