import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createKeyRing, generateSecret } from '@spanseal/seal';
import { type Canary, createCanary, findCanaries } from '@spanseal/test-kit';
import { SignedOtlpExporter, type SignedOtlpExporterOptions } from '../src/index.js';
import { exportOnce, faultsOf, withVariables } from './receivers.js';

const restores: (() => void)[] = [];
afterEach(() => {
  for (const restore of restores.splice(0)) restore();
});

function setVariables(variables: Readonly<Record<string, string>>): void {
  const all = Object.entries(variables).map(([name, value]) => [`OTEL_EXPORTER_OTLP_${name}`, value]);
  restores.push(withVariables(Object.fromEntries(all)));
}

const protocolNames = 'grpc, http/protobuf, http/json';
const milliseconds = 'a number of milliseconds above 0';
const someUrl = 'an http(s) URL';
const grpcUrl = 'an http(s) URL without a path, or host:port';
const amount = 'a whole number above 0';
const pinList = 'a list, not empty, of sha256/ and 44 characters of base64';
const pem = 'PEM, or the path of a file';
const pin = `sha256/${'A'.repeat(43)}=`;

describe('of an option', () => {
  test.each<[string, unknown, string, string]>([
    ['options', 'grpc', 'an object', 'a text of 4 characters'],
    ['options', null, 'an object', 'null'],
    ['options.protocol', { protocol: 'http' }, protocolNames, 'a text of 4 characters'],
    ['options.protocol', { protocol: 7 }, protocolNames, 'a number'],
    ['options.url', { url: 7 }, someUrl, 'a number'],
    ['options.url', { url: '' }, someUrl, 'another text'],
    ['options.url', { url: 'localhost:4318' }, someUrl, 'another text'],
    ['options.url', { url: 'ftp://localhost/' }, someUrl, 'another text'],
    ['options.url', { url: 'unix:/var/run/otlp' }, someUrl, 'another text'],
    ['options.url', { url: 'https://a:b@localhost/' }, someUrl, 'one with credentials: use headers'],
    ['options.url', { url: 'https://localhost/#a' }, someUrl, 'one with a fragment'],
    ['options.url', { protocol: 'grpc', url: 'https://localhost/v1/traces' }, grpcUrl, 'one with a path'],
    ['options.url', { protocol: 'grpc', url: 'https://localhost?a=b' }, grpcUrl, 'one with a path'],
    ['options.url', { protocol: 'grpc', url: 'a b' }, grpcUrl, 'another text'],
    ['options.compression', { compression: 'zstd' }, 'gzip or none', 'a text of 4 characters'],
    ['options.timeoutMillis', { timeoutMillis: 0 }, milliseconds, 'a number'],
    ['options.timeoutMillis', { timeoutMillis: Number.NaN }, milliseconds, 'a number that is not finite'],
    ['options.timeoutMillis', { timeoutMillis: 2 ** 31 }, milliseconds, 'a number'],
    ['options.timeoutMillis', { timeoutMillis: '5' }, milliseconds, 'a text of 1 characters'],
    ['options.concurrencyLimit', { concurrencyLimit: 0 }, amount, 'a number'],
    ['options.concurrencyLimit', { concurrencyLimit: 1.5 }, amount, 'a number'],
    ['options.maxPendingBytes', { maxPendingBytes: -1 }, amount, 'a number'],
    ['options.maxPendingBytes', { maxPendingBytes: '1' }, amount, 'a text of 1 characters'],
    ['options.meterProvider', { meterProvider: {} }, 'a MeterProvider', 'an object'],
    ['options.env', { env: 'A=b' }, 'an object of texts by name', 'a text of 3 characters'],
    ['options.env', { env: { A: 1 } }, 'an object of texts by name', 'an object'],
    ['options.onPartialSuccess', { onPartialSuccess: 1 }, 'a function', 'a number'],
    ['options.pace', { pace: 1 }, 'an object', 'a number'],
    ['options.pace.attemptMillis', { pace: { attemptMillis: 0 } }, milliseconds, 'a number'],
    ['options.pace.attempt', { pace: { attempt: 1 } }, 'a function', 'a number'],
    ['options.pace.pause', { pace: { pause: null } }, 'a function', 'null'],
    ['options.pace.keepsAlive', { pace: { keepsAlive: 'no' } }, 'true or false', 'a text of 2 characters'],
    [
      'options.pace.speed',
      { pace: { speed: 1 } },
      'only attemptMillis, attempt, pause, keepsAlive',
      'an unknown option',
    ],
    ['options.tls', { tls: true }, 'an object', 'boolean'],
    ['options.tls.ca', { tls: { ca: '' } }, pem, 'an empty text'],
    ['options.tls.ca', { tls: { ca: 1 } }, pem, 'a number'],
    [
      'options.tls.minVersion',
      { tls: { minVersion: 'TLSv1.1' } },
      'TLSv1.3 or TLSv1.2',
      'a text of 7 characters',
    ],
    ['options.tls.insecure', { tls: { insecure: 'yes' } }, 'true or false', 'a text of 3 characters'],
    ['options.tls.pins', { tls: { pins: [] } }, pinList, 'a list with something else, or nothing, in it'],
    [
      'options.tls.pins',
      { tls: { pins: [pin, 'x'] } },
      pinList,
      'a list with something else, or nothing, in it',
    ],
    [
      'options.tls.pins',
      { tls: { pins: [`${pin} `] } },
      pinList,
      'a list with something else, or nothing, in it',
    ],
    ['options.tls.pins', { tls: { pins: pin } }, pinList, 'a text of 51 characters'],
    [
      'options.tls.pins',
      { url: 'http://localhost/', tls: { pins: [pin] } },
      'an https endpoint beside it',
      'one without TLS',
    ],
    [
      'options.tls.ca',
      { url: 'http://localhost/', tls: { ca: 'a.pem' } },
      'an https endpoint beside it',
      'one without TLS',
    ],
    ['options.onKeyUnavailable', { onKeyUnavailable: 'drop' }, 'keyRing beside it', 'no keyRing'],
  ])('%s %j', (path, options, expected, got) => {
    restores.push(withVariables({}));
    const isOfTls = path.startsWith('options.tls') && typeof options === 'object';
    const given = isOfTls ? { url: 'https://localhost/', ...options } : options;
    expect(faultsOf(given)).toEqual([{ path, expected, got }]);
  });

  test('that nobody knows, without its name where that can be a secret', () => {
    const faults = faultsOf({ urls: 1, [`x${generateSecret()}`]: 1, tls: { cacert: 1 } });
    expect(faults).toEqual([
      expect.objectContaining({ path: 'options.urls', got: 'an unknown option' }),
      expect.objectContaining({ path: 'options.(an option)', got: 'an unknown option' }),
      {
        path: 'options.tls.cacert',
        expected: 'only ca, cert, key, minVersion, pins, insecure',
        got: 'an unknown option',
      },
    ]);
  });
});

