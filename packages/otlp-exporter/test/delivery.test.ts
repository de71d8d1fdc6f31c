import { describe, expect, jest, test } from '@jest/globals';
import { type HttpAnswer, type HttpReceiver, startHttpReceiver } from '@spanseal/test-kit';
import {
  all,
  connect,
  each,
  intact,
  keyRing,
  lost,
  once,
  retried,
  send,
  start,
  stops,
} from './deliveries.js';
import {
  batchVerdicts,
  exportOnce,
  newSpans,
  type Protocol,
  protocols,
  type ReceiverOptions,
  reportOn,
} from './receivers.js';

// Some of it is about times below the first wait, 800 ms: a machine that stood still in between shows nothing.
jest.retryTimes(2);

const http = (first: HttpAnswer): ReceiverOptions => ({ http: once<HttpAnswer>(first, {}) });

describe('over HTTP', () => {
  test('what fails in passing is sent again, as it was, after a second', async () => {
    const past = new Date(0).toUTCString();
    const cases: [string, HttpAnswer][] = [
      ['reset', 'reset'],
      ['reset in the middle of an answer', 'cut'],
      ...[429, 502, 503, 504].map((status): [string, HttpAnswer] => [`${status}`, { status }]),
      ['a wait of nothing', { status: 503, headers: { 'retry-after': '0' } }],
      ['a wait until a time that is past', { status: 503, headers: { 'retry-after': past } }],
      ['a wait in words', { status: 503, headers: { 'retry-after': 'soon' } }],
    ];
    const seen = await each(cases, async ([, answer]) => {
      const sent = await send(await start('http/protobuf', http(answer)), 'http/protobuf');
      const { delivered, undelivered, retries } = sent.exporter.counters();
      const { result, streams } = await sent.report();
      const { code, verdicts, millis } = sent;
      return {
        ...{ code, verdicts, delivered, undelivered, retries, result, stream: streams[0]?.verdict },
        isLater: millis > 790,
      };
    });
    expect(seen).toEqual(
      all(cases, {
        ...{ ...retried, delivered: 1, undelivered: 0, retries: 1 },
        ...{ result: 'intact', stream: 'complete', isLater: true },
      }),
    );
  });

  test('in gzip as well', async () => {
    const receiver = await start('http/json', http({ status: 503 }));
    const sent = await send(receiver, 'http/json', { compression: 'gzip' });
    expect(sent).toMatchObject(retried);
    expect(await sent.report()).toMatchObject(intact);
  });

  test('Retry-After is kept to, in seconds and as a date', async () => {
    // A date has no parts of a second.
    const cases: [string, string, number][] = [
      ['seconds', '2', 1990],
      ['a date', new Date(Date.now() + 3000).toUTCString(), 1900],
    ];
    const seen = await each(cases, async ([, header, least]) => {
      const answer = { status: 503, headers: { 'retry-after': header } };
      const { code, verdicts, millis } = await send(
        await start('http/protobuf', http(answer)),
        'http/protobuf',
      );
      return { code, verdicts, isLate: millis > least };
    });
    expect(seen).toEqual(all(cases, { ...retried, isLate: true }));
  });

  test('a wait beyond the deadline is not begun', async () => {
    const receiver = await start('http/protobuf', http({ status: 503, headers: { 'retry-after': '3600' } }));
    const sent = await send(receiver, 'http/protobuf');
    expect(sent).toMatchObject({ code: 1, got: 'HTTP status 503', verdicts: ['valid'] });
    expect(sent.millis).toBeLessThan(3000);
  });

  test.each([300, 301, 302, 307, 400, 401, 403, 404, 408, 413, 500, 501])(
    'status %d is an end',
    async (status) => {
      const elsewhere = await startHttpReceiver();
      stops.push(() => elsewhere.stop());
      const answer = { status, headers: { location: elsewhere.url, 'retry-after': '1' } };
      const receiver = await start('http/protobuf', { http: () => answer });
      const sent = await send(receiver, 'http/protobuf');
      expect(sent).toMatchObject({ code: 1, got: `HTTP status ${status}`, verdicts: ['valid'] });
      expect(elsewhere.requests).toEqual([]);
      expect(sent.exporter.counters()).toMatchObject({
        ...{ delivered: 0, undelivered: 1 },
        retries: 0,
        failedExports: 1,
      });
    },
  );

  test('an answer without an end is an end', async () => {
    const receiver = await start('http/protobuf', { http: () => 'endless' });
    const sent = await send(receiver, 'http/protobuf');
    expect(sent).toMatchObject({ code: 1, got: 'an answer that has no end', verdicts: ['valid'] });
    expect(sent.millis).toBeLessThan(5000);
  });

  test('a receiver that hangs is waited for until the deadline', async () => {
    const receiver = await start('http/protobuf', { http: () => 'hang' });
    const sent = await send(receiver, 'http/protobuf', { timeoutMillis: 500 });
    expect(sent).toMatchObject({ code: 1, got: 'ETIMEDOUT', verdicts: ['valid'] });
    expect(sent.millis).toBeGreaterThan(490);
    expect(sent.millis).toBeLessThan(3000);
  });

  test('one that stops in the middle of an answer as well', async () => {
    const receiver = await start('http/protobuf', {
      http: () => ({ headers: { 'content-length': '9' }, body: '' }),
    });
    const sent = await send(receiver, 'http/protobuf', { timeoutMillis: 500 });
    expect(sent).toMatchObject({ code: 1, got: 'ETIMEDOUT' });
    expect(sent.millis).toBeLessThan(3000);
  });

  test('a slow one is no failure', async () => {
    const receiver = await start('http/protobuf', { http: () => ({ afterMillis: 700 }) });
    expect(await send(receiver, 'http/protobuf')).toMatchObject({ code: 0, verdicts: ['valid'] });
  });

  test.each<[string, Protocol, string]>([
    ['a page', 'http/protobuf', '<!doctype html><title>Sign in</title>'],
    ['a page', 'http/json', '<!doctype html><title>Sign in</title>'],
    ['another object', 'http/json', '[]'],
    ['a number that is none', 'http/json', '{"partialSuccess":{"rejectedSpans":"all"}}'],
    ['half an answer', 'http/protobuf', '\u000a\u0009'],
  ])(
    'who answers with %s over %s may not have kept the spans: they are declared lost',
    async (_, protocol, body) => {
      const receiver = await start(protocol, http({ body }));
      const sent = await send(receiver, protocol);
      expect(sent).toMatchObject({ code: 0, verdicts: ['valid'] });
      expect((await sent.report()).result).toBe('intact');
      expect(reportOn(keyRing, receiver.arrived().slice(1), protocol)).toMatchObject(lost);
    },
  );

  test('an empty answer is a success, and so is one with members that nobody knows', async () => {
    for (const body of ['', '{}', '{"partialSuccess":null,"later":[1]}', '{"partialSuccess":{}}']) {
      const sent = await send(await start('http/json', { http: () => ({ body }) }), 'http/json');
      expect(sent.code).toBe(0);
      expect(await sent.report()).toMatchObject(intact);
    }
  });
});

