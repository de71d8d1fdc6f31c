import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Canary, createCanary, findCanaries } from '@spanseal/test-kit';
import { Collector } from '../collector.js';
import { LambdaFunction, type Runtime, runtimes } from '../lambda-function.js';
import { startService } from '../service.js';
import { faultsIn, key, reportOn, spansIn } from '../verdict.js';

let collector: Collector;
let service: Awaited<ReturnType<typeof startService>>;
let canary: Canary;
let running: LambdaFunction | undefined;
beforeEach(async () => {
  collector = await Collector.start();
  service = await startService();
  canary = createCanary('attributeValue', 'assignment');
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await collector.stop();
  await service.stop();
});

async function start(runtime: Runtime, handler: string, env: Record<string, string> = {}) {
  running = await LambdaFunction.start({
    runtime,
    handler,
    layers: ['self-contained'],
    wrapper: 'spanseal-handler',
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, SERVICE: service.url, ...key, ...env },
  });
  return running;
}

const names = () => spansIn(collector.taken).map(({ name }) => name);
const leaks = () =>
  findCanaries(Buffer.concat(collector.taken.map(({ body }) => Buffer.from(body))), [canary]);

describe.each(runtimes)('the self-contained layer on %s', (runtime) => {
  test.each(['plain.handler', 'module.handler'])('traces, masks and seals %s', async (handler) => {
    const lambda = await start(runtime, handler);
    const event = { secret: canary.secret };
    expect(await lambda.invoke(event)).toMatchObject({ kind: 'response', body: '{"ok":true}' });
    expect(await lambda.invoke({ ...event, fails: true })).toMatchObject({ kind: 'error' });
    expect(names().sort()).toEqual(
      ['GET', 'GET', 'GET', 'GET', 'SSM.GetParameter', 'SSM.GetParameter', 'fn', 'fn'].sort(),
    );
    expect(lambda.log).not.toContain('spanseal');
    expect(leaks()).toEqual([]);
    const report = reportOn(collector.taken);
    expect(faultsIn(report)).toEqual([]);
    expect(report.spans).toMatchObject({ total: 8, valid: 8 });
  });

  test('has the share of a span in the trace of its caller', async () => {
    const lambda = await start(runtime, 'plain.short');
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await lambda.invoke({ headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
    await lambda.invoke({ headers: { traceparent: `00-${traceId}-b7ad6b7169203331-00` } });
    expect(spansIn(collector.taken).map((span) => span.traceId)).toEqual([traceId]);
  });

  test('says what is wrong with a handler as the runtime does', async () => {
    await expect(start(runtime, 'plain.missing')).rejects.toThrow(
      'plain.missing is undefined or not exported',
    );
    await expect(start(runtime, 'absent.handler')).rejects.toThrow('absent');
  });

  test('does nothing when it is disabled', async () => {
    const lambda = await start(runtime, 'plain.short', { SPANSEAL_DISABLED: 'true' });
    expect(await lambda.invoke()).toMatchObject({ kind: 'response' });
    expect(collector.taken).toEqual([]);
  });

  test('masks by the strict preset where a policy has a fault, and exports without seals where a key has one', async () => {
    const env = { SPANSEAL_PRESETS: 'no-such', SPANSEAL_SIGNING_KEY: 'base64:AAAA' };
    const lambda = await start(runtime, 'plain.handler', env);
    await lambda.invoke({ secret: canary.secret });
    expect(lambda.log).toContain('SPANSEAL_PRESETS');
    expect(lambda.log).toContain('spans leave without seals');
    expect(leaks()).toEqual([]);
    expect(reportOn(collector.taken).result).toBe('incomplete');
  });

  describe.each(['refuses', 'hangs'] as const)('with a collector that %s', (state) => {
    test('adds no more than its share to an invocation, and delivers with a later one', async () => {
      const lambda = await start(runtime, 'plain.short');
      await lambda.invoke();
      await collector.become(state);
      const times: number[] = [];
      for (let count = 0; count < 5; count += 1) times.push((await lambda.invoke()).millis);
      expect(collector.taken).toHaveLength(1);
      await collector.become('fine');
      collector.cut();
      await lambda.invoke();
      await lambda.invoke();
      expect(names()).toHaveLength(8);
      const report = reportOn(collector.taken);
      expect(faultsIn(report)).toEqual([]);
      expect(report.streams).toMatchObject([{ spans: 8, missing: [] }]);
      expect(median(times)).toBeLessThan(200);
    });
  });

  test('takes no more than a tenth of what is left of an invocation', async () => {
    const lambda = await start(runtime, 'plain.short');
    await lambda.invoke();
    await collector.become('hangs');
    const times: number[] = [];
    for (let count = 0; count < 5; count += 1) times.push((await lambda.invoke({}, 500)).millis);
    expect(median(times)).toBeLessThan(100);
  });

  test('goes on with another receiver after one that never answers, without a restart', async () => {
    const lambda = await start(runtime, 'plain.short');
    await collector.become('hangs');
    await lambda.invoke();
    await collector.become('fine');
    // An attempt takes five seconds at most, frozen or not.
    await new Promise((resolve) => setTimeout(resolve, 5200));
    for (let count = 0; count < 3; count += 1) await lambda.invoke();
    expect(names()).toHaveLength(4);
    expect(faultsIn(reportOn(collector.taken))).toEqual([]);
  });

  test('declares what it gives up', async () => {
    const lambda = await start(runtime, 'plain.short');
    await lambda.invoke();
    await collector.become('refuses');
    for (let count = 0; count < 140; count += 1) await lambda.invoke();
    await collector.become('fine');
    for (let count = 0; count < 3; count += 1) await lambda.invoke();
    const { findings, streams } = reportOn(collector.taken);
    expect(findings.map(({ verdict }) => verdict).sort()).toEqual(['declared-loss', 'truncated']);
    expect(lambda.log.match(/spanseal: .*/g)).toEqual([
      expect.stringContaining('spans were given up (more than 128 exports and '),
    ]);
    // 128 are kept; the first of the last three comes before the first of those has arrived.
    expect(names().length).toBeGreaterThanOrEqual(1 + 128 + 2);
    expect(streams).toMatchObject([
      { spans: names().length, missing: [], declared: [[129, expect.any(Number)]] },
    ]);
  });

  test('saves what has ended of an invocation that is killed at its deadline', async () => {
    const lambda = await start(runtime, 'plain.endless');
    void lambda.invoke({}, 2500);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await lambda.stop();
    running = undefined;
    expect(names()).toEqual(['GET']);
  });

  test('declares what a collector denies, and says so once', async () => {
    const lambda = await start(runtime, 'plain.short');
    await lambda.invoke();
    await collector.become('denies');
    for (let count = 0; count < 3; count += 1) await lambda.invoke();
    await collector.become('fine');
    for (let count = 0; count < 2; count += 1) await lambda.invoke();
    const { streams } = reportOn(collector.taken);
    expect(streams).toMatchObject([{ spans: 3, missing: [], declared: [[1, 3]] }]);
    const lines = lambda.log.match(/spanseal: .*/g);
    expect(lines).toEqual([expect.stringContaining('spans were given up (HTTP status 401)')]);
  });

  test('sends what is left, and the end of its stream, when the environment is shut down', async () => {
    const lambda = await start(runtime, 'plain.short');
    await lambda.invoke();
    await collector.become('refuses');
    await lambda.invoke();
    await collector.become('fine');
    await lambda.stop('SIGTERM');
    running = undefined;
    expect(reportOn(collector.taken)).toMatchObject({
      result: 'intact',
      spans: { total: 2 },
      streams: [{ verdict: 'complete' }],
    });
  });
});

describe('the self-contained layer', () => {
  test('does not let a handler with a callback wait for a collector that hangs', async () => {
    const lambda = await start('nodejs22.x', 'plain.callback');
    await collector.become('hangs');
    const { millis, body } = await lambda.invoke({ value: 7 });
    expect(body).toBe('{"got":7}');
    expect(millis).toBeLessThan(1000);
  });

  test('leaves it to the runtime to refuse one that it does not take', async () => {
    await expect(start('nodejs24.x', 'plain.callback')).rejects.toThrow('callback');
  });

  test('says that gRPC is not in it', async () => {
    const lambda = await start('nodejs24.x', 'plain.short', { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    expect(await lambda.invoke()).toMatchObject({ kind: 'response' });
    expect(lambda.log).toContain('expected http/protobuf or http/json, got grpc');
  });

  test('exports JSON, too', async () => {
    const env = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
    const lambda = await start('nodejs24.x', 'plain.short', env);
    await lambda.invoke();
    expect(collector.taken.map(({ headers }) => headers['content-type'])).toEqual(['application/json']);
    const report = reportOn(collector.taken);
    expect(faultsIn(report)).toEqual([]);
    expect(report.spans).toMatchObject({ valid: 1 });
  });
});

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
}
