import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type HttpReceiver, type ReceivedRequest, startHttpReceiver } from '@spanseal/test-kit';
import { SignedOtlpExporter, type SignedOtlpExporterOptions } from '../src/index.js';
import { exportOnce, faultsOf, protocols, type Receiver, startReceiver, withVariables } from './receivers.js';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function setVariables(variables: Readonly<Record<string, string>>): void {
  const all = Object.entries(variables).map(([name, value]) => [`OTEL_EXPORTER_OTLP_${name}`, value]);
  stops.push(withVariables(Object.fromEntries(all)));
}

async function startHttp(): Promise<HttpReceiver> {
  const receiver = await startHttpReceiver();
  stops.push(() => receiver.stop());
  return receiver;
}

async function startGrpc(): Promise<Receiver> {
  const receiver = await startReceiver('grpc');
  stops.push(() => receiver.stop());
  return receiver;
}

async function sendOne(options?: SignedOtlpExporterOptions): Promise<{ code: number }> {
  const exporter = new SignedOtlpExporter(options);
  const result = await exportOnce(exporter);
  await exporter.shutdown();
  return result;
}

/** The request of an exporter with these variables; `PORT` in them is the receiver's. */
async function requestWith(
  variables: Readonly<Record<string, string>>,
  options?: SignedOtlpExporterOptions,
): Promise<ReceivedRequest> {
  const receiver = await startHttp();
  const entries = Object.entries(variables).map(([name, value]) => [
    name,
    value.replace('PORT', `${receiver.port}`),
  ]);
  setVariables(Object.fromEntries(entries));
  expect((await sendOne(options)).code).toBe(0);
  expect(receiver.requests).toHaveLength(1);
  return receiver.requests[0] as ReceivedRequest;
}

/** Where an exporter sends to, as its metrics say it. */
async function addressOf(options: SignedOtlpExporterOptions): Promise<unknown[]> {
  let seen: Record<string, unknown> = {};
  const instrument = { add: (_: number, attributes = {}) => Object.assign(seen, attributes), record() {} };
  const create = () => instrument;
  const meter = { createCounter: create, createUpDownCounter: create, createHistogram: create };
  seen = {};
  // Nothing listens there, or what does is none of ours: no time to reach it.
  await sendOne({ timeoutMillis: 1, ...options, meterProvider: { getMeter: () => meter } });
  return [seen['server.address'], seen['server.port']];
}

