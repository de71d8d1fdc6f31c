import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server of a test, on a loopback port of its own. */
export interface KeyServer {
  readonly address: string;
  stop(): Promise<void>;
}

const token = 'root';

/** MiniStack: an AWS emulator, of which KMS is used. */
export async function startMiniStack(): Promise<KeyServer> {
  const port = await freePort();
  const env = { GATEWAY_PORT: `${port}`, MINISTACK_HOST: '127.0.0.1', BIND_HOST: '127.0.0.1' };
  return started({ program: 'ministack', args: [], env, address: `http://127.0.0.1:${port}` });
}

/** OpenBao in development mode, with the transit engine mounted. */
export async function startOpenBao(): Promise<KeyServer> {
  const port = await freePort();
  const args = [
    'server',
    '-dev',
    '-dev-no-store-token',
    `-dev-root-token-id=${token}`,
    `-dev-listen-address=127.0.0.1:${port}`,
  ];
  const server = await started({ program: 'bao', args, env: {}, address: `http://127.0.0.1:${port}` });
  await callBao(server, 'sys/mounts/transit', { type: 'transit' });
  return server;
}

/** One call of the API as the root, for the set-up of a test. Gives the answer's `data`. */
export async function callBao(
  server: KeyServer,
  path: string,
  body: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${server.address}/v1/${path}`, {
    method: 'POST',
    headers: { 'X-Vault-Token': token },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

interface Program {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly address: string;
}

async function started({ program, args, env, address }: Program): Promise<KeyServer> {
  const bin = process.env['SPANSEAL_KEY_PEERS'];
  if (bin === undefined) throw new Error('SPANSEAL_KEY_PEERS is not set: run npm run e2e');
  const home = mkdtempSync(join(tmpdir(), 'spanseal-key-server-'));
  const child = spawn(join(bin, program), args, {
    cwd: home,
    env: { HOME: home, PATH: `${bin}:${process.env['PATH']}`, ...env },
    stdio: 'ignore',
  });
  const stop = async () => {
    await stopChild(child);
    rmSync(home, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) break;
    if (await answers(address)) return { address, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error(`${program} did not come up`);
}

async function answers(address: string): Promise<boolean> {
  return fetch(address, { redirect: 'manual' }).then(
    () => true,
    () => false,
  );
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(timer);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
