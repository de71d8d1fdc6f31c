import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { SealError } from '../src/index.js';
import { type VaultOptions, vaultSource } from '../src/vault/index.js';
import { faultsOf, rejectionOf } from './sealing-error.js';

// What a source for a transit key says of each thing that can go wrong, word for word: users look for these texts.

const mac = Buffer.alloc(32, 7).toString('base64');
const { signal } = new AbortController();

const { random } = Math;

afterEach(() => {
  Math.random = random;
});

type Asked = { readonly url: string; readonly headers: Record<string, string> };

/** Options with a fetch that answers as it is told, and what it was asked. */
function vault(
  answer: (init: RequestInit) => Response | Promise<Response>,
  rest: Partial<VaultOptions> = {},
) {
  const asked: Asked[] = [];
  const answering: typeof fetch = async (url, init = {}) => {
    asked.push({ url: String(url), headers: init.headers as Record<string, string> });
    return answer(init);
  };
  const options = { address: 'https://vault.test', token: 'hvs.token', key: 'trace-seal', keyVersion: 2 };
  return { asked, source: vaultSource({ ...options, fetch: answering, maxAttempts: 1, ...rest }) };
}

const macAnswer = (hmac: unknown = `vault:v2:${mac}`): Response => Response.json({ data: { hmac } });

async function failureOf(...given: Parameters<typeof vault>): Promise<SealError> {
  return rejectionOf(vault(...given).source.mac(Buffer.from('m'), { signal }));
}

describe('an answer', () => {
  const expected = 'a MAC of 32 bytes under version 2 of the key';

  test.each<[string, () => Response, string]>([
    ['of nothing', () => new Response(null), 'none'],
    ['of null', () => new Response('null'), 'none'],
    ['of a number', () => new Response('7'), 'none'],
    ['of a list', () => new Response('["data"]'), 'none'],
    ['whose data is null', () => Response.json({ data: null }), 'none'],
    ['whose data is a text', () => Response.json({ data: 'hmac' }), 'none'],
    ['without an hmac', () => Response.json({ data: { mac } }), 'none'],
    ['whose hmac is a number', () => macAnswer(7), 'none'],
    ['of one part', () => macAnswer('vault'), 'none'],
    ['of two parts', () => macAnswer('vault:v2'), 'none'],
    ['of four parts', () => macAnswer(`vault:v2:${mac}:x`), 'none'],
    ['of another scheme', () => macAnswer(`bao:v2:${mac}`), 'none'],
    ['of 31 bytes', () => macAnswer(`vault:v2:${Buffer.alloc(31).toString('base64')}`), 'none'],
    ['under another version', () => macAnswer(`vault:v20:${mac}`), 'one under another version'],
  ])('%s is none', async (_, answer, got) => {
    expect(await failureOf(answer)).toMatchObject({
      code: 'ERR_SPANSEAL_STREAM_KEY_ANSWER',
      faults: [{ path: 'vault', expected, got }],
    });
  });

  test('is read up to 65,536 bytes, in as many pieces as it comes', async () => {
    const text = JSON.stringify({ data: { hmac: `vault:v2:${mac}` } });
    const answer = (length: number): Response => {
      const bytes = Buffer.from(text.padEnd(length));
      const pieces = [bytes.subarray(0, 40), bytes.subarray(40, 40_000), bytes.subarray(40_000)];
      return new Response(ReadableStream.from(pieces) as ReadableStream);
    };
    const { source } = vault(() => answer(65_536));
    expect(Buffer.from(await source.mac(Buffer.from('m'), { signal }))).toEqual(Buffer.alloc(32, 7));
    expect(await failureOf(() => answer(65_537))).toMatchObject({
      code: 'ERR_SPANSEAL_STREAM_KEY_ANSWER',
      faults: [{ path: 'vault', expected: 'at most 65536 bytes', got: 'more' }],
    });
  });

  test('without an end is let go', async () => {
    let cancelled = 0;
    const pull = (controller: ReadableStreamDefaultController): void =>
      controller.enqueue(Buffer.alloc(10_000, ' '));
    const cancel = (): void => {
      cancelled += 1;
    };
    const failure = await failureOf(() => new Response(new ReadableStream({ pull, cancel })));
    expect(failure.faults).toMatchObject([{ got: 'more' }]);
    expect(cancelled).toBe(1);
  });
});

