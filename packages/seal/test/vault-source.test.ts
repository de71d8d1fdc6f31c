import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createKeyRing, openSpanSealer, SealError } from '../src/index.js';
import { type VaultOptions, vaultSource } from '../src/vault/index.js';

const token = 'hvs.CAESIAtestTokenTestToken';
const root = Buffer.alloc(32, 6);
const signal = new AbortController().signal;
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

interface Answer {
  readonly status?: number;
  readonly body?: string | object;
  readonly headers?: Record<string, string>;
}

interface Call {
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: { input: string; key_version: number };
}

/** A real HTTP server that implements the documented transit/hmac of Vault; the real OpenBao is in e2e. */
async function vaultServer(answer: (call: Call, count: number) => Answer | undefined) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const call = { url: request.url, headers: request.headers, body: JSON.parse(text) };
      calls.push(call);
      const given = answer(call, calls.length);
      if (given === undefined) return;
      const { status = 200, body = '', headers = {} } = given;
      response.writeHead(status, headers);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { calls, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function hmacAnswer({ body }: Call): Answer {
  const mac = createHmac('sha256', root).update(Buffer.from(body.input, 'base64')).digest('base64');
  return { body: { data: { hmac: `vault:v${body.key_version}:${mac}` } } };
}

function optionsFor(address: string, rest: Partial<VaultOptions> = {}): VaultOptions {
  return { address, token, key: 'trace-seal', keyVersion: 2, ...rest };
}

async function failureOf(options: VaultOptions, timeoutMillis = 5000): Promise<SealError> {
  const ring = createKeyRing({ primary: { id: 'vault', source: vaultSource(options) } });
  const random = new Uint8Array(12);
  const error: unknown = await openSpanSealer({ keyRing: ring, startMillis: 0, random, timeoutMillis }).catch(
    (reason: unknown) => reason,
  );
  if (!(error instanceof SealError)) throw new Error('nothing was refused');
  const shown = [inspect(error, { showHidden: true, depth: 9 }), JSON.stringify(error), error.stack].join(
    '\n',
  );
  expect(shown).not.toContain('hvs.');
  return error;
}

describe('a source for a transit key, against a server in the test with the documented API of Vault', () => {
  test('asks for the MAC under the version that it was given, and gives it', async () => {
    const { address, calls } = await vaultServer(hmacAnswer);
    const source = vaultSource(optionsFor(`${address}/`, { mount: 'team/transit', namespace: 'acme' }));
    const message = Buffer.from('a message');
    expect(Buffer.from(await source.mac(message, { signal }))).toEqual(
      createHmac('sha256', root).update(message).digest(),
    );
    expect(calls).toMatchObject([
      {
        url: '/v1/team/transit/hmac/trace-seal/sha2-256',
        headers: { 'x-vault-token': token, 'x-vault-namespace': 'acme', 'content-type': 'application/json' },
        body: { input: message.toString('base64'), key_version: 2 },
      },
    ]);
  });

  test('asks its function for the token each time, so that tokens can be renewed', async () => {
    const { address, calls } = await vaultServer(hmacAnswer);
    let count = 0;
    const source = vaultSource(optionsFor(address, { token: async () => `token-${++count}` }));
    await source.mac(Buffer.from('1'), { signal });
    await source.mac(Buffer.from('2'), { signal });
    expect(calls.map(({ headers }) => headers['x-vault-token'])).toEqual(['token-1', 'token-2']);
  });

  test('tries again what passes, a bounded number of times', async () => {
    const { address, calls } = await vaultServer((call, count) =>
      count < 3 ? { status: 503 } : hmacAnswer(call),
    );
    await vaultSource(optionsFor(address)).mac(Buffer.from('1'), { signal });
    expect(calls).toHaveLength(3);
    const down = await vaultServer(() => ({ status: 503, body: { errors: ['Vault is sealed'] } }));
    expect(await failureOf(optionsFor(down.address, { maxAttempts: 2 }))).toMatchObject({
      code: 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE',
      faults: [{ path: 'vault', got: 'HTTP 503' }],
    });
    expect(down.calls).toHaveLength(2);
  });

  test.each([400, 403, 404])('does not try again after %i, which is a refusal', async (status) => {
    const body = { errors: [`permission denied for ${token}`] };
    const { address, calls } = await vaultServer(() => ({ status, body }));
    expect(await failureOf(optionsFor(address))).toMatchObject({
      code: 'ERR_SPANSEAL_STREAM_KEY_REFUSED',
      faults: [{ got: `HTTP ${status}` }],
    });
    expect(calls).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['another version of the key', { body: { data: { hmac: `vault:v3:${root.toString('base64')}` } } }],
    [
      'a MAC of another length',
      { body: { data: { hmac: `vault:v2:${Buffer.alloc(64).toString('base64')}` } } },
    ],
    ['no MAC', { body: { data: {} } }],
    ['half a JSON', { body: `{"data":{"hmac":"vault:v2:${root.toString('base64')}` }],
    ['null', { body: 'null' }],
    ['an endless text', { body: 'x'.repeat(1_000_000) }],
  ])('takes no answer with %s', async (_, answer) => {
    const { address, calls } = await vaultServer(() => answer);
    expect((await failureOf(optionsFor(address))).code).toBe('ERR_SPANSEAL_STREAM_KEY_ANSWER');
    expect(calls).toHaveLength(1);
  });

  test('follows no redirection, which would take the token along', async () => {
    const elsewhere = await vaultServer(hmacAnswer);
    const headers = { location: `${elsewhere.address}/v1/transit/hmac/trace-seal/sha2-256` };
    const { address } = await vaultServer(() => ({ status: 307, headers }));
    const failure = await failureOf(optionsFor(address, { maxAttempts: 1 }));
    expect(failure.code).toBe('ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE');
    expect(elsewhere.calls).toEqual([]);
  });

  test('gives up in time when nothing answers, and while it waits to try again', async () => {
    const silent = await vaultServer(() => undefined);
    expect((await failureOf(optionsFor(silent.address), 100)).code).toBe('ERR_SPANSEAL_STREAM_KEY_TIMEOUT');
    const down = await vaultServer(() => ({ status: 500 }));
    const started = Date.now();
    const failure = await failureOf(optionsFor(down.address, { maxAttempts: 10 }), 400);
    expect(failure.code).toBe('ERR_SPANSEAL_STREAM_KEY_TIMEOUT');
    expect(Date.now() - started).toBeLessThan(3000);
    const calls = down.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(down.calls.length).toBeLessThanOrEqual(calls + 1);
  });

  test('says that nothing is there when nothing is there, by the code of the system', async () => {
    const failure = await failureOf(optionsFor('http://127.0.0.1:1', { maxAttempts: 1 }));
    expect(failure.code).toBe('ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE');
  });

  test.each<[string, () => string, string]>([
    [
      'throws',
      () => {
        throw new Error(token);
      },
      'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE',
    ],
    ['gives no token', () => `${token}\r\nX-Other: 1`, 'ERR_SPANSEAL_STREAM_KEY_REFUSED'],
  ])('says so when the function for the token %s, without the token', async (_, give, code) => {
    const { address, calls } = await vaultServer(hmacAnswer);
    expect((await failureOf(optionsFor(address, { token: give, maxAttempts: 1 }))).code).toBe(code);
    expect(calls).toEqual([]);
  });

  test('takes nothing but the answer that the API documents', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (body) => {
        const answering = async () => new Response(body);
        const source = vaultSource(optionsFor('https://vault.test', { fetch: answering }));
        await expect(source.mac(root, { signal })).rejects.toMatchObject({
          code: 'ERR_SPANSEAL_STREAM_KEY_ANSWER',
        });
      }),
    );
  });

  test('shows no token', () => {
    const source = vaultSource(optionsFor('https://vault.test'));
    expect(inspect(source)).toBe('VaultSource {}');
    const ring = createKeyRing({ primary: { id: 'v', source } });
    const shown = [source, ring].flatMap((value) => [
      inspect(value, { showHidden: true, depth: 9 }),
      JSON.stringify(value),
      String(value),
    ]);
    expect(shown.join('\n')).not.toContain('hvs.');
  });
});

