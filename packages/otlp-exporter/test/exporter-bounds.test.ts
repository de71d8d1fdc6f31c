import { runInThisContext } from 'node:vm';
import { describe, expect, jest, test } from '@jest/globals';
import type { HttpAnswer } from '@spanseal/test-kit';
import type { PartialSuccess } from '../src/index.js';
import { all, connect, each, intact, keyRing, lost, once, send, start, stops } from './deliveries.js';
import { exportOnce, newSpans, type Protocol, protocols, reportOn } from './receivers.js';

// Some of it is about deadlines: a machine that stood still in between shows nothing.
jest.retryTimes(2);

const cases = protocols.map((protocol): [Protocol] => [protocol]);
const sleep = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

describe('partial success', () => {
  const message = Buffer.from('why');
  const text = '{"partialSuccess":{"rejectedSpans":"2","errorMessage":"why"}}';
  const bytes = Buffer.from([0x0a, 4 + message.length, 0x08, 2, 0x12, message.length, ...message]);

  test.each<[string, Protocol, string | Uint8Array]>([
    ['in JSON', 'http/json', text],
    [
      'in JSON by numbers and other names',
      'http/json',
      '{"partial_success":{"rejected_spans":2,"error_message":"why"}}',
    ],
    ['in protobuf', 'http/protobuf', bytes],
    ['over gRPC', 'grpc', bytes],
  ])('%s is told, and the batch is declared lost', async (_, protocol, body) => {
    const told: PartialSuccess[] = [];
    const receiver = await start(protocol, {
      http: once<HttpAnswer>({ body }, {}),
      grpc: once<object>({ message: body }, {}),
    });
    const sent = await send(receiver, protocol, { onPartialSuccess: (partial) => told.push(partial) });
    expect(sent).toMatchObject({ code: 0, verdicts: ['valid'] });
    expect(told).toEqual([{ rejectedSpans: 2, errorMessage: 'why' }]);
    expect(sent.exporter.counters()).toMatchObject({ delivered: 1, rejectedSpans: 2, failedExports: 0 });
    expect((await sent.report()).result).toBe('intact');
    expect(reportOn(keyRing, receiver.arrived().slice(1), protocol)).toMatchObject(lost);
  });

  test('with no span rejected is a success with a warning', async () => {
    const body = '{"partialSuccess":{"errorMessage":"slow down"}}';
    const told: PartialSuccess[] = [];
    const receiver = await start('http/json', { http: () => ({ body }) });
    const sent = await send(receiver, 'http/json', { onPartialSuccess: (partial) => told.push(partial) });
    expect(told).toEqual([]);
    expect(await sent.report()).toMatchObject(intact);
  });

  test('counts no more spans than there were, and a callback that throws breaks nothing', async () => {
    const body = '{"partialSuccess":{"rejectedSpans":"9223372036854775807"}}';
    const receiver = await start('http/json', { http: () => ({ body }) });
    const onPartialSuccess = () => {
      throw new Error('of the app');
    };
    const sent = await send(receiver, 'http/json', { onPartialSuccess });
    expect(sent.code).toBe(0);
    expect(sent.exporter.counters()).toMatchObject({ rejectedSpans: 3 });
  });
});

describe('a function for headers', () => {
  test('that hangs does not outlive the deadline', async () => {
    const receiver = await start('http/protobuf', {});
    const headers = () => new Promise<never>(() => undefined);
    const sent = await send(receiver, 'http/protobuf', { headers, timeoutMillis: 400 });
    expect(sent).toMatchObject({ code: 1, got: 'none', verdicts: [] });
    expect(sent.millis).toBeGreaterThan(390);
    expect(sent.millis).toBeLessThan(3000);
  });

  test('takes its time from that of the export', async () => {
    const receiver = await start('http/protobuf', { http: () => 'hang' });
    const headers = async () => {
      await sleep(1500);
      return { a: 'b' };
    };
    const sent = await send(receiver, 'http/protobuf', { headers, timeoutMillis: 2000 });
    expect(sent).toMatchObject({ code: 1, got: 'ETIMEDOUT', verdicts: ['valid'] });
    // Not 3500: and far enough from both for a busy machine.
    expect(sent.millis).toBeLessThan(3400);
  });

  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no token');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no token'))],
    ['gives nothing', () => undefined],
    ['gives a text', () => 'authorization=x'],
    ['gives a list', () => [['authorization', 'x']]],
    ['gives a Map', () => new Map([['authorization', 'x']])],
    ['gives a number as a value', () => ({ authorization: 1 })],
    ['gives a header of the exporter', async () => ({ 'Spanseal-Batch': 'x' })],
    ['gives half a header', async () => ({ authorization: 'a\nb' })],
  ])('that %s lets nothing leave, and what was sealed is declared lost', async (_, give) => {
    const receiver = await start('http/protobuf', {});
    let isFirst = true;
    const headers = (): never => {
      const isNow = isFirst;
      isFirst = false;
      return (isNow ? give() : {}) as never;
    };
    const sent = await send(receiver, 'http/protobuf', { headers });
    expect(sent).toMatchObject({ code: 1, verdicts: [] });
    expect(await sent.report()).toMatchObject(lost);
  });

  test('is asked once for an export, however often it is sent', async () => {
    let asked = 0;
    const headers = () => ({ 'x-token': `${asked++}` });
    const receiver = await start('http/protobuf', { http: once<HttpAnswer>('reset', {}) });
    await send(receiver, 'http/protobuf', { headers });
    expect(receiver.arrived().map((request) => request.headers['x-token'])).toEqual(['0', '0']);
  });
});

