import { join } from 'node:path';
import { freePort, type LoopbackServer, startServer } from './loopback-server.js';

/** A server that holds keys. */
export type KeyServer = LoopbackServer;

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

/** A call of the emulator's KMS as any client makes it; MiniStack looks at no signature. */
export async function callKms(
  server: KeyServer,
  action: string,
  input: object,
): Promise<Record<string, unknown>> {
  const scope = 'Credential=test/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0';
  const response = await fetch(server.address, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${action}`,
      authorization: `AWS4-HMAC-SHA256 ${scope}`,
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${action}: HTTP ${response.status} ${text}`);
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
  const path = `${bin}:${process.env['PATH']}`;
  return startServer({ command: join(bin, program), args, env: { PATH: path, ...env }, address });
}