describe('of a variable', () => {
  test.each<[string, string, string, string]>([
    ['PROTOCOL', 'http', protocolNames, 'a text of 4 characters'],
    ['ENDPOINT', 'localhost:4318', someUrl, 'another text'],
    ['COMPRESSION', 'GZIP', 'gzip or none', 'a text of 4 characters'],
    ['TIMEOUT', '10s', milliseconds, 'a text of 3 characters'],
    ['TIMEOUT', '0', milliseconds, 'a number'],
    ['TIMEOUT', '-5', milliseconds, 'a text of 2 characters'],
    ['TIMEOUT', '99999999999', milliseconds, 'a number'],
  ])('%s=%s', (name, value, expected, got) => {
    for (const variable of [name, `TRACES_${name}`]) {
      setVariables({ [variable]: value });
      expect(faultsOf({})).toEqual([{ path: `OTEL_EXPORTER_OTLP_${variable}`, expected, got }]);
    }
  });

  test('of TLS beside an endpoint without it, when it is of traces alone', () => {
    setVariables({ TRACES_CERTIFICATE: '/nowhere/ca.pem', ENDPOINT: 'http://localhost:4318' });
    expect(faultsOf({})).toEqual([
      {
        path: 'OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE',
        expected: 'an https endpoint beside it',
        got: 'one without TLS',
      },
    ]);
    // Other signals can go elsewhere.
    setVariables({ CERTIFICATE: '/nowhere/ca.pem', ENDPOINT: 'http://localhost:4318' });
    expect(faultsOf({})).toEqual([]);
  });

  test('that an option stands for is not read', () => {
    setVariables({ PROTOCOL: 'no', ENDPOINT: 'no', COMPRESSION: 'no', TIMEOUT: 'no', HEADERS: 'no' });
    const options: SignedOtlpExporterOptions = {
      ...{ protocol: 'grpc', url: 'http://localhost:4317', compression: 'none' },
      ...{ timeoutMillis: 1, headers: {} },
    };
    expect(faultsOf(options)).toEqual([]);
  });
});

test('all faults are told at once', () => {
  setVariables({ TRACES_COMPRESSION: 'zip', CLIENT_KEY: '/k.pem', HEADERS: 'a', TIMEOUT: 'x' });
  const faults = faultsOf({
    ...{ protocol: 'http', url: 'localhost', concurrencyLimit: 0, other: 1, onPartialSuccess: 1 },
    ...{ tls: { pins: [], minVersion: '1.3' }, checkpoints: false },
  }) as { path: string }[];
  expect(faults.map(({ path }) => path).sort()).toEqual([
    'OTEL_EXPORTER_OTLP_CLIENT_KEY',
    'OTEL_EXPORTER_OTLP_HEADERS',
    'OTEL_EXPORTER_OTLP_TIMEOUT',
    'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION',
    ...['options.checkpoints', 'options.concurrencyLimit', 'options.onPartialSuccess', 'options.other'],
    ...['options.protocol', 'options.tls.minVersion', 'options.tls.pins', 'options.url'],
  ]);
});

