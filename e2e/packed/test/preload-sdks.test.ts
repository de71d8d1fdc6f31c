import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Canary, createCanary, findCanaries } from '@spanseal/test-kit';
import { cleanFolder, nodes, type Outcome, run, runAside } from '../clean-folder.js';
import { framed, type HttpReceiver, startHttpReceiver } from '../http-receiver.js';

const ours = ['mask', 'otlp', 'seal', 'span-processor', 'otlp-exporter', 'node', 'cli'];
const register = '@spanseal/node/register';
const newest = nodes.at(-1) ?? process.execPath;
const secret = `base64:${Buffer.alloc(32, 7).toString('base64')}`;
const key = { SPANSEAL_SIGNING_KEY: secret, SPANSEAL_KEY_ID: 'k-sdk' };

let receiver: HttpReceiver;
let canary: Canary;
beforeEach(async () => {
  receiver = await startHttpReceiver();
  canary = createCanary('attributeValue', 'assignment');
});
afterEach(() => receiver.stop());

interface Start {
  readonly folder: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
}

/** Runs an app whose SDK exports to the receiver. */
function start({ folder, args, env }: Start): Promise<Outcome> {
  const settings = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_NODE_RESOURCE_DETECTORS: 'env',
    SECRET: canary.secret,
  };
  return runAside(newest, args, { cwd: folder, env: { ...settings, ...env } }).outcome;
}

function leaks(bytes = Buffer.concat(receiver.bodies.map((body) => body.bytes))) {
  return findCanaries(bytes, [canary]);
}

function verdict(folder: string) {
  const args = ['node_modules/@spanseal/cli/dist/esm/main.js', 'verify', '-', '--format', 'json'];
  const requests = receiver.bodies.map(({ bytes }) => bytes);
  const isJson = receiver.bodies.some((body) => body.isJson);
  const input = isJson
    ? Buffer.from(requests.map((bytes) => Buffer.from(bytes).toString()).join('\n'))
    : framed(requests);
  return JSON.parse(run(newest, args, { cwd: folder, input, env: key }).stdout);
}

describe('an app that knows nothing of tracing', () => {
  let folder: string;
  beforeAll(() => {
    folder = cleanFolder(ours, [
      '@opentelemetry/api@1.10.0',
      '@opentelemetry/auto-instrumentations-node@0.82.0',
    ]);
  });
  const withSdk = '@opentelemetry/auto-instrumentations-node/register';

  test.each([
    ['--require', {}],
    ['--import', {}],
    ['--require', { SPANSEAL_EXPORTER: 'otlp' }],
    ['--import', { SPANSEAL_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }],
  ])('is traced, masked and sealed by one flag (%s, %j)', async (flag, settings) => {
    const env = { SPANSEAL_START_SDK: 'true', ...key, ...settings };
    const { code, stderr } = await start({ folder, args: [flag, register, 'plain-app.cjs'], env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(leaks()).toEqual([]);
    const { result, streams, spans } = verdict(folder);
    expect([result, streams.length, streams[0].verdict]).toEqual(['intact', 1, 'complete']);
    expect(spans.total).toBeGreaterThanOrEqual(4);
    const isSigned = 'SPANSEAL_EXPORTER' in settings;
    for (const { headers } of receiver.bodies) expect('spanseal-batch' in headers).toBe(isSigned);
  });

  test.each([
    ['before', [register, withSdk]],
    ['after', [withSdk, register]],
  ])('lets no secret out when the SDK is preloaded %s', async (_, modules) => {
    const args = [...modules.flatMap((name) => ['--import', name]), 'plain-app.cjs'];
    const { code } = await start({ folder, args });
    expect(code).toBe(0);
    expect(receiver.bodies.length).toBeGreaterThan(0);
    expect(leaks()).toEqual([]);
  });

  test('would let them out without the preload', async () => {
    await start({ folder, args: ['--import', withSdk, 'plain-app.cjs'] });
    expect(leaks()).not.toEqual([]);
  });

  test('keeps the exporter of the SDK where the other one refuses what the variables say', async () => {
    const env = {
      SPANSEAL_START_SDK: 'true',
      SPANSEAL_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: canary.secret,
      ...key,
    };
    const { code, stderr } = await start({ folder, args: ['--require', register, 'plain-app.cjs'], env });
    expect(code).toBe(0);
    expect(stderr).toContain('OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: expected gzip or none');
    expect(stderr).toContain("the app's own exporter stays");
    expect(stderr).not.toContain(canary.secret);
    expect(verdict(folder).result).toBe('intact');
  });
});

describe('the distribution of AWS', () => {
  let folder: string;
  beforeAll(() => {
    folder = cleanFolder(ours, ['@aws/aws-distro-opentelemetry-node-autoinstrumentation@0.13.0']);
  });
  const distribution = '@aws/aws-distro-opentelemetry-node-autoinstrumentation/register';

  /** What the X-Ray daemon is sent. */
  async function overUdp(flags: readonly string[], env: Record<string, string>): Promise<Buffer> {
    const daemon = createSocket('udp4');
    const messages: string[] = [];
    daemon.on('message', (message) => messages.push(String(message)));
    daemon.bind(0, '127.0.0.1');
    await once(daemon, 'listening');
    const settings = {
      AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
      AWS_LAMBDA_FUNCTION_NAME: 'fn',
      OTEL_TRACES_EXPORTER: '',
      OTEL_EXPORTER_OTLP_ENDPOINT: '',
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http',
    };
    const args = [...flags, '--require', distribution, 'traced-app.cjs'];
    const { code } = await start({ folder, args, env: { ...settings, ...env } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    daemon.close();
    expect(code).toBe(0);
    return Buffer.concat(messages.map((text) => Buffer.from(text.slice(text.indexOf('\n') + 4), 'base64')));
  }

  test.each(['true', 'false'])('sends masked spans over UDP (fast start: %s)', async (fast) => {
    const env = { OTEL_AWS_LAMBDA_FAST_START: fast };
    const bytes = await overUdp(['--require', register], env);
    expect(bytes.toString('latin1')).toContain('order');
    expect(leaks(bytes)).toEqual([]);
    expect(leaks(await overUdp([], env))).not.toEqual([]);
  });

  test('sends masked spans with seals over HTTP', async () => {
    const args = ['--require', register, '--require', distribution, 'traced-app.cjs'];
    const env = { ...key, OTEL_AWS_APPLICATION_SIGNALS_ENABLED: 'false', OTEL_TRACES_SAMPLER: 'always_on' };
    expect(await start({ folder, args, env })).toMatchObject({ code: 0 });
    expect(leaks()).toEqual([]);
    expect(verdict(folder)).toMatchObject({ spans: { valid: 1 }, findings: [] });
  });
});
