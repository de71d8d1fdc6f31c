import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spanseal-switches-'));
  const build = join(__dirname, '../scripts/build-layers.mjs');
  execFileSync(process.execPath, [build, '--no-times', '--out', folder]);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Traces a span under the preload of the layer: whether it was traced, its context was passed on, and how many requests left. */
const program = `
  const server = require('node:http').createServer((request, response) => {
    requests += 1;
    request.resume();
    response.end();
  });
  let requests = 0;
  server.listen(0, '127.0.0.1', async () => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:' + server.address().port;
    require(process.argv[1]);
    const { trace, propagation } = globalThis[Symbol.for('opentelemetry.js.api.1')] ?? {};
    const span = trace?.getTracer('t').startSpan('s');
    span?.end();
    await (trace?.getDelegate?.() ?? trace)?.shutdown?.();
    const isTraced = span?.spanContext().traceFlags === 1;
    const isWrapped = process.env._HANDLER !== 'index.handler';
    console.log(JSON.stringify({ isTraced, isWrapped, passesOn: propagation !== undefined, requests }));
    process.exit();
  });
`;

function traced(env: Record<string, string>): unknown {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['-e', program, join(folder, 'self-contained/spanseal/start.cjs')],
    { env: { _HANDLER: 'index.handler', LAMBDA_TASK_ROOT: folder, ...env }, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const all = { isTraced: true, isWrapped: true, passesOn: true, requests: 1 };

test.each<[string, Record<string, string>, object]>([
  ['traces and exports', {}, all],
  ['does nothing where the SDK is disabled', { OTEL_SDK_DISABLED: 'true' }, nothing()],
  ['does nothing where it is disabled in capitals', { OTEL_SDK_DISABLED: ' TRUE ' }, nothing()],
  ['takes no other word for that', { OTEL_SDK_DISABLED: '1' }, all],
  [
    'traces and exports nothing without an exporter',
    { OTEL_TRACES_EXPORTER: 'none' },
    { ...all, requests: 0 },
  ],
  ['exports with the exporter that it has', { OTEL_TRACES_EXPORTER: 'otlp' }, all],
])('the self-contained layer %s', (_, env, expected) => {
  expect(traced(env)).toEqual(expected);
});

function nothing(): object {
  return { isTraced: false, isWrapped: false, passesOn: false, requests: 0 };
}
