import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Canary, createCanary, findCanaries } from '@spanseal/test-kit';
import { Collector } from '../collector.js';
import { type FunctionOptions, LambdaFunction, runtimes } from '../lambda-function.js';
import { faultsIn, key, reportOn, spansIn } from '../verdict.js';

let collector: Collector;
let canary: Canary;
let running: LambdaFunction | undefined;
beforeEach(async () => {
  collector = await Collector.start();
  canary = createCanary('attributeValue', 'assignment');
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await collector.stop();
});

/** A request through API Gateway, with a secret in it. */
const event = () => ({
  headers: { host: 'api.example.com', 'x-forwarded-proto': 'https' },
  path: '/orders',
  queryStringParameters: { api_key: canary.secret },
});

async function invoked({ env, ...options }: FunctionOptions): Promise<LambdaFunction> {
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  running = await LambdaFunction.start({ ...options, env: { ...endpoint, ...env } });
  expect(await running.invoke(event())).toMatchObject({ kind: 'response', body: '{"ok":true}' });
  return running;
}

const names = () => spansIn(collector.taken).map(({ name }) => name);
const leaks = () =>
  findCanaries(Buffer.concat(collector.taken.map(({ body }) => Buffer.from(body))), [canary]);

describe.each(runtimes)('the companion layer on %s', (runtime) => {
  const handlers = ['plain.short', 'module.short'];
  const both: Pick<FunctionOptions, 'runtime' | 'layers' | 'wrapper'> = {
    runtime,
    layers: ['upstream', 'companion', 'sealing'],
    wrapper: 'spanseal-handler',
  };

  test.each(handlers)('masks and seals what the layer of OpenTelemetry exports of %s', async (handler) => {
    await invoked({ ...both, handler, env: key });
    expect(names()).toEqual(['fn']);
    expect(leaks()).toEqual([]);
    const report = reportOn(collector.taken);
    expect(faultsIn(report)).toEqual([]);
    expect(report.spans).toMatchObject({ total: 1, valid: 1 });
  });

  test.each(handlers)('is what keeps the secret of %s in', async (handler) => {
    await invoked({ ...both, handler, wrapper: 'otel-handler' });
    expect(leaks()).not.toEqual([]);
  });

  test('signs requests where its exporter takes the place of the other', async () => {
    await invoked({ ...both, handler: 'plain.short', env: { ...key, SPANSEAL_EXPORTER: 'otlp' } });
    expect(collector.taken.map(({ headers }) => 'spanseal-batch' in headers)).toEqual([true]);
    expect(leaks()).toEqual([]);
    expect(reportOn(collector.taken).spans).toMatchObject({ total: 1, valid: 1 });
  });

  test('masks, and says that nothing is sealed, where a key comes without the layer that seals', async () => {
    const lambda = await invoked({
      ...{ ...both, layers: ['upstream', 'companion'] },
      ...{ handler: 'plain.short', env: key },
    });
    expect(lambda.log).toContain('SPANSEAL_SIGNING_KEY');
    expect(lambda.log).toContain('spans leave without seals');
    expect(names()).toEqual(['fn']);
    expect(leaks()).toEqual([]);
    expect(reportOn(collector.taken).spans).toMatchObject({ total: 1, unsigned: 1 });
  });

  test('masks what processors see that the hooks of the other layer add', async () => {
    const NODE_OPTIONS = `--require ${join(__dirname, '../functions/hooks.cjs')}`;
    const lambda = await invoked({ ...both, handler: 'plain.short', env: { NODE_OPTIONS } });
    expect(lambda.log).toContain('PRINTED fn');
    expect(lambda.log).not.toContain(canary.secret);
  });

  test('masks and seals what an SDK of the function exports, without another layer', async () => {
    const env = { ...key, SDK: join(process.env['SPANSEAL_LAMBDA'] ?? '', 'upstream') };
    await invoked({
      runtime,
      handler: 'own-sdk.handler',
      layers: ['companion', 'sealing'],
      wrapper: 'spanseal-handler',
      env,
    });
    expect(names()).toEqual(['own']);
    expect(leaks()).toEqual([]);
    expect(reportOn(collector.taken).spans).toMatchObject({ total: 1, valid: 1 });
  });
});