describe('the options of a Vault source', () => {
  test.each<[string, object, string[]]>([
    ['plain HTTP to another host', { address: 'http://vault.test:8200' }, ['address']],
    ['an address with a user', { address: 'https://me:hvs.x@vault.test' }, ['address']],
    ['an address with a query', { address: 'https://vault.test/?a=1' }, ['address']],
    ['no address', { address: 'vault' }, ['address']],
    ['a token with a line break', { token: 'a\nb' }, ['token']],
    ['a key that is a path', { key: '../../sys/seal' }, ['key']],
    ['a mount that is none', { mount: 'a?b' }, ['mount']],
    ['no version', { keyVersion: undefined }, ['keyVersion']],
    ['version 0', { keyVersion: 0 }, ['keyVersion']],
    ['endless attempts', { maxAttempts: Number.POSITIVE_INFINITY }, ['maxAttempts']],
    ['an unknown one', { tokn: 'hvs.secret' }, ['tokn']],
    ['all at once', { token: '', key: '', fetch: 1 }, ['token', 'key', 'fetch']],
  ])('are refused with every fault: %s', (_, rest, paths) => {
    let error: unknown;
    try {
      vaultSource({ ...optionsFor('https://vault.test'), ...rest } as never);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'ERR_SPANSEAL_STREAM_KEY_OPTIONS' });
    expect((error as SealError).faults.map(({ path }) => path)).toEqual(paths);
    expect(inspect(error, { depth: 9 })).not.toContain('hvs.');
  });

  test.each([
    'http://localhost:8200',
    'http://127.0.0.1:8200/',
    'http://[::1]:8200',
    'https://vault.test/prefix',
  ])('take %s', (address) => {
    expect(vaultSource(optionsFor(address)).mac).toBeInstanceOf(Function);
  });
});