describe('No secret is in what is told', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanseal-options-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function thrownBy(options: unknown): string {
    try {
      void new SignedOtlpExporter(options as SignedOtlpExporterOptions).shutdown();
    } catch (error) {
      return told(error);
    }
    throw new Error('nothing was refused');
  }

  const told = (error: unknown) =>
    `${inspect(error, { depth: 9, showHidden: true })} ${(error as Error).stack}`;
  const leaks = (text: string, canary: Canary) => findCanaries(Buffer.from(text), [canary]);

  test.each<[string, (secret: string) => unknown]>([
    ['a URL', (secret) => ({ url: `http://user:${secret}@collector/${secret}?token=${secret}#${secret}` })],
    ['a host', (secret) => ({ url: `http://${secret}.example.com/` })],
    ['no URL', (secret) => ({ url: secret })],
    ['a name of a header', (secret) => ({ headers: { [`Bearer ${secret}`]: 'x' } })],
    ['a value of a header', (secret) => ({ headers: { authorization: `${secret}\n` } })],
    ['a header that is none', (secret) => ({ headers: secret })],
    ['a protocol', (secret) => ({ protocol: secret })],
    ['a compression', (secret) => ({ compression: secret })],
    ['a time-out', (secret) => ({ timeoutMillis: secret })],
    ['an option', (secret) => ({ [secret]: 1, tls: { [secret]: 1 } })],
    ['a pin', (secret) => ({ tls: { pins: [secret] } })],
    ['a path of a CA', (secret) => ({ url: 'https://localhost/', tls: { ca: `/${secret}` } })],
    [
      'PEM',
      (secret) => ({ url: 'https://localhost/', tls: { ca: `-----BEGIN CERTIFICATE-----\n${secret}\n` } }),
    ],
    [
      'a key',
      (secret) => {
        const key = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`;
        return { url: 'https://localhost/', tls: { key, cert: key } };
      },
    ],
  ])('of %s', (_, options) => {
    restores.push(withVariables({}));
    const canary = createCanary('attributeValue', 'aws-key');
    expect(leaks(thrownBy(options(canary.secret)), canary)).toEqual([]);
  });

  test.each(['AKIAABCDEFGHIJKLMNOP', 'aQxZpLkMwRtYbNvC', 'hunter2'])(
    'in the name of an option: %s',
    (name) => {
      const message = thrownBy({ [name]: 1 });
      expect(message).toContain('options.(an option)');
      expect(message).not.toContain(name);
    },
  );

  test('of a variable', () => {
    const canary = createCanary('attributeValue', 'aws-key');
    const { secret } = canary;
    const file = join(folder, 'key.pem');
    writeFileSync(file, `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`);
    const own = { PROTOCOL: secret, COMPRESSION: secret, TIMEOUT: secret, HEADERS: `a=b,${secret}` };
    setVariables({ ...own, ENDPOINT: `http://${secret}@collector`, CERTIFICATE: secret, CLIENT_KEY: secret });
    expect(leaks(thrownBy({}), canary)).toEqual([]);
    setVariables({ ENDPOINT: 'https://localhost', CLIENT_KEY: file, CLIENT_CERTIFICATE: file });
    expect(leaks(thrownBy({}), canary)).toEqual([]);
  });

  test.each(['grpc', 'http/protobuf'] as const)('of an export over %s that fails', async (protocol) => {
    restores.push(withVariables({}));
    const canary = createCanary('attributeValue', 'aws-key');
    const { secret } = canary;
    const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
    const throwing = () => {
      throw new Error(secret);
    };
    const port = 1;
    for (const headers of [
      throwing,
      () => ({ x: `${secret}\n` }),
      () => ({ [`${secret} `]: '' }),
      { x: secret },
    ]) {
      const url =
        protocol === 'grpc' ? `http://localhost:${port}` : `http://localhost:${port}/${secret}?a=${secret}`;
      const exporter = new SignedOtlpExporter({ protocol, url, keyRing, headers, timeoutMillis: 200 });
      const { code, error } = await exportOnce(exporter);
      expect(code).toBe(1);
      expect(leaks(told(error), canary)).toEqual([]);
      expect(leaks(inspect(exporter, { depth: 9, showHidden: true }), canary)).toEqual([]);
      await exporter.shutdown();
    }
  });
});