describe('a connection', () => {
  async function startServer(answer?: (index: number) => HttpAnswer): Promise<HttpReceiver> {
    const receiver = await startHttpReceiver(answer ? { answer } : {});
    stops.push(() => receiver.stop());
    return receiver;
  }

  test('serves many exports', async () => {
    const receiver = await startServer();
    const exporter = connect({ url: receiver.url });
    for (let count = 0; count < 5; count += 1) await exportOnce(exporter);
    expect(receiver.requests.map(({ connection }) => connection)).toEqual([0, 0, 0, 0, 0]);
  });

  test('that the receiver closed meanwhile costs no time', async () => {
    const receiver = await startServer();
    const exporter = connect({ url: receiver.url });
    await exportOnce(exporter);
    receiver.dropIdle();
    const before = performance.now();
    expect((await exportOnce(exporter)).code).toBe(0);
    expect(performance.now() - before).toBeLessThan(780);
  });

  test('that the receiver closes as a request comes costs none either', async () => {
    const receiver = await startServer((index) => (index === 1 ? 'reset' : {}));
    const exporter = connect({ url: receiver.url });
    await exportOnce(exporter);
    const before = performance.now();
    expect((await exportOnce(exporter)).code).toBe(0);
    expect(performance.now() - before).toBeLessThan(780);
    expect(receiver.requests.map(({ connection }) => connection)).toEqual([0, 0, 1]);
  });
});

describe('over every protocol', () => {
  const cases = protocols.map((protocol): [Protocol] => [protocol]);

  test('nobody who listens is tried again until the deadline, and what was sealed is declared lost', async () => {
    const seen = await each(cases, async ([protocol]) => {
      const receiver = await start(protocol, {});
      await receiver.stop();
      const sent = await send(receiver, protocol, { timeoutMillis: 3000 });
      const again = await start(protocol, { port: receiver.port });
      const { retries, undelivered, failedExports } = sent.exporter.counters();
      await sent.exporter.shutdown();
      const { streams } = reportOn(keyRing, again.arrived(), protocol);
      return { code: sent.code, got: sent.got, isRetried: retries > 0, undelivered, failedExports, streams };
    });
    const unheard = { code: 1, isRetried: true, undelivered: 1, failedExports: 1, ...lost };
    expect(seen).toMatchObject({
      grpc: { ...unheard, got: 'gRPC status UNAVAILABLE' },
      'http/protobuf': { ...unheard, got: 'ECONNREFUSED' },
      'http/json': { ...unheard, got: 'ECONNREFUSED' },
    });
  });

  test('a receiver that starts in time gets them', async () => {
    const seen = await each(cases, async ([protocol]) => {
      const receiver = await start(protocol, {});
      await receiver.stop();
      const sending = send(receiver, protocol);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const again = await start(protocol, { port: receiver.port });
      const { code, exporter } = await sending;
      await exporter.shutdown();
      return { code, ...reportOn(keyRing, again.arrived(), protocol) };
    });
    expect(seen).toMatchObject(all(cases, { code: 0, ...intact }));
  });

  test('a receiver that is started anew between exports gets the next ones', async () => {
    const seen = await each(cases, async ([protocol]) => {
      const receiver = await start(protocol, {});
      const { exporter } = await send(receiver, protocol);
      await receiver.stop();
      const again = await start(protocol, { port: receiver.port });
      const { code } = await exportOnce(exporter, newSpans(2));
      await exporter.shutdown();
      const arrived = [...receiver.arrived(), ...again.arrived()];
      const verdicts = new Set(batchVerdicts(keyRing, arrived, protocol));
      return { code, verdicts, ...reportOn(keyRing, arrived, protocol) };
    });
    const whole = { result: 'intact', streams: [{ verdict: 'complete', spans: 5 }] };
    expect(seen).toMatchObject(all(cases, { code: 0, verdicts: new Set(['valid']), ...whole }));
  });
});
