import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { nodes } from '../clean-folder.js';
import { exampleFolder, readmeCommands, runShell } from '../example-folder.js';
import { freePort } from '../loopback-server.js';

const newest = nodes.at(-1) ?? process.execPath;

/** What of these stands in the traces that an example wrote. */
function found(secrets: readonly string[], folder: string): string[] {
  const traces = readFileSync(join(folder, 'traces.jsonl'), 'utf8');
  expect(traces).toContain('resourceSpans');
  return secrets.filter((secret) => traces.includes(secret));
}

/** Runs what the README says, which ends with `spanseal verify`. */
function follow(folder: string, node: string): void {
  // The AWS SDK warns that it will need another Node.js one day.
  const env = { NODE_NO_WARNINGS: '1' };
  const { code, stdout, stderr } = runShell(readmeCommands(folder), { cwd: folder, node, env });
  expect({ code, stderr, stdout }).toEqual({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/^INTACT/m),
  });
}

const secrets = ['hunter2', '4111 1111', 'alice@example.com'];

describe('the Express example', () => {
  let folder: string;
  beforeAll(() => {
    folder = exampleFolder('express');
  });

  test.each(nodes)('runs as its README says, and no secret leaves: %s', (node) => {
    follow(folder, node);
    expect(found(['GET /login', 'POST /payments', 'POST /receipts'], folder)).toHaveLength(3);
    expect(found(secrets, folder)).toEqual([]);
  });

  test('would let its secrets out without the flag', () => {
    const { code } = runShell(['npm run start:bare'], { cwd: folder, node: newest });
    expect(code).toBe(0);
    expect(found(secrets, folder)).toEqual(secrets);
  });
});

describe('the Fastify example', () => {
  let folder: string;
  beforeAll(() => {
    folder = exampleFolder('fastify');
  });

  test.each(nodes)('runs as its README says, and no secret leaves: %s', (node) => {
    follow(folder, node);
    expect(found(['/login?user=alice', '/payments', 'no mailbox for'], folder)).toHaveLength(3);
    expect(found(secrets, folder)).toEqual([]);
  });

  test('would let its secrets out without the masking processor', () => {
    const tracing = join(folder, 'tracing.mjs');
    const text = readFileSync(tracing, 'utf8');
    const bare = text.replace(/new MaskingSpanProcessor\((new BatchSpanProcessor\(exporter\))\)/, '$1');
    writeFileSync(tracing, bare);
    follow(folder, newest);
    expect(found(secrets, folder)).toEqual(secrets);
  });
});

describe('the AWS SDK example', () => {
  const answers = [
    'demo-database-password',
    'demo/secret+access/key',
    'demo-session-token',
    'ASIADEMO',
    'shop/database',
  ];
  let folder: string;
  beforeAll(() => {
    folder = exampleFolder('aws-sdk');
  });

  test.each(nodes)(
    'runs as its README says, and nothing of the calls to sensitive services leaves: %s',
    (node) => {
      follow(folder, node);
      expect(found(['SecretsManager.GetSecretValue', 'STS.AssumeRole'], folder)).toHaveLength(2);
      expect(found(answers, folder)).toEqual([]);
    },
  );

  test('would let the answers of AWS out without the flag', () => {
    const { code } = runShell(['npm run start:bare'], { cwd: folder, node: newest });
    expect(code).toBe(0);
    expect(found(answers, folder)).toEqual(answers);
  });
});

describe('the Lambda example', () => {
  let folder: string;
  beforeAll(() => {
    folder = exampleFolder('lambda');
  });

  test.each(nodes)('runs as its README says, and no secret leaves: %s', (node) => {
    follow(folder, node);
    expect(found(['faas.event', 'faas.response', 'no order for'], folder)).toHaveLength(3);
    expect(found(secrets, folder)).toEqual([]);
  });

  test('would let its secrets out without the preload', () => {
    const { code } = runShell(['npm run start:bare'], { cwd: folder, node: newest });
    expect(code).toBe(0);
    expect(found(secrets, folder)).toEqual(secrets);
  });
});

const collector = process.env['SPANSEAL_COLLECTOR'];
const served = collector ? describe : describe.skip;

served('the example with a Collector behind', () => {
  let folder: string;
  beforeAll(async () => {
    folder = exampleFolder('collector-behind');
    mkdirSync(join(folder, 'bin'));
    symlinkSync(collector ?? '', join(folder, 'bin/otelcol-contrib'));
    const port = String(await freePort());
    for (const name of ['collector.yaml', 'collector.env']) edit(name, '4317', port);
  });

  function edit(name: string, from: string, to: string): void {
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to));
  }

  function followWithCollector(node: string) {
    // Where a command fails, the Collector must not stay.
    const before = ['PATH="$PWD/bin:$PATH"', "trap 'kill $! 2>/dev/null || true' EXIT", 'rm -f traces.jsonl'];
    return runShell([...before, ...readmeCommands(folder)], { cwd: folder, node });
  }

  test.each(nodes)('runs as its README says, over TLS, and no secret leaves: %s', (node) => {
    const { code, stdout, stderr } = followWithCollector(node);
    expect({ code, stderr, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^INTACT/m) });
    expect(stdout).toContain('10 spans sealed, 0 exports failed');
    expect(found(['order 0', 'order 9', 'no mailbox for'], folder)).toHaveLength(3);
    expect(found(secrets, folder)).toEqual([]);
  });

  test('says what failed when there is no Collector', () => {
    const commands = readmeCommands(folder);
    const before = commands.slice(
      0,
      commands.findIndex((line) => line.startsWith('otelcol-contrib')),
    );
    const { code, stdout, stderr } = runShell([...before, 'npm start'], { cwd: folder, node: newest });
    expect(code).toBe(1);
    expect(stderr).toContain('got gRPC status UNAVAILABLE');
    expect(stdout).toMatch(/^\d+ spans sealed, [1-9]\d* exports failed$/m);
  });

  test('ends with what the Collector changed, where it does', () => {
    const action = '{ key: http.request.body, value: none, action: update }';
    edit('collector.yaml', 'processors:', `processors:\n  attributes: { actions: [${action}] }`);
    edit('collector.yaml', '[batch]', '[attributes, batch]');
    const { code, stdout } = followWithCollector(newest);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^TAMPERED/m);
  });
});