describe('the endpoint', () => {
  test.each([
    ['a base gets the path of traces', { ENDPOINT: 'http://127.0.0.1:PORT' }, '/v1/traces'],
    ['a base with a slash at its end as well', { ENDPOINT: 'http://127.0.0.1:PORT/' }, '/v1/traces'],
    ['a base with a path keeps it', { ENDPOINT: 'http://127.0.0.1:PORT/otlp' }, '/otlp/v1/traces'],
    ['and its slash', { ENDPOINT: 'http://127.0.0.1:PORT/otlp/' }, '/otlp/v1/traces'],
    ['a base keeps its query', { ENDPOINT: 'http://127.0.0.1:PORT/a?t=1' }, '/a/v1/traces?t=1'],
    ['the one of traces stands as it is', { TRACES_ENDPOINT: 'http://127.0.0.1:PORT/traces' }, '/traces'],
    ['also without a path', { TRACES_ENDPOINT: 'http://127.0.0.1:PORT' }, '/'],
    [
      'the one of traces wins',
      { ENDPOINT: 'http://127.0.0.1:1', TRACES_ENDPOINT: 'http://127.0.0.1:PORT/traces' },
      '/traces',
    ],
    [
      'an empty one counts as unset',
      { TRACES_ENDPOINT: ' ', ENDPOINT: 'http://127.0.0.1:PORT' },
      '/v1/traces',
    ],
  ])('%s', async (_, variables, path) => {
    expect(await requestWith(variables as Record<string, string>)).toMatchObject({ method: 'POST', path });
  });

  test('an option stands as it is, and wins over every variable', async () => {
    const receiver = await startHttp();
    setVariables({ TRACES_ENDPOINT: 'http://127.0.0.1:1/no' });
    await sendOne({ url: `http://127.0.0.1:${receiver.port}/own?a=b` });
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/own?a=b']);
  });

  test.each<[SignedOtlpExporterOptions, unknown[]]>([
    [{}, ['localhost', 4318]],
    [{ protocol: 'http/json' }, ['localhost', 4318]],
    [{ protocol: 'grpc' }, ['localhost', 4317]],
    [{ protocol: 'grpc', url: 'localhost:4444', tls: { insecure: true } }, ['localhost', 4444]],
    [{ protocol: 'grpc', url: 'localhost' }, ['localhost', 443]],
    [{ protocol: 'grpc', url: 'http://localhost' }, ['localhost', 80]],
    [{ url: 'https://localhost/v1/traces' }, ['localhost', 443]],
    [{ url: 'http://[::1]:4318/v1/traces' }, ['::1', 4318]],
    [{ protocol: 'grpc', url: '[::1]:4317' }, ['::1', 4317]],
  ])('%j goes to %j', async (options, address) => {
    stops.push(withVariables({}));
    expect(await addressOf(options)).toEqual(address);
  });

  test('of gRPC may be host:port, which is TLS unless it is said to be insecure', async () => {
    const receiver = await startGrpc();
    setVariables({ ENDPOINT: `localhost:${receiver.port}`, PROTOCOL: 'grpc', INSECURE: 'TRUE' });
    expect((await sendOne()).code).toBe(0);
    setVariables({ TRACES_ENDPOINT: `localhost:${receiver.port}`, PROTOCOL: 'grpc' });
    expect((await sendOne({ timeoutMillis: 500 })).code).toBe(1);
    expect(receiver.arrived()).toHaveLength(1);
  });

  test.each(['127.0.0.1', '[::1]', 'localhost', 'a.localhost', '[::ffff:127.0.0.1]', '127.8.8.8'])(
    'on %s may be plaintext',
    (host) => expect(faultsOf({ url: `http://${host}:4318/` })).toEqual([]),
  );

  test.each([
    ...['http://collector:4318', 'http://10.0.0.1:4318', 'http://[::2]:4318', 'http://0.0.0.0:4318'],
    ...[
      'http://localhost.example.com:4318',
      'http://127.0.0.1.example.com:4318',
      'http://[::ffff:10.0.0.1]:1',
    ],
  ])('on %s may not, and may when that is said', (url) => {
    const fault = {
      path: 'options.url',
      expected: 'https, a host that is this one, or tls.insecure (OTEL_EXPORTER_OTLP_INSECURE=true)',
      got: 'plaintext to another host',
    };
    for (const protocol of ['grpc', 'http/protobuf'] as const) {
      expect(faultsOf({ url, protocol })).toEqual([fault]);
      expect(faultsOf({ url, protocol, tls: { insecure: true } })).toEqual([]);
    }
    setVariables({ TRACES_INSECURE: 'true' });
    expect(faultsOf({ url })).toEqual([]);
    // The specification: what is not "true" is false.
    setVariables({ INSECURE: 'yes' });
    expect(faultsOf({ url })).toEqual([fault]);
  });

  test.each(protocols)(
    'a name below localhost is this host, and no resolver is asked: %s',
    async (protocol) => {
      const asked = jest.spyOn(dns, 'lookup');
      stops.push(() => asked.mockRestore());
      const receiver = await startReceiver(protocol);
      stops.push(() => receiver.stop());
      const url = receiver.url.replace('//localhost', '//collector.localhost');
      const result = await sendOne({ ...{ protocol, url, timeoutMillis: 2000 }, compression: 'none' });
      expect(result).toMatchObject({ code: 0 });
      const [arrived] = receiver.arrived();
      if (protocol !== 'grpc') expect(arrived?.headers['host']).toBe(new URL(url).host);
      expect(asked.mock.calls.map(([name]) => name)).not.toContain('collector.localhost');
    },
  );

  test('a proxy of the environment is not given plaintext that is for this host', async () => {
    const proxy = await startHttp();
    const receiver = await startGrpc();
    process.env['grpc_proxy'] = `http://127.0.0.1:${proxy.port}`;
    stops.push(() => delete process.env['grpc_proxy']);
    expect(await sendOne({ protocol: 'grpc', url: receiver.url, timeoutMillis: 3000 })).toMatchObject({
      code: 0,
    });
    expect(receiver.arrived()).toHaveLength(1);
  });
});

