import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createKeyRing, createVerifier, generateSecret, type Report } from '@spanseal/seal';
import { type HttpReceiver, loadLine, startGrpcReceiver, startHttpReceiver } from '@spanseal/test-kit';
import { type ExportResult, SignedOtlpExporter, type SignedOtlpExporterOptions } from '../src/index.js';
import { spansOf } from './spans-of.js';

const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
const line = loadLine('2.12');
const megabyte = 'x'.repeat(1024 * 1024);
const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function exportAll(options: SignedOtlpExporterOptions, count: number) {
  const exporter = new SignedOtlpExporter(options);
  const results: ExportResult[] = [];
  await new Promise<void>((resolve) => {
    exporter.export(spansOf(line, { body: megabyte }, count), (result) => {
      results.push(result);
      resolve();
    });
  });
  await exporter.shutdown();
  return { results, counters: exporter.counters() };
}

function verify(bodies: readonly Uint8Array[]): Report {
  const verifier = createVerifier({ keyRing });
  for (const body of bodies) verifier.add(body);
  return verifier.finish();
}

async function start(answer?: (index: number) => { status: number }): Promise<HttpReceiver> {
  const receiver = await startHttpReceiver(answer === undefined ? {} : { answer });
  stops.push(() => receiver.stop());
  return receiver;
}

describe('an export that is larger than receivers take', () => {
  test.each(['http/protobuf', 'http/json'] as const)(
    'leaves over %s in several requests, with one result',
    async (protocol) => {
      const receiver = await start();
      const { results, counters } = await exportAll({ url: receiver.url, protocol, keyRing }, 8);
      expect(results).toEqual([expect.objectContaining({ code: 0 })]);
      // Three spans fill a request; the last one is the end of the stream.
      expect(receiver.requests).toHaveLength(4);
      expect(counters).toMatchObject({ sealed: 8, delivered: 4, failedExports: 0 });
      if (protocol === 'http/json') return;
      for (const { body } of receiver.requests) expect(body.length).toBeLessThan(4 * 1024 * 1024);
      expect(verify(receiver.requests.map(({ body }) => body))).toMatchObject({
        result: 'intact',
        streams: [{ verdict: 'complete', spans: 8 }],
      });
    },
  );

  test('counts as failed what failed of it, and not once more for having waited for its key', async () => {
    const receiver = await start(() => ({ status: 400 }));
    const mac = async (message: Uint8Array) => createHmac('sha256', 'root').update(message).digest();
    const remote = createKeyRing({ primary: { id: 'remote', source: { mac } } });
    const options: SignedOtlpExporterOptions = { url: receiver.url, keyRing: remote, checkpoints: false };
    const { results, counters } = await exportAll(options, 4);
    expect(results).toEqual([expect.objectContaining({ code: 1 })]);
    expect(receiver.requests).toHaveLength(2);
    expect(counters).toMatchObject({ sealed: 4, undelivered: 2, failedExports: 2 });
  });

  test('arrives at a receiver of gRPC that takes what such receivers take by default', async () => {
    const receiver = await startGrpcReceiver();
    stops.push(() => receiver.stop());
    const { results } = await exportAll({ url: receiver.url, protocol: 'grpc', keyRing }, 10);
    expect(results).toEqual([expect.objectContaining({ code: 0 })]);
    for (const body of receiver.requests) expect(body.length).toBeLessThan(4 * 1024 * 1024);
    expect(verify(receiver.requests)).toMatchObject({ result: 'intact', spans: { valid: 10 } });
  });

  test.each([0, 1, 2])(
    'fails when request %i does, and declares no more than its spans lost',
    async (bad) => {
      const receiver = await start((index) => ({ status: index === bad ? 400 : 200 }));
      const { results, counters } = await exportAll({ url: receiver.url, keyRing }, 8);
      expect(results).toEqual([
        expect.objectContaining({
          code: 1,
          error: expect.objectContaining({ code: 'ERR_SPANSEAL_EXPORT' }),
        }),
      ]);
      expect(counters).toMatchObject({ delivered: 3, undelivered: 1, failedExports: 1 });
      // Which of them comes first is not certain: they are on their way at the same time.
      const bodies = receiver.requests.map(({ body }) => body);
      const [lost] = bodies.splice(bad, 1);
      const { total } = verify([lost ?? new Uint8Array()]).spans;
      expect(total).toBeGreaterThan(1);
      expect(verify(bodies)).toMatchObject({
        spans: { valid: 8 - total },
        streams: [{ verdict: 'declared-loss', missing: [] }],
      });
    },
  );

  test('leaves without a key in several requests as well', async () => {
    const receiver = await start((index) => ({ status: index === 1 ? 400 : 200 }));
    const { results, counters } = await exportAll({ url: receiver.url }, 8);
    expect(results).toEqual([expect.objectContaining({ code: 1 })]);
    expect(receiver.requests).toHaveLength(3);
    expect(counters).toMatchObject({ unsigned: 8, delivered: 2, undelivered: 1, failedExports: 1 });
  });
});
