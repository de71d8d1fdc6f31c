import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { folder, secret, spanseal, spansealHere } from './spanseal.js';

const line = require.resolve('@spanseal/line-2.12', { paths: [join(__dirname, '../../test-kit')] });
const app = `
const sdk = require(${JSON.stringify(line)});
const exporter = { export: (spans, done) => done({ code: 0 }), shutdown: async () => {} };
const provider = sdk.createProvider({ spanProcessors: [sdk.batchProcessor(exporter), sdk.simpleProcessor(exporter)] });
sdk.api.trace.setGlobalTracerProvider(provider);
provider.getTracer('t').startSpan('s').end();
console.log('printed by the app');
provider.shutdown();
`;

async function doctor(env: Record<string, string>) {
  const { code, stdout, stderr } = await spansealHere(['doctor', '--format', 'json'], '', env);
  expect(stderr).toBe('');
  return { code, report: JSON.parse(stdout) };
}

describe('spanseal doctor', () => {
  test('says what is set without a variable, and what is not covered', async () => {
    const { code, stdout } = await spansealHere(['doctor']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^nothing is wrong\nset in this environment\n {2}presets +default +default\n {2}key +none: spans have no seals/,
    );
    for (const each of ['log records, metrics', 'baggage', 'never registered'])
      expect(stdout).toContain(each);
  });

  test('says where each setting comes from, and shows no value', async () => {
    const home = folder({
      'policy.yaml': 'keys: [hunter2key]\nvalues: [{ name: v, pattern: hunter2value }]\n',
    });
    const { code, report } = await doctor({
      SPANSEAL_POLICY_FILE: join(home, 'policy.yaml'),
      SPANSEAL_PRESETS: 'default,pii',
      SPANSEAL_KEYS: 'hunter2',
      SPANSEAL_MASK: 'hunter2mask',
      SPANSEAL_SIGNING_KEY: secret,
      SPANSEAL_KEY_ID: 'k-1',
      SPANSEAL_REALM: 'shop',
      AWS_REDACT_SPAN_ATTRIBUTES: 'hunter2aws',
    });
    expect(code).toBe(0);
    const keys = 'SPANSEAL_SIGNING_KEY, SPANSEAL_KEY_ID, SPANSEAL_REALM';
    expect(report.settings).toEqual([
      { name: 'presets', value: 'default, pii', from: expect.stringContaining('SPANSEAL_PRESETS') },
      {
        name: 'keys',
        value: '3 of your own',
        from: 'SPANSEAL_KEYS, SPANSEAL_POLICY_FILE, AWS_REDACT_SPAN_ATTRIBUTES',
      },
      { name: 'values', value: '1 of your own', from: 'SPANSEAL_POLICY_FILE' },
      { name: 'mask', value: 'of your own', from: 'SPANSEAL_MASK, AWS_REDACT_SPAN_ATTRIBUTES' },
      { name: 'key', value: 'k-1', from: keys },
      { name: 'realm', value: 'shop', from: keys },
      { name: 'exporter', value: "the app's own", from: 'default' },
      { name: 'log level', value: 'warn', from: 'default' },
    ]);
    expect(JSON.stringify(report)).not.toMatch(/hunter2|base64:/);
  });

  test('says why there can be no exporter of its own, and that the app keeps its own', async () => {
    // Of the environment that it is given, and not of this process.
    const env = { SPANSEAL_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'zstd' };
    const { code, stdout } = await spansealHere(['doctor', '--format', 'json'], '', env);
    const { healthy, settings, faults } = JSON.parse(stdout);
    expect([code, healthy]).toEqual([3, false]);
    expect(faults).toEqual([
      {
        variable: 'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION',
        expected: 'gzip or none',
        got: 'a text of 4 characters',
      },
    ]);
    expect(settings).toContainEqual({ name: 'exporter', value: "the app's own", from: 'SPANSEAL_EXPORTER' });
  });

  test('says of a realm that nobody named where it comes from', async () => {
    const { report } = await doctor({ SPANSEAL_SIGNING_KEY: secret, SPANSEAL_KEY_ID: 'k-1' });
    expect(report.settings).toContainEqual({ name: 'realm', value: 'none', from: 'default' });
  });

  test.each([
    ['pii,payments', 1],
    ['pii,default', 0],
    ['strict', 0],
    ['lumigo', 0],
  ])('says of the presets %s whether secrets stay', async (presets, count) => {
    const { report } = await doctor({ SPANSEAL_PRESETS: presets });
    expect(report.notes.filter((note: string) => note.includes('passwords'))).toHaveLength(count);
  });

  test('names what is wrong, and what happens because of it', async () => {
    const env = {
      SPANSEAL_KEYS: '["(hunter2"]',
      SPANSEAL_SIGNING_KEY: 'base64:hunter2=',
      SPANSEAL_POLICY: 'hunter2',
    };
    const { code, report } = await doctor(env);
    expect(code).toBe(3);
    expect(report.healthy).toBe(false);
    const variables = report.faults.map(({ variable }: { variable: string }) => variable);
    expect(variables.sort()).toEqual(Object.keys(env).sort());
    expect(report.notes).toContain('because of a fault, the preset "strict" masks in place of the policy');
    expect(JSON.stringify(report)).not.toContain('hunter2');
    const table = await spansealHere(['doctor'], '', env);
    expect(table.stdout).toMatch(/^something is wrong\n/);
    expect(table.stdout).toContain('SPANSEAL_POLICY: expected a known variable');
  });

  test('runs a command and says which provider was guarded, and how', () => {
    const path = join(folder({ 'app.cjs': app }), 'app.cjs');
    const env = { SPANSEAL_SIGNING_KEY: secret, SPANSEAL_KEY_ID: 'k-1' };
    const { code, stdout, stderr } = spanseal(['doctor', '--format=json', '--', process.execPath, path], {
      env,
    });
    expect(stderr).toBe('printed by the app\n');
    expect(code).toBe(0);
    const { processes } = JSON.parse(stdout);
    const provider = { mode: 'processors', processors: 2, sealed: 2, unsealed: 0, exporterless: 0 };
    expect(processes).toEqual([{ pid: expect.any(Number), providers: [provider] }]);
    expect(spanseal(['doctor', '--', process.execPath, path], { env }).stdout).toContain(
      'a tracer provider, processors that get masked copies: 2; exporters that seal: 2\n',
    );
  });

  test('is not content with a command that has no tracer provider', () => {
    const { code, stdout } = spanseal(['doctor', '--', process.execPath, '-e', '0']);
    expect(code).toBe(3);
    expect(stdout).toContain('no tracer provider was registered\n');
    expect(stdout).toContain('set up an SDK in it, or let SPANSEAL_START_SDK=true start one');
  });

  test('is not content with a command that failed, nor with what it said before', () => {
    const { code, stdout } = spanseal([
      'doctor',
      '--',
      process.execPath,
      '-e',
      `${app}; process.exitCode = 7`,
    ]);
    expect(code).toBe(3);
    expect(stdout).toContain('something is wrong');
    expect(stdout).toContain(
      'the command ended with exit code 7: what stands below is about the part of it that ran',
    );
    expect(stdout).toContain('processors that get masked copies: 2');
    const absent = spanseal(['doctor', '--', process.execPath, '-e', 'process.kill(process.pid, 9)']);
    expect(absent.code).toBe(3);
    expect(absent.stdout).toContain('the command ended with SIGKILL');
    expect(absent.stdout).not.toContain('registered no tracer provider: set up');
  });

  test('says of a command that has a key of its own that it is not in this environment', () => {
    const home = folder({ 'signing.env': `SPANSEAL_SIGNING_KEY=${secret}\nSPANSEAL_KEY_ID=k-7\n` });
    const args = ['--env-file', join(home, 'signing.env'), '-e', app];
    const { code, stdout } = spanseal(['doctor', '--', process.execPath, ...args]);
    expect(code).toBe(0);
    expect(stdout).toContain('the command has a key that this environment has not');
  });

  test('is clear about its arguments', async () => {
    const { code, stderr } = await spansealHere(['doctor', 'node', 'hunter2.js']);
    expect([code, stderr]).toEqual([
      3,
      'error ERR_SPANSEAL_CLI_ARGUMENT: doctor: expected a COMMAND behind --, got 2 arguments before it\n',
    ]);
    expect(spanseal(['doctor', '--', '/nowhere/program']).stderr).toContain(
      'COMMAND: expected a program that can be run',
    );
  });
});
