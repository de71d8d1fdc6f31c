import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { all, connect, each, keyRing, lost, once, retried, send, start, stops } from './deliveries.js';
import { exportOnce, type ReceiverOptions, reportOn } from './receivers.js';

const ok = 0;
const grpc = (code: number, retryMillis?: number): ReceiverOptions => ({
  grpc: once<object>({ code, ...(retryMillis !== undefined && { retryMillis }) }, { code: ok }),
});

test('what fails in passing is sent again, as it was, after a second', async () => {
  const cases: [string, number][] = [
    ['CANCELLED', 1],
    ['DEADLINE_EXCEEDED', 4],
    ['ABORTED', 10],
    ['OUT_OF_RANGE', 11],
    ['UNAVAILABLE', 14],
    ['DATA_LOSS', 15],
  ];
  const seen = await each(cases, async ([, status]) => {
    const { code, verdicts, millis, report } = await send(await start('grpc', grpc(status)), 'grpc');
    return { code, verdicts, isLater: millis > 790, result: (await report()).result };
  });
  expect(seen).toEqual(all(cases, { ...retried, isLater: true, result: 'intact' }));
});

test.each([
  ['UNKNOWN', 2],
  ['INVALID_ARGUMENT', 3],
  ['NOT_FOUND', 5],
  ['ALREADY_EXISTS', 6],
  ['PERMISSION_DENIED', 7],
  ['RESOURCE_EXHAUSTED', 8],
  ['FAILED_PRECONDITION', 9],
  ['UNIMPLEMENTED', 12],
  ['INTERNAL', 13],
  ['UNAUTHENTICATED', 16],
])('%s is an end', async (name, code) => {
  const sent = await send(await start('grpc', { grpc: () => code }), 'grpc');
  expect(sent).toMatchObject({ code: 1, got: `gRPC status ${name}`, verdicts: ['valid'] });
});

test('RetryInfo is kept to, and lets RESOURCE_EXHAUSTED be sent again; a wait of nothing is the usual one', async () => {
  const cases: [string, number, number, [number, number]][] = [
    ['longer than usual', 8, 1500, [1490, 5000]],
    ['shorter than usual', 14, 50, [50, 790]],
    ['of nothing', 8, 0, [790, 5000]],
  ];
  const seen = await each(cases, async ([, status, retryMillis, [least, most]]) => {
    const sent = await send(await start('grpc', grpc(status, retryMillis)), 'grpc');
    const { code, verdicts, millis } = sent;
    return { code, verdicts, isInTime: millis > least && millis < most };
  });
  expect(seen).toEqual(all(cases, { ...retried, isInTime: true }));
});

test('a receiver that hangs is waited for until the deadline', async () => {
  const receiver = await start('grpc', { grpc: () => 'hang' });
  const sent = await send(receiver, 'grpc', { timeoutMillis: 500 });
  expect(sent).toMatchObject({ code: 1, got: 'gRPC status DEADLINE_EXCEEDED', verdicts: ['valid'] });
  expect(sent.millis).toBeLessThan(3000);
});

test('an answer that is too long, or none, is no success', async () => {
  const long = await start('grpc', { grpc: () => ({ message: new Uint8Array(300_000) }) });
  expect(await send(long, 'grpc')).toMatchObject({ code: 1, got: 'gRPC status RESOURCE_EXHAUSTED' });
  const none = await start('grpc', { grpc: once<object>({ message: new Uint8Array([0xff]) }, {}) });
  const sent = await send(none, 'grpc');
  expect(sent.code).toBe(0);
  await sent.exporter.shutdown();
  expect(reportOn(keyRing, none.arrived().slice(1), 'grpc')).toMatchObject(lost);
});

test('requests are compressed when that is wanted', async () => {
  const encodings: unknown[] = [];
  const server = createServer();
  server.on('stream', (stream, headers) => {
    encodings.push(headers['grpc-encoding']);
    stream.resume().on('end', () => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.alloc(5));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  for (const compression of ['gzip', 'none'] as const) {
    const url = `http://localhost:${port}`;
    const exporter = connect({ protocol: 'grpc', url, compression });
    expect((await exportOnce(exporter)).code).toBe(0);
    await exporter.shutdown();
  }
  // Of the spans, and of the last checkpoint.
  expect(encodings).toEqual(['gzip', 'gzip', undefined, undefined]);
});
