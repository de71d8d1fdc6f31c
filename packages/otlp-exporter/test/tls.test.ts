import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CertificateAuthority,
  createCertificateAuthority,
  type IssuedCertificate,
} from '@spanseal/test-kit';
import { SignedOtlpExporter, type SignedOtlpExporterOptions, type TlsOptions } from '../src/index.js';
import { pinOf } from './pin-of.js';
import {
  exportOnce,
  faultsOf,
  type Receiver,
  type ReceiverOptions,
  startReceiver,
  withVariables,
} from './receivers.js';

let authority: CertificateAuthority;
let other: CertificateAuthority;
let server: IssuedCertificate;
let client: IssuedCertificate;
let folder: string;
const hosts = ['localhost', '127.0.0.1'];

beforeAll(async () => {
  authority = await createCertificateAuthority();
  other = await createCertificateAuthority('Another authority');
  server = await authority.issue({ commonName: 'receiver', hosts });
  client = await authority.issue({ commonName: 'checkout', hosts: [], client: true });
  folder = mkdtempSync(join(tmpdir(), 'spanseal-tls-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe.each(['grpc', 'http/protobuf', 'http/json'] as const)('over %s', (protocol) => {
  async function start(options: ReceiverOptions = {}): Promise<Receiver> {
    const receiver = await startReceiver(protocol, { tls: server, ...options });
    stops.push(() => receiver.stop());
    return receiver;
  }

  /** Whether a receiver takes a request, and the reason when it does not. */
  async function send(receiver: Receiver, tls: TlsOptions, options: SignedOtlpExporterOptions = {}) {
    const exporter = new SignedOtlpExporter({
      protocol,
      url: receiver.url,
      timeoutMillis: 900,
      tls,
      ...options,
    });
    const { code, error } = await exportOnce(exporter);
    await exporter.shutdown();
    expect(receiver.arrived()).toHaveLength(code === 0 ? 1 : 0);
    // A loaded machine may not even get as far as to know that there is no connection.
    const got = error?.faults[0]?.got.replace('DEADLINE_EXCEEDED', 'UNAVAILABLE');
    return code === 0 ? 'taken' : got;
  }

  /** The same, with the time that a loaded machine takes. */
  const take: typeof send = (receiver, tls, options) =>
    send(receiver, tls, { timeoutMillis: 20_000, ...options });

  /** gRPC tells of no connection, HTTP of what Node.js or OpenSSL called it. */
  const refused = (code: string) => (protocol === 'grpc' ? 'gRPC status UNAVAILABLE' : code);

  test('it is TLS 1.3 with the authority that was given', async () => {
    const receiver = await start();
    expect(await take(receiver, { ca: authority.certPem })).toBe('taken');
    expect(receiver.tlsVersions()).toEqual(['TLSv1.3']);
  });

  test('a receiver that has no more than TLS 1.2 is refused, unless that is opted for', async () => {
    const old = { maxVersion: 'TLSv1.2' } as const;
    const receiver = await start(old);
    expect(await send(receiver, { ca: authority.certPem })).toBe(refused('EPROTO'));
    expect(await take(receiver, { ca: authority.certPem, minVersion: 'TLSv1.2' })).toBe('taken');
    expect(receiver.tlsVersions()).toEqual(['TLSv1.2']);
  });

  test('TLS 1.1 is refused even then', async () => {
    const receiver = await start({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' });
    expect(await send(receiver, { ca: authority.certPem, minVersion: 'TLSv1.2' })).not.toBe('taken');
  });

  test('an authority that nobody named is refused', async () => {
    const unknown = refused('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(await send(await start(), {})).toBe(unknown);
    expect(await send(await start(), { ca: other.certPem })).toBe(unknown);
  });

  test('of a bundle each certificate counts', async () => {
    const ca = `${other.certPem}\n# a note\n${authority.certPem}`;
    expect(await take(await start(), { ca })).toBe('taken');
  });

  test('a certificate for another host is refused', async () => {
    const tls = await authority.issue({ commonName: 'localhost', hosts: ['collector.example.com'] });
    expect(await send(await start({ tls }), { ca: authority.certPem })).toBe(
      refused('ERR_TLS_CERT_ALTNAME_INVALID'),
    );
  });

  test('an address is looked for among the addresses of the certificate', async () => {
    const receiver = await start();
    const url = receiver.url.replace('localhost', '127.0.0.1');
    expect(await take(receiver, { ca: authority.certPem }, { url })).toBe('taken');
    const named = await start({ tls: await authority.issue({ commonName: 'x', hosts: ['localhost'] }) });
    const urlOfNamed = named.url.replace('localhost', '127.0.0.1');
    expect(await send(named, { ca: authority.certPem }, { url: urlOfNamed })).toBe(
      refused('ERR_TLS_CERT_ALTNAME_INVALID'),
    );
  });

  test('an expired certificate is refused', async () => {
    const tls = await authority.issue({ commonName: 'x', hosts, notAfter: new Date(Date.now() - 1000) });
    expect(await send(await start({ tls }), { ca: authority.certPem })).toBe(refused('CERT_HAS_EXPIRED'));
  });

  test('NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing', async () => {
    // The variables of a jest sandbox are a copy, which Node.js itself does not look at.
    const { env, emitWarning } = runInThisContext('process') as NodeJS.Process;
    expect(emitWarning).toBeDefined();
    env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    stops.push(() => delete env['NODE_TLS_REJECT_UNAUTHORIZED']);
    expect(await send(await start(), { ca: other.certPem })).not.toBe('taken');
    const wrongHost = await authority.issue({ commonName: 'x', hosts: ['elsewhere'] });
    expect(await send(await start({ tls: wrongHost }), { ca: authority.certPem })).not.toBe('taken');
  });

  test('a receiver without TLS is sent nothing', async () => {
    const receiver = await start({ tls: undefined as never });
    const url = receiver.url.replace('http:', 'https:');
    expect(await send(receiver, { ca: authority.certPem }, { url })).not.toBe('taken');
  });

  describe('a pin', () => {
    test('that is the one of the certificate lets it pass, alone or among others', async () => {
      const wrong = pinOf(client.certPem);
      const right = pinOf(server.certPem);
      for (const pins of [[right], [wrong, right]])
        expect(await take(await start(), { ca: authority.certPem, pins })).toBe('taken');
    });

    test('that is another one does not, nor does that of the authority', async () => {
      for (const pem of [client.certPem, authority.certPem])
        expect(await send(await start(), { ca: authority.certPem, pins: [pinOf(pem)] })).toBe(
          refused('ERR_SPANSEAL_TLS_PIN'),
        );
    });

    test('comes on top: the host, the authority and the time are checked all the same', async () => {
      const wrongHost = await authority.issue({ commonName: 'localhost', hosts: ['elsewhere'] });
      const expired = await authority.issue({
        commonName: 'x',
        hosts,
        notAfter: new Date(Date.now() - 1000),
      });
      const unknown = await other.issue({ commonName: 'x', hosts });
      for (const tls of [wrongHost, expired, unknown])
        expect(
          await send(await start({ tls }), { ca: authority.certPem, pins: [pinOf(tls.certPem)] }),
        ).not.toBe('taken');
    });

    test('is checked for each connection', async () => {
      const receiver = await start();
      const pins = [pinOf(server.certPem)];
      const exporter = new SignedOtlpExporter({
        ...{ protocol, url: receiver.url, timeoutMillis: 4000, tls: { ca: authority.certPem, pins } },
      });
      stops.push(() => exporter.shutdown());
      expect((await exportOnce(exporter)).code).toBe(0);
      const { port } = receiver;
      await receiver.stop();
      // The same name and authority, and another key.
      const tls = await authority.issue({ commonName: 'receiver', hosts });
      const next = await start({ tls, port });
      expect((await exportOnce(exporter)).code).toBe(1);
      expect(next.arrived()).toEqual([]);
    });
  });

  describe('mutual TLS', () => {
    const mutual = () => start({ tls: { ...server, clientCaPem: authority.certPem } });

    test('shows the certificate of the client', async () => {
      const receiver = await mutual();
      const tls = { ca: authority.certPem, cert: client.certPem, key: Buffer.from(client.keyPem) };
      expect(await take(receiver, tls)).toBe('taken');
      expect(receiver.clients()).toEqual(['checkout']);
    });

    test('does not get through without one, nor with one of another authority', async () => {
      expect(await send(await mutual(), { ca: authority.certPem })).not.toBe('taken');
      const { certPem: cert, keyPem: key } = await other.issue({ commonName: 'x', hosts: [], client: true });
      expect(await send(await mutual(), { ca: authority.certPem, cert, key })).not.toBe('taken');
    });

    test('comes from the variables, those of traces first', async () => {
      const receiver = await mutual();
      const variables = {
        ...{ TRACES_CERTIFICATE: file('ca.pem', authority.certPem), CERTIFICATE: '/nowhere' },
        ...{
          CLIENT_CERTIFICATE: file('cert.pem', client.certPem),
          CLIENT_KEY: file('key.pem', client.keyPem),
        },
        ...{ TRACES_ENDPOINT: receiver.url, PROTOCOL: protocol },
      };
      const named = Object.entries(variables).map(([name, value]) => [`OTEL_EXPORTER_OTLP_${name}`, value]);
      stops.push(withVariables(Object.fromEntries(named)));
      const exporter = new SignedOtlpExporter();
      expect((await exportOnce(exporter)).code).toBe(0);
      await exporter.shutdown();
      expect(receiver.clients()).toEqual(['checkout']);
    });
  });
});

describe('What cannot be used is a fault at the start', () => {
  const faults = (tls: TlsOptions) => faultsOf({ url: 'https://localhost:4318/', tls });
  const readable = 'a file that can be read';
  const belongs = 'a private key in PEM that belongs to the certificate';
  const half = { expected: 'a client certificate and its key', got: 'one without the other' };

  test('a file that is not there, or none', () => {
    const missing = join(folder, 'missing.pem');
    expect(faults({ ca: missing })).toEqual([{ path: 'options.tls.ca', expected: readable, got: 'ENOENT' }]);
    expect(faults({ ca: folder })).toEqual([{ path: 'options.tls.ca', expected: readable, got: 'EISDIR' }]);
    expect(faults({ cert: missing, key: missing })).toEqual([
      { path: 'options.tls.cert', expected: readable, got: 'ENOENT' },
      { path: 'options.tls.key', expected: readable, got: 'ENOENT' },
    ]);
  });

  test('also when a variable names it', () => {
    for (const name of ['OTEL_EXPORTER_OTLP_CERTIFICATE', 'OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE']) {
      stops.push(withVariables({ [name]: '/nowhere/ca.pem' }));
      expect(faults({})).toEqual([{ path: name, expected: readable, got: 'ENOENT' }]);
    }
  });

  test.each<[string, () => string | Uint8Array]>([
    ['nothing in it', () => file('empty.pem', '')],
    ['white space in it', () => file('space.pem', ' \n')],
    ['no PEM in it', () => file('text.pem', 'not a certificate')],
    ['a key in it', () => client.keyPem],
    ['a broken certificate', () => authority.certPem.replace(/\n[A-Za-z0-9+/]{8}/, '\nAAAAAAAA')],
    ['half a certificate', () => authority.certPem.slice(0, -100)],
    ['a broken one beside a good one', () => `${authority.certPem}\n${other.certPem.slice(0, -100)}`],
    ['bytes', () => new Uint8Array([1, 2, 3])],
  ])('an authority with %s', (_, ca) => {
    expect(faults({ ca: ca() })).toEqual([
      { path: 'options.tls.ca', expected: 'certificates in PEM', got: 'something else' },
    ]);
  });

  test('half a pair', () => {
    expect(faults({ cert: client.certPem })).toEqual([{ path: 'options.tls.cert', ...half }]);
    expect(faults({ key: client.keyPem })).toEqual([{ path: 'options.tls.key', ...half }]);
    const name = 'OTEL_EXPORTER_OTLP_CLIENT_KEY';
    stops.push(withVariables({ [name]: file('half.pem', client.keyPem) }));
    expect(faults({})).toEqual([{ path: name, ...half }]);
  });

  test('a key that belongs to another certificate, or is none', () => {
    const fault = { path: 'options.tls.key', expected: belongs, got: 'something else' };
    expect(faults({ cert: client.certPem, key: server.keyPem })).toEqual([fault]);
    expect(faults({ cert: client.certPem, key: client.certPem })).toEqual([fault]);
    expect(faults({ cert: client.certPem, key: file('none.pem', '') })).toEqual([fault]);
  });

  test('a certificate of the client that is none', () => {
    expect(faults({ cert: client.keyPem, key: client.keyPem })).toEqual([
      { path: 'options.tls.cert', expected: 'a certificate in PEM', got: 'something else' },
    ]);
  });
});
