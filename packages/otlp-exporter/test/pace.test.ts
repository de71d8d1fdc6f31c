import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { HttpAnswer } from '@spanseal/test-kit';
import { once, send, start } from './deliveries.js';

describe('a pace', () => {
  test('says when a request is sent again, and sees each attempt', async () => {
    const receiver = await start('http/protobuf', { http: once<HttpAnswer>({ status: 503 }, {}) });
    const seen: string[] = [];
    const sent = await send(receiver, 'http/protobuf', {
      pace: {
        pause: async (millis) => void seen.push(`pause ${millis > 700}`),
        attempt: (post) => {
          seen.push('attempt');
          return post();
        },
      },
    });
    expect(sent.code).toBe(0);
    expect(sent.millis).toBeLessThan(700);
    expect(seen).toEqual(['attempt', 'pause true', 'attempt']);
    expect(sent.verdicts).toEqual(['valid', 'duplicate']);
    expect((await sent.report()).result).toBe('intact');
  });

  test('ends an attempt that is not answered, and the request is sent again', async () => {
    const receiver = await start('http/json', { http: once<HttpAnswer>('hang', {}) });
    const pace = { attemptMillis: 200, pause: async () => undefined };
    const sent = await send(receiver, 'http/json', { pace });
    expect(sent).toMatchObject({ code: 0, verdicts: ['valid', 'duplicate'] });
  });

  test('does not outlive the time of the export', async () => {
    const receiver = await start('http/protobuf', { http: () => ({ status: 503 }) });
    const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 2500));
    const sent = await send(receiver, 'http/protobuf', { timeoutMillis: 2000, pace: { pause } });
    expect(sent).toMatchObject({ code: 1, verdicts: ['valid'] });
  });

  test('that fails fails the export', async () => {
    const receiver = await start('http/protobuf', { http: () => ({ status: 503 }) });
    const pause = () => Promise.reject(new Error('no'));
    expect(await send(receiver, 'http/protobuf', { pace: { pause } })).toMatchObject({ code: 1 });
  });

  test.each([
    [true, 'late'],
    [false, 'early'],
  ])('can let the process end before a request is answered (keeps alive: %s)', async (keepsAlive, end) => {
    const receiver = await start('http/protobuf', { http: () => ({ afterMillis: 1500 }) });
    const script = `
      const { SignedOtlpExporter } = require(${JSON.stringify(join(__dirname, '../dist/cjs/index.js'))});
      const exporter = new SignedOtlpExporter({ url: ${JSON.stringify(receiver.url)}, pace: { keepsAlive: ${keepsAlive} } });
      const context = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
      const span = {
        name: 's', kind: 0, spanContext: () => context, startTime: [1, 0], endTime: [2, 0], duration: [1, 0], ended: true,
        status: { code: 0 }, attributes: {}, links: [], events: [], resource: { attributes: {} }, instrumentationScope: { name: 't' },
      };
      exporter.export([span], () => undefined);
      const begin = Date.now();
      process.on('exit', () => console.log(Date.now() - begin > 1200 ? 'late' : 'early'));`;
    // Beside this process, which serves the request.
    const printed = new Promise((resolve) =>
      execFile(process.execPath, ['--eval', script], (_, stdout) => resolve(stdout.trim())),
    );
    expect(await printed).toBe(end);
  });
});
