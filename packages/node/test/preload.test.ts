import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const preload = join(__dirname, '../dist/preload');
const app = join(__dirname, 'app.cjs');
const lines = (name: string) =>
  require.resolve(`@spanseal/line-${name}`, { paths: [join(__dirname, '../../test-kit')] });

interface Outcome {
  readonly code: number | null;
  readonly stderr: string;
  /** What left, as text. */
  readonly exported: string;
  readonly spans: number;
  readonly loaded: readonly string[];
}

/** Runs the app in a process of its own, with the preload. */
function start(
  doing: string,
  env: Record<string, string> = {},
  flags: readonly string[] = ['--require', join(preload, 'register.cjs')],
): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, app, doing], {
    env: { PATH: process.env['PATH'] ?? '', LINE: lines('2.12'), OTHER_LINE: lines('2.0'), ...env },
    encoding: 'utf8',
  });
  const { exported = [], loaded = [] } = stdout === '' ? {} : JSON.parse(stdout);
  const text = JSON.stringify(exported);
  return { code: status, stderr, exported: text, spans: text.split('"spanId"').length - 1, loaded };
}

const masked = { code: 0, stderr: '', exported: expect.stringContaining('****') };

describe('the preload', () => {
  test.each([
    ['--require', 'register.cjs'],
    ['--import', 'register.mjs'],
    ['--import', 'register.cjs'],
  ])('masks what leaves, and nothing without it (%s %s)', (flag, file) => {
    const outcome = start('plain', {}, [flag, join(preload, file)]);
    expect(outcome).toMatchObject({ ...masked, spans: 1 });
    expect(outcome.exported).not.toContain('hunter2');
    expect(start('plain', {}, []).exported).toContain('hunter2');
  });

  test('twice is as good as once', () => {
    const flags = ['--require', join(preload, 'register.cjs'), '--import', join(preload, 'register.mjs')];
    expect(start('plain', {}, flags)).toMatchObject({ ...masked, spans: 1 });
  });

  test.each(['again', 'copies'])('masks when providers are registered %s', (doing) => {
    const outcome = start(doing);
    expect(outcome).toMatchObject({ ...masked, spans: 2 });
    expect(outcome.exported).not.toContain('hunter2');
  });

  test('loads the masker for a provider only, and what seals for a key only', () => {
    expect(start('nothing').loaded).toEqual(['register']);
    expect(start('plain').loaded).toEqual(['register', 'preload-guard', 'masking']);
    const key = { SPANSEAL_SIGNING_KEY: `base64:${Buffer.alloc(32, 1).toString('base64')}` };
    const sealed = start('plain', key);
    expect(sealed.loaded).toEqual(['register', 'preload-guard', 'masking', 'sealing']);
    expect(sealed.exported).toContain('spanseal.seal');
  });

  test('tells of a fault once, whatever the app does, and masks more', () => {
    const outcome = start('again', { SPANSEAL_KEYS: '["(hunter2"]', SPANSEAL_KEY: 'hunter2' });
    expect(outcome).toMatchObject({ code: 0, spans: 2 });
    expect(outcome.exported).not.toMatch(/hunter2|plain/);
    const said = outcome.stderr.trimEnd().split('\n');
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^spanseal: error: ERR_SPANSEAL_CONFIG: SPANSEAL_KEY: expected a known variable/);
    expect(said[1]).toMatch(
      /^spanseal: error: ERR_SPANSEAL_CONFIG: SPANSEAL_KEYS: expected keys\[0\] to be .*; the preset "strict"/,
    );
    expect(outcome.stderr).not.toContain('hunter2');
  });

  test('tells of a fault also where no span ends', () => {
    const { stderr } = start('plain', { SPANSEAL_SIGNING_KEY: 'hunter2' });
    expect(stderr).toMatch(
      /^spanseal: error: ERR_SPANSEAL_CONFIG: SPANSEAL_SIGNING_KEY: .*; spans leave without seals\n$/,
    );
    expect(stderr).not.toContain('hunter2');
  });

  test('says nothing when it is told to', () => {
    expect(start('plain', { SPANSEAL_KEYS: '[', SPANSEAL_LOG_LEVEL: 'none' })).toMatchObject(masked);
  });

  test('says which provider it guarded when it is asked to', () => {
    expect(start('plain', { SPANSEAL_LOG_LEVEL: 'info' }).stderr).toBe(
      'spanseal: info: a tracer provider is guarded, processors that get masked copies: 1\n',
    );
  });

  test('does nothing when it is disabled', () => {
    const outcome = start('plain', { SPANSEAL_DISABLED: 'true' });
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.exported).toContain('hunter2');
  });

  test('lets no span out when the masker cannot be loaded, and says so', () => {
    const broken = mkdtempSync(join(tmpdir(), 'spanseal-preload-'));
    cpSync(preload, broken, { recursive: true });
    rmSync(join(broken, 'masking.cjs'));
    const outcome = start('again', {}, ['--require', join(broken, 'register.cjs')]);
    expect(outcome).toMatchObject({ code: 0, spans: 0 });
    expect(outcome.stderr).toBe(
      'spanseal: error: the masker cannot be loaded (MODULE_NOT_FOUND): no span leaves this process\n',
    );
  });

  test('traces nothing when the guard itself cannot be loaded, and says so', () => {
    const broken = mkdtempSync(join(tmpdir(), 'spanseal-preload-'));
    cpSync(preload, broken, { recursive: true });
    rmSync(join(broken, 'preload-guard.cjs'));
    const outcome = start('again', {}, ['--require', join(broken, 'register.cjs')]);
    expect(outcome).toMatchObject({ code: 0, spans: 0 });
    expect(outcome.stderr).toBe(
      'spanseal: error: the guard of tracer providers cannot be loaded (MODULE_NOT_FOUND): nothing is traced\n',
    );
  });

  test.each(['start-sdk', 'report-file'])('lets the app run without its part %s, and says so', (part) => {
    const broken = mkdtempSync(join(tmpdir(), 'spanseal-preload-'));
    cpSync(preload, broken, { recursive: true });
    rmSync(join(broken, `${part}.cjs`));
    const env = { SPANSEAL_START_SDK: 'true', SPANSEAL_REPORT_FILE: join(broken, 'report') };
    const outcome = start('plain', env, ['--require', join(broken, 'register.cjs')]);
    expect(outcome).toMatchObject({ code: 0, spans: 1 });
    expect(outcome.stderr).toBe(
      'spanseal: error: a part of @spanseal/node cannot be loaded (MODULE_NOT_FOUND): no SDK is started\n',
    );
  });

  test('lets the app run where nobody reads what it says', () => {
    const shell = `"$0" --require "$1" "$2" slow 2>&1 >"$3" | true; cat "$3"`;
    const out = join(mkdtempSync(join(tmpdir(), 'spanseal-preload-')), 'out');
    const { stdout } = spawnSync(
      'bash',
      ['--norc', '-c', shell, process.execPath, join(preload, 'register.cjs'), app, out],
      { env: { PATH: process.env['PATH'] ?? '', LINE: lines('2.12'), SPANSEAL_KEYS: '[' }, encoding: 'utf8' },
    );
    expect(JSON.parse(stdout).exported).toHaveLength(1);
    expect(stdout).not.toContain('hunter2');
  });

  test('does what the variables said that an app takes away, and what they say that it sets', () => {
    expect(start('deletes', { SPANSEAL_KEYS: 'unheard' }).exported).not.toContain('plain');
    expect(start('sets').exported).not.toContain('plain');
    expect(start('plain').exported).toContain('plain');
  });

  test('does not wait for a pipe that nobody writes to, and masks more', () => {
    const pipe = join(mkdtempSync(join(tmpdir(), 'spanseal-preload-')), 'pipe');
    spawnSync('mkfifo', [pipe]);
    const outcome = start('plain', { SPANSEAL_POLICY_FILE: pipe, SPANSEAL_SIGNING_KEY_FILE: pipe });
    expect(outcome).toMatchObject({ code: 0, spans: 1 });
    expect(outcome.exported).not.toMatch(/hunter2|plain/);
    expect(outcome.stderr).toContain(
      'SPANSEAL_POLICY_FILE: expected one object, the policy, got an empty file',
    );
    expect(outcome.stderr).toContain('SPANSEAL_SIGNING_KEY_FILE: expected a key, got an empty file');
  });

  test('reads a policy from a pipe whose writer takes its time', () => {
    const shell = `SPANSEAL_POLICY_FILE=<(sleep 0.2; echo 'keys: [unheard]') "$0" --require "$1" "$2" plain`;
    const { stdout, stderr } = spawnSync(
      'bash',
      ['--norc', '-c', shell, process.execPath, join(preload, 'register.cjs'), app],
      { env: { PATH: process.env['PATH'] ?? '', LINE: lines('2.12') }, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(stdout).not.toMatch(/hunter2|plain/);
  });

  test('reads a key from a pipe whose writer takes its time', () => {
    const ring = `SPANSEAL_SIGNING_KEY=base64:${Buffer.alloc(32, 1).toString('base64')}`;
    const shell = `SPANSEAL_SIGNING_KEY_FILE=<(sleep 0.2; echo '${ring}') "$0" --require "$1" "$2" plain`;
    const { stdout, stderr } = spawnSync(
      'bash',
      ['--norc', '-c', shell, process.execPath, join(preload, 'register.cjs'), app],
      {
        env: { PATH: process.env['PATH'] ?? '', LINE: lines('2.12'), SPANSEAL_KEY_ID: 'k-1' },
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('spanseal.seal');
  });

  test('lets the app run where the global object takes nothing, and says what follows', () => {
    const outcome = start('nothing', {}, [
      ...['--require', join(__dirname, 'closed-global.cjs')],
      ...['--require', join(preload, 'register.cjs')],
    ]);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toBe(
      'spanseal: error: the global object cannot be watched: providers are not guarded\n',
    );
  });

  test('does not let a provider in that it cannot guard, and says so', () => {
    const outcome = start('refused');
    expect(outcome).toMatchObject({ code: 0, spans: 0 });
    expect(outcome.stderr).toMatch(/^spanseal: error: a tracer provider cannot be guarded \(TypeError\)/);
  });

  test('says when there is no SDK to start, and lets the app run', () => {
    const outcome = start('plain', { SPANSEAL_START_SDK: 'true' });
    expect(outcome).toMatchObject({ code: 0, spans: 1 });
    expect(outcome.stderr).toMatch(
      /^spanseal: error: ERR_SPANSEAL_CONFIG: SPANSEAL_START_SDK: expected .*, got none/,
    );
  });

  test('starts the SDK of the app', () => {
    const folder = mkdtempSync(join(tmpdir(), 'spanseal-sdk-'));
    const sdk = join(folder, 'node_modules/@opentelemetry/sdk-node');
    cpSync(app, join(folder, 'app.cjs'));
    mkdirSync(sdk, { recursive: true });
    writeFileSync(join(sdk, 'package.json'), '{ "name": "@opentelemetry/sdk-node", "main": "index.js" }');
    writeFileSync(
      join(sdk, 'index.js'),
      'exports.NodeSDK = class { start() { console.error("started"); } async shutdown() { console.error("ended"); } };',
    );
    const { stderr, status } = spawnSync(
      process.execPath,
      ['--require', join(preload, 'register.cjs'), join(folder, 'app.cjs'), 'nothing'],
      { env: { LINE: lines('2.12'), SPANSEAL_START_SDK: 'true' }, encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, 'started\nended\n']);
  });

  describe('an SDK that it started', () => {
    /** Runs a program with an SDK whose shutdown is this, and tells the process of its end. */
    async function terminate(shutdown: string, program: string) {
      const folder = mkdtempSync(join(tmpdir(), 'spanseal-sdk-'));
      const sdk = join(folder, 'node_modules/@opentelemetry/sdk-node');
      mkdirSync(sdk, { recursive: true });
      writeFileSync(join(sdk, 'package.json'), '{ "name": "@opentelemetry/sdk-node", "main": "index.js" }');
      writeFileSync(
        join(sdk, 'index.js'),
        `exports.NodeSDK = class { start() {} shutdown() { return ${shutdown}; } };`,
      );
      const main = join(folder, 'main.cjs');
      writeFileSync(main, `${program}; setInterval(() => {}, 1000); console.log('up');`);
      const child = spawn(process.execPath, ['--require', join(preload, 'register.cjs'), main], {
        env: { SPANSEAL_START_SDK: 'true' },
      });
      await once(child.stdout, 'data');
      const before = performance.now();
      child.kill('SIGTERM');
      const [code, signal] = await once(child, 'exit');
      return { code, signal, millis: performance.now() - before };
    }

    test('holds up the end of the process for five seconds at most', async () => {
      const { signal, millis } = await terminate('new Promise(() => {})', '');
      expect(signal).toBe('SIGTERM');
      expect(millis).toBeGreaterThan(4500);
      expect(millis).toBeLessThan(9000);
    });

    test('lets the process end once it has shut down', async () => {
      const { signal, millis } = await terminate('Promise.reject(new Error("x"))', '');
      expect(signal).toBe('SIGTERM');
      expect(millis).toBeLessThan(4000);
    });

    test.each(['on', 'once'])('leaves the end to an app that listens for the signal (%s)', async (method) => {
      const listener = `process.${method}('SIGTERM', () => setTimeout(() => process.exit(7), 300))`;
      expect(await terminate('Promise.resolve()', listener)).toMatchObject({ code: 7, signal: null });
    });
  });

  test('masks in worker threads, too', () => {
    const worker = `new (require('node:worker_threads').Worker)(${JSON.stringify(app)}, { argv: ['plain'] })`;
    const { stdout } = spawnSync(
      process.execPath,
      ['--require', join(preload, 'register.cjs'), '-e', worker],
      {
        env: { LINE: lines('2.12') },
        encoding: 'utf8',
      },
    );
    expect(stdout).toContain('****');
    expect(stdout).not.toContain('hunter2');
  });

  test('writes down what it guarded where the doctor asks for it', () => {
    const report = join(mkdtempSync(join(tmpdir(), 'spanseal-report-')), 'report');
    start('again', { SPANSEAL_REPORT_FILE: report });
    const { providers } = JSON.parse(readFileSync(report, 'utf8'));
    const one = { mode: 'processors', processors: 1, sealed: 0, unsealed: 0, exporterless: 0 };
    expect(providers).toEqual([one, one]);
  });
});