describe('limits', () => {
  test('exports beyond the number that may be on their way fail at once, and are declared lost', async () => {
    const receiver = await start('http/protobuf', { http: () => ({ afterMillis: 300 }) });
    const exporter = connect({ url: receiver.url, concurrencyLimit: 3 });
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => exportOnce(exporter)));
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 1, 1]);
    expect(results[4]?.error).toMatchObject({
      code: 'ERR_SPANSEAL_EXPORT_LIMIT',
      faults: [
        { path: 'export', expected: 'at most 3 exports and 67108864 bytes on their way', got: 'more' },
      ],
    });
    expect((await exportOnce(exporter)).code).toBe(0);
    await exporter.shutdown();
    expect(reportOn(keyRing, receiver.arrived(), 'http/protobuf')).toMatchObject({
      result: 'intact',
      streams: [{ verdict: 'declared-loss', spans: 4, missing: [], declared: [[3, 4]] }],
    });
    expect(exporter.counters()).toMatchObject({ undelivered: 2, failedExports: 2 });
  });

  test('so do those beyond the bytes', async () => {
    const receiver = await start('http/protobuf', { http: () => ({ afterMillis: 300 }) });
    const exporter = connect({ url: receiver.url, maxPendingBytes: 2500 });
    const spans = newSpans(4);
    const results = await Promise.all([1, 2, 3].map(() => exportOnce(exporter, spans)));
    expect(results.map(({ code }) => code)).toEqual([0, 0, 1]);
    expect((await exportOnce(exporter, spans)).code).toBe(0);
    expect((await exportOnce(exporter, newSpans(40))).error?.code).toBe('ERR_SPANSEAL_EXPORT_LIMIT');
  });
});

describe('forceFlush', () => {
  test('waits for what is on its way', async () => {
    const seen = await each(cases, async ([protocol]) => {
      const answer = () => ({ afterMillis: 400 });
      const receiver = await start(protocol, { http: answer, grpc: answer });
      const exporter = connect({ url: receiver.url, protocol });
      const order: string[] = [];
      const exports = [1, 2].map(() =>
        exportOnce(exporter).then(({ code }) => order.push(`exported ${code}`)),
      );
      await exporter.forceFlush();
      await sleep(0);
      order.push('flushed');
      await Promise.all(exports);
      return order;
    });
    expect(seen).toEqual(all(cases, ['exported 0', 'exported 0', 'flushed']));
  });
});