describe('a status', () => {
  test.each([304, 408, 412, 425, 429, 472, 473, 500, 503])('of %i passes', async (status) => {
    expect(await failureOf(() => new Response(null, { status }))).toMatchObject({
      code: 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE',
      faults: [{ path: 'vault', expected: 'a MAC of transit/hmac', got: `HTTP ${status}` }],
    });
  });

  test.each([400, 403, 404, 405, 499])('of %i is a refusal', async (status) => {
    expect(await failureOf(() => new Response(null, { status }))).toMatchObject({
      code: 'ERR_SPANSEAL_STREAM_KEY_REFUSED',
      faults: [{ path: 'vault', expected: 'a MAC of transit/hmac', got: `HTTP ${status}` }],
    });
  });
});

describe('an error of fetch', () => {
  const inTime = ['TIMEOUT', 'an answer in time', 'none'] as const;
  const unreachable = (got: string) => ['UNAVAILABLE', 'a server that answers', got] as const;

  test.each<[string, unknown, readonly [string, string, string]]>([
    ['that it was aborted', { name: 'AbortError' }, inTime],
    ['that it took too long', { name: 'TimeoutError', code: 23 }, inTime],
    ['of a longer name', { name: 'AbortErrorOfMine' }, unreachable('an error of fetch')],
    ['of another beginning', { name: 'NotAbortError' }, unreachable('an error of fetch')],
    [
      'with the code of its cause',
      { code: 'B', cause: { code: 'ECONNREFUSED' } },
      unreachable('ECONNREFUSED'),
    ],
    ['with a code of its own', { code: 'UND_ERR_1', cause: null }, unreachable('UND_ERR_1')],
    ['with a code of 60 characters', { code: 'E'.repeat(60) }, unreachable('E'.repeat(60))],
    ['with a code of 61', { code: 'E'.repeat(61) }, unreachable('an error of fetch')],
    ['whose code says more', { code: 'E hvs.token' }, unreachable('an error of fetch')],
    ['whose code ends in capitals', { code: 'hvs.E' }, unreachable('an error of fetch')],
    ['whose code is a number', { code: 7 }, unreachable('an error of fetch')],
    ['that is a text', 'hvs.token', unreachable('an error of fetch')],
    ['that is null', null, unreachable('an error of fetch')],
    ['that is nothing', undefined, unreachable('an error of fetch')],
  ])('%s is told by no more than its code', async (_, error, [reason, expected, got]) => {
    expect(await failureOf(() => Promise.reject(error))).toMatchObject({
      code: `ERR_SPANSEAL_STREAM_KEY_${reason}`,
      faults: [{ path: 'vault', expected, got }],
    });
  });
});

test('a token that cannot be had is told from one that cannot be sent', async () => {
  const token = () => Promise.reject(new Error('hvs.token'));
  expect(await failureOf(() => macAnswer(), { token })).toMatchObject({
    code: 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE',
    faults: [{ path: 'vault', expected: 'a token', got: 'an error of token()' }],
  });
  expect(await failureOf(() => macAnswer(), { token: () => '' })).toMatchObject({
    code: 'ERR_SPANSEAL_STREAM_KEY_REFUSED',
    faults: [{ path: 'vault', expected: 'a token', got: 'none that can be sent' }],
  });
});

test.each<[Partial<VaultOptions>, string]>([
  [{}, 'https://vault.test/v1/transit/hmac/trace-seal/sha2-256'],
  [{ mount: '/team//transit/' }, 'https://vault.test/v1/team/transit/hmac/trace-seal/sha2-256'],
  [{ address: 'https://vault.test/a//' }, 'https://vault.test/a/v1/transit/hmac/trace-seal/sha2-256'],
])('with %j the MAC is asked for at %s', async (rest, url) => {
  const { source, asked } = vault(() => macAnswer(), rest);
  await source.mac(Buffer.from('m'), { signal });
  expect(asked).toMatchObject([{ url, headers: { 'X-Vault-Request': 'true' } }]);
  expect(Object.keys(asked[0]?.headers ?? {})).not.toContain('X-Vault-Namespace');
});