describe('headers', () => {
  const got = async (list: string) => {
    const { headers } = await requestWith({ ENDPOINT: 'http://127.0.0.1:PORT', HEADERS: list });
    return headers;
  };

  test('are a list of pairs, percent-decoded, with names in lower case', async () => {
    const headers = await got('Authorization=Bearer%20a%3Db, X-Tenant = shop ,x-empty=,,x-odd=100%');
    expect(headers).toMatchObject({
      ...{ authorization: 'Bearer a=b', 'x-tenant': 'shop', 'x-empty': '', 'x-odd': '100%' },
    });
  });

  test('hold a value with "=" in it, and the last of two of one name', async () => {
    expect(await got('x-token=YWJj==,x-tenant=a,X-TENANT=b')).toMatchObject({
      'x-token': 'YWJj==',
      'x-tenant': 'b',
    });
  });

  test('are those of the traces variable alone where there is one', async () => {
    const { headers } = await requestWith({
      ...{ ENDPOINT: 'http://127.0.0.1:PORT', HEADERS: 'x-general=1', TRACES_HEADERS: 'x-traces=1' },
    });
    expect([headers['x-general'], headers['x-traces']]).toEqual([undefined, '1']);
  });

  test('by the name of a member of every object are sent like others', async () => {
    const given = { constructor: 'a', hasOwnProperty: 'b' };
    const { headers } = await requestWith({ ENDPOINT: 'http://127.0.0.1:PORT' }, { headers: given as never });
    expect(Object.entries(headers)).toEqual(
      expect.arrayContaining([
        ['constructor', 'a'],
        ['hasownproperty', 'b'],
      ]),
    );
  });

  test('of a function are asked for each request', async () => {
    const receiver = await startHttp();
    let count = 0;
    const headers = async () => ({ 'X-Token': `t${count++}` });
    const exporter = new SignedOtlpExporter({ url: receiver.url, headers });
    await exportOnce(exporter);
    await exportOnce(exporter);
    await exporter.shutdown();
    expect(receiver.requests.map((request) => request.headers['x-token'])).toEqual(['t0', 't1']);
  });

  const refusals = [
    ...['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'host', 'connection'],
    ...['te', 'spanseal-batch', 'user-agent', 'trailer', 'upgrade', 'expect', 'accept-encoding'],
  ].map((name): [string, string] => [`${name.toUpperCase()}=x`, `${name}, which the exporter sets`]);
  test.each([
    ...refusals,
    ['grpc-timeout=1', 'a name that gRPC keeps for itself'],
    ['no-pair', 'an invalid header name'],
    ['=value', 'an invalid header name'],
    ['two words=x', 'an invalid header name'],
    ['n%C3%A4me=x', 'an invalid header name'],
    ['x=a%0D%0Ab', 'an invalid header value'],
    ['x=%E2%82%AC', 'an invalid header value'],
  ])('refuse %s', (list, kind) => {
    for (const name of ['HEADERS', 'TRACES_HEADERS']) {
      setVariables({ [name]: list });
      expect(faultsOf({})).toEqual([
        { path: `OTEL_EXPORTER_OTLP_${name}`, expected: 'names and values of headers', got: kind },
      ]);
    }
  });

  test.each<[unknown, string, string]>([
    [{ 'x-é': 'a' }, 'names and values of headers', 'an invalid header name'],
    [{ "x'y": 'a' }, 'names and values of headers', 'a name gRPC does not allow'],
    [{ 'x-bin': 'a' }, 'names and values of headers', 'a name of binary metadata'],
    [{ x: 'é' }, 'names and values of headers', 'a value that gRPC cannot carry'],
    [{ x: 1 }, 'names and values of headers', 'a value that is a number'],
    ['x=1', 'an object of names and texts', 'a text of 3 characters'],
    [null, 'an object of names and texts', 'null'],
    [['x'], 'an object of names and texts', 'a list'],
    [new Map([['x', '1']]), 'an object of names and texts', 'a list'],
  ])('as an option of gRPC refuse %p', (headers, expected, got) => {
    expect(faultsOf({ protocol: 'grpc', headers })).toEqual([{ path: 'options.headers', expected, got }]);
  });

  test('travel as metadata of gRPC', async () => {
    const receiver = await startGrpc();
    setVariables({ HEADERS: 'Authorization=Bearer%20a' });
    await sendOne({ protocol: 'grpc', url: receiver.url });
    expect(receiver.arrived()[0]?.headers).toMatchObject({ authorization: 'Bearer a' });
  });
});

describe('the other variables', () => {
  test.each([
    ['http/protobuf', 'application/x-protobuf'],
    ['http/json', 'application/json'],
  ])('PROTOCOL %s', async (protocol, type) => {
    const request = await requestWith({
      ENDPOINT: 'http://127.0.0.1:PORT',
      TRACES_PROTOCOL: protocol,
      PROTOCOL: 'grpc',
    });
    expect(request.headers).toMatchObject({ 'content-type': type });
  });

  test('say nothing: protobuf over HTTP, not compressed', async () => {
    const { headers } = await requestWith({ ENDPOINT: 'http://127.0.0.1:PORT' });
    expect(headers).toMatchObject({ 'content-type': 'application/x-protobuf' });
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers).not.toHaveProperty('spanseal-batch');
  });

  test('COMPRESSION, that of traces first', async () => {
    const endpoint = { ENDPOINT: 'http://127.0.0.1:PORT' };
    expect((await requestWith({ ...endpoint, COMPRESSION: 'gzip' })).headers['content-encoding']).toBe(
      'gzip',
    );
    const plain = await requestWith({ ...endpoint, COMPRESSION: 'gzip', TRACES_COMPRESSION: 'none' });
    expect(plain.headers).not.toHaveProperty('content-encoding');
  });

  test('TIMEOUT, that of traces first', async () => {
    const receiver = await startHttpReceiver({ answer: () => 'hang' });
    stops.push(() => receiver.stop());
    setVariables({ ENDPOINT: receiver.url, TIMEOUT: '60000', TRACES_TIMEOUT: '300' });
    const before = Date.now();
    expect((await sendOne()).code).toBe(1);
    expect(Date.now() - before).toBeGreaterThan(250);
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  test('an exporter says what it is, by the version of its package', async () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'));
    const { headers } = await requestWith({ ENDPOINT: 'http://127.0.0.1:PORT' });
    expect(headers['user-agent']).toBe(`Spanseal-OTLP-Exporter-JavaScript/${version}`);
    const receiver = await startGrpc();
    await sendOne({ protocol: 'grpc', url: receiver.url });
    expect(receiver.arrived()[0]?.headers['user-agent']).toMatch(
      `Spanseal-OTLP-Exporter-JavaScript/${version} grpc-node-js/`,
    );
  });
});