describe('shutdown', () => {
  test('waits for what is on its way, ends with a checkpoint, and then nothing leaves any more', async () => {
    const seen = await each(cases, async ([protocol]) => {
      const answer = () => ({ afterMillis: 300 });
      const receiver = await start(protocol, { http: answer, grpc: answer });
      const exporter = connect({ url: receiver.url, protocol });
      const exporting = exportOnce(exporter, newSpans(3));
      // Twice at a time, as a process does that is told so by its app and by a signal.
      await Promise.all([exporter.shutdown(), exporter.shutdown()]);
      const { code } = await exporting;
      const later = await exportOnce(exporter);
      const { result, streams } = reportOn(keyRing, receiver.arrived(), protocol);
      const requests = receiver.arrived().length;
      return { code, later: [later.code, later.error?.code], requests, result, verdict: streams[0]?.verdict };
    });
    const later = [1, 'ERR_SPANSEAL_EXPORT'];
    expect(seen).toEqual(all(cases, { code: 0, later, requests: 2, result: 'intact', verdict: 'complete' }));
  });

  test('without a key nothing leaves after it either', async () => {
    const seen = await each(cases, async ([protocol]) => {
      const receiver = await start(protocol, {});
      const exporter = connect({ url: receiver.url, protocol, keyRing: undefined as never });
      const [first] = [await exportOnce(exporter)];
      await exporter.shutdown();
      const { code, error } = await exportOnce(exporter);
      return [first?.code, code, error?.faults[0]?.got, receiver.arrived().length];
    });
    expect(seen).toEqual(all(cases, [0, 1, 'one that is shut down', 1]));
  });

  test('takes no longer than the exports that it waits for, however much hangs', async () => {
    const seen = await each(cases, async ([protocol]) => {
      const receiver = await start(protocol, { http: () => 'hang', grpc: () => 'hang' });
      const exporter = connect({ url: receiver.url, protocol, timeoutMillis: 300 });
      const exports = [1, 2, 3].map(() => exportOnce(exporter));
      const before = performance.now();
      await exporter.shutdown();
      const millis = performance.now() - before;
      return [(await Promise.all(exports)).map(({ code }) => code), millis < 5000];
    });
    expect(seen).toEqual(all(cases, [[1, 1, 1], true]));
  });

  test('ends what is still on its way after half a minute, and what waits to be sent again', async () => {
    shortenShutdown();
    const seen = await each(cases, async ([protocol]) => {
      const refusing = await start(protocol, { http: () => ({ status: 503 }), grpc: () => 14 });
      const exporter = connect({
        url: refusing.url,
        protocol,
        keyRing: undefined as never,
        timeoutMillis: 60_000,
      });
      const exporting = exportOnce(exporter);
      while (refusing.arrived().length === 0) await sleep(10);
      await exporter.shutdown();
      const { code } = await exporting;
      const { length } = refusing.arrived();
      await sleep(1500);
      return { code, isOver: refusing.arrived().length === length };
    });
    expect(seen).toEqual(all(cases, { code: 1, isOver: true }));
  });

  test('ends what hangs as well: a receiver, and a function for headers', async () => {
    shortenShutdown();
    const seen = await each(cases, async ([protocol]) => {
      const receiver = await start(protocol, { http: () => 'hang', grpc: () => 'hang' });
      const options = { protocol, url: receiver.url, keyRing: undefined as never, timeoutMillis: 60_000 };
      const headers = () => new Promise<never>(() => undefined);
      const exporters = [connect(options), connect({ ...options, headers })];
      const exporting = exporters.map((exporter) => exportOnce(exporter));
      while (receiver.arrived().length === 0) await sleep(10);
      await Promise.all(exporters.map((exporter) => exporter.shutdown()));
      const before = performance.now();
      const codes = (await Promise.all(exporting)).map(({ code }) => code);
      return { codes, isPrompt: performance.now() - before < 5000 };
    });
    expect(seen).toEqual(all(cases, { codes: [1, 1], isPrompt: true }));
  });
});

/** The half minute that a shutdown waits at most passes in a moment. */
function shortenShutdown(): void {
  const real = setTimeout;
  const spy = jest
    .spyOn(globalThis, 'setTimeout')
    .mockImplementation(((run: () => void, millis = 0, ...rest: []) =>
      real(run, millis > 20_000 && millis <= 30_000 ? 300 : millis, ...rest)) as typeof setTimeout);
  stops.push(() => spy.mockRestore());
}

test('a callback that throws is the app’s own affair, and no rejection that nobody handles', async () => {
  const rejections: unknown[] = [];
  const real = runInThisContext('process') as NodeJS.Process;
  const note = (reason: unknown) => rejections.push(reason);
  real.on('unhandledRejection', note);
  stops.push(() => real.off('unhandledRejection', note));
  const receiver = await start('http/protobuf', {});
  const exporter = connect({ url: receiver.url });
  exporter.export(newSpans(), () => {
    throw new Error('of the app');
  });
  await exporter.forceFlush();
  await sleep(50);
  expect(rejections).toEqual([]);
  expect((await exportOnce(exporter)).code).toBe(0);
});

test('two exporters at a time have each its own stream, and disturb each other in nothing', async () => {
  const seen = await each(cases, async ([protocol]) => {
    const receiver = await start(protocol, {});
    const exporters = [1, 2].map(() => connect({ url: receiver.url, protocol }));
    for (const exporter of [...exporters, ...exporters]) await exportOnce(exporter, newSpans(2));
    await exporters[0]?.shutdown();
    // What the first one closed is not the other one's.
    const { code } = await exportOnce(exporters[1] as never, newSpans(1));
    await exporters[1]?.shutdown();
    const { result, streams } = reportOn(keyRing, receiver.arrived(), protocol);
    return { code, result, streams: streams.map(({ verdict, spans }) => `${verdict} ${spans}`).sort() };
  });
  expect(seen).toEqual(all(cases, { code: 0, result: 'intact', streams: ['complete 4', 'complete 5'] }));
});