describe('between two attempts', () => {
  /** The shortest of a few waits, in milliseconds: other work makes them longer, and nothing makes them shorter. */
  async function shortestWait(chance: number, attempt: number): Promise<number> {
    Math.random = () => chance;
    const waits: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const times: number[] = [];
      const down = (): Response => {
        times.push(performance.now());
        return new Response(null, { status: 503 });
      };
      await failureOf(down, { maxAttempts: attempt + 1 });
      waits.push((times[attempt] ?? 0) - (times[attempt - 1] ?? 0));
    }
    return Math.min(...waits);
  }

  test.each([
    [0, 1, 100],
    [0.9, 1, 190],
    [0, 2, 200],
  ])(
    'a random number of %d makes the wait after attempt %i one of %i ms',
    async (random, attempt, millis) => {
      const wait = await shortestWait(random, attempt);
      expect(wait).toBeGreaterThan(millis - 10);
      expect(wait).toBeLessThan(millis * 1.8);
    },
  );

  test('a caller who gives up is not kept waiting', async () => {
    Math.random = () => 1;
    const abort = new AbortController();
    const { source } = vault(
      ({ signal: given }) =>
        given?.aborted ? Promise.reject(given.reason) : new Response(null, { status: 503 }),
      { maxAttempts: 10 },
    );
    const waiting = source.mac(Buffer.from('m'), { signal: abort.signal });
    const settled = waiting.then(
      () => 'a MAC',
      (error: SealError) => error.code,
    );
    // Three waits of 200, 400 and 800 ms are begun by then.
    await delay(700);
    const aborted = performance.now();
    abort.abort();
    expect(await settled).toBe('ERR_SPANSEAL_STREAM_KEY_TIMEOUT');
    expect(performance.now() - aborted).toBeLessThan(400);
  });
});

describe('options', () => {
  const given = { address: 'https://vault.test', token: 'hvs.token', key: 'k', keyVersion: 1 };
  const faultsWith = (options: object): SealError['faults'] =>
    faultsOf(() => vaultSource({ ...given, ...options } as never));

  test('are told with what was expected and what came', () => {
    const wrong = { mount: 'a b', namespace: '', maxAttempts: 11, fetch: 'fetch', tries: 1 };
    expect(faultsWith({ address: 'vault', token: '', key: 'a/b', keyVersion: 0.5, ...wrong })).toEqual([
      {
        path: 'tries',
        expected: 'only address, token, key, keyVersion, mount, namespace, maxAttempts, fetch',
        got: 'an unknown option',
      },
      {
        path: 'address',
        expected: 'https://… of a server, or http://… of a loopback address',
        got: 'a text of 5 characters',
      },
      { path: 'token', expected: 'a token, or a function that gives one', got: 'an empty text' },
      { path: 'key', expected: 'the name of a transit key', got: 'a text of 3 characters' },
      { path: 'keyVersion', expected: 'a whole number, 1 or more', got: 'a number' },
      { path: 'mount', expected: 'a mount path', got: 'a text of 3 characters' },
      { path: 'namespace', expected: 'a namespace', got: 'an empty text' },
      { path: 'maxAttempts', expected: 'a whole number, 1 to 10', got: 'a number' },
      { path: 'fetch', expected: 'a function', got: 'a text of 5 characters' },
    ]);
  });

  test.each([0, -1, 1.5, 11, '3'])('take no %p attempts', (maxAttempts) => {
    expect(faultsWith({ maxAttempts }).map(({ path }) => path)).toEqual(['maxAttempts']);
  });

  test.each([
    'http://localhost.example.com',
    'http://example.com.localhost',
    'http://127.0.0.1.example.com',
    'http://1270.0.0.1x',
    'http://[::1:2]:8200',
    'https://me@vault.test',
    'https://:pw@vault.test',
    'https://vault.test/#x',
    'ftp://localhost',
    'ftp://vault.test',
  ])('take no address %s', (address) => {
    expect(faultsWith({ address }).map(({ path }) => path)).toEqual(['address']);
  });

  test.each(['http://127.10.20.30:8200', 'http://localhost', 'https://10.0.0.1'])('take %s', (address) => {
    expect(faultsWith({ address, maxAttempts: 10, mount: 'a/b', namespace: 'n' })).toEqual([]);
  });
});
