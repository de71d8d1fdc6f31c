import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  type CertificateAuthority,
  createCertificateAuthority,
  type IssuedCertificate,
  loadLine,
} from '@spanseal/test-kit';
import { SignedOtlpExporter } from '../src/index.js';
import { exportOnce, type Receiver, type ReceiverOptions, startReceiver } from './receivers.js';

let authority: CertificateAuthority;
let other: CertificateAuthority;
let server: IssuedCertificate;
let folder: string;
const hosts = ['localhost'];

beforeAll(async () => {
  authority = await createCertificateAuthority();
  other = await createCertificateAuthority('Another authority');
  server = await authority.issue({ commonName: 'receiver', hosts });
  folder = mkdtempSync(join(tmpdir(), 'spanseal-renewal-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const path = (name: string) => join(folder, name);
const write = (name: string, content: string) => writeFileSync(path(name), content);
const issueClient = (commonName: string) => authority.issue({ commonName, hosts: [], client: true });

/** Files were read by then, on a loaded machine too. */
const readingMillis = 1000;
const realNow = Date.now;
let aheadMillis = 0;
beforeAll(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + aheadMillis);
});
afterAll(() => {
  jest.restoreAllMocks();
});

/** Lets the exporter's clock go on; files are looked at every five seconds. */
function passSeconds(seconds: number): void {
  aheadMillis += seconds * 1000;
}

function recordWarnings(): string[] {
  const warnings: string[] = [];
  const diag = Reflect.get(loadLine('3.1').api, 'diag') as {
    setLogger(logger: object): void;
    disable(): void;
  };
  const none = () => undefined;
  const warn = (text: string) => warnings.push(text);
  diag.setLogger({ warn, error: none, info: none, debug: none, verbose: none });
  warnings.length = 0;
  stops.push(() => diag.disable());
  return warnings;
}

describe.each(['grpc', 'http/protobuf'] as const)('over %s', (protocol) => {
  async function start(options: ReceiverOptions = {}): Promise<Receiver> {
    const tls = { ...server, clientCaPem: `${authority.certPem}\n${other.certPem}` };
    const receiver = await startReceiver(protocol, { tls, ...options });
    stops.push(() => receiver.stop());
    return receiver;
  }

  function connect({ url }: Receiver): SignedOtlpExporter {
    const tls = { ca: path('ca.pem'), cert: path('cert.pem'), key: path('key.pem') };
    const exporter = new SignedOtlpExporter({ protocol, url, tls, timeoutMillis: 10_000 });
    stops.push(() => exporter.shutdown());
    return exporter;
  }

  async function writeAll(commonName: string): Promise<void> {
    const client = await issueClient(commonName);
    write('ca.pem', authority.certPem);
    write('cert.pem', client.certPem);
    write('key.pem', client.keyPem);
  }

  /** The first request after a while looks at the files, and does not wait for what it finds. */
  async function look(exporter: SignedOtlpExporter): Promise<void> {
    passSeconds(6);
    expect((await exportOnce(exporter)).code).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, readingMillis));
  }

  test('a new certificate is used without a restart', async () => {
    await writeAll('before');
    const receiver = await start();
    const exporter = connect(receiver);
    expect((await exportOnce(exporter)).code).toBe(0);
    await writeAll('after');
    // Nothing is looked at in the meantime.
    expect((await exportOnce(exporter)).code).toBe(0);
    await look(exporter);
    expect((await exportOnce(exporter)).code).toBe(0);
    expect(receiver.clients()).toEqual(['before', 'before', 'before', 'after']);
  });

  test('a new authority is trusted, and the one of before no more', async () => {
    await writeAll('client');
    const receiver = await start();
    const exporter = connect(receiver);
    expect((await exportOnce(exporter)).code).toBe(0);
    write('ca.pem', other.certPem);
    await look(exporter);
    receiver.renew({
      ...(await other.issue({ commonName: 'receiver', hosts })),
      clientCaPem: authority.certPem,
    });
    expect((await exportOnce(exporter)).code).toBe(0);
    receiver.renew({ ...server, clientCaPem: authority.certPem });
    write('ca.pem', `${other.certPem}\n`);
    await look(exporter);
    // By gRPC it is tried again until the deadline.
    expect((await exportOnce(exporter)).code).toBe(1);
  });

  test('a file that is written by halves changes nothing, and is told of once', async () => {
    await writeAll('before');
    const receiver = await start();
    const exporter = connect(receiver);
    const warnings = recordWarnings();
    const next = await issueClient('after');
    write('cert.pem', next.certPem);
    await look(exporter);
    await look(exporter);
    expect((await exportOnce(exporter)).code).toBe(0);
    const told = expect.stringContaining('TLS stays as it is: options.tls.key: expected a private key');
    expect(warnings).toEqual([told]);
    // Then the other half comes.
    write('key.pem', next.keyPem);
    await look(exporter);
    expect((await exportOnce(exporter)).code).toBe(0);
    expect(receiver.clients()).toEqual(['before', 'before', 'before', 'before', 'after']);
    expect(warnings).toHaveLength(1);
  });

  test('a file that is gone changes nothing, and is told of once', async () => {
    await writeAll('client');
    const exporter = connect(await start());
    const warnings = recordWarnings();
    rmSync(path('ca.pem'));
    await look(exporter);
    await look(exporter);
    expect((await exportOnce(exporter)).code).toBe(0);
    expect(warnings).toEqual([
      expect.stringContaining('options.tls.ca: expected a file that can be read, got ENOENT'),
    ]);
  });

  test('nothing is told of files once the exporter has ended', async () => {
    await writeAll('client');
    const exporter = connect(await start());
    expect((await exportOnce(exporter)).code).toBe(0);
    const warnings = recordWarnings();
    // The look at the files waits for who writes into a pipe.
    rmSync(path('ca.pem'));
    execFileSync('mkfifo', [path('ca.pem')]);
    passSeconds(6);
    expect((await exportOnce(exporter)).code).toBe(0);
    await exporter.shutdown();
    await writeFile(path('ca.pem'), 'no certificate');
    rmSync(path('ca.pem'));
    await new Promise((resolve) => setTimeout(resolve, readingMillis));
    expect(warnings).toEqual([]);
  });

  test('requests on their way are not cut by a change', async () => {
    await writeAll('before');
    const waits = [4 * readingMillis, 3 * readingMillis, 3 * readingMillis, 0];
    const slow = (index: number) => ({ afterMillis: waits[index] ?? 0 });
    const receiver = await start({ http: slow, grpc: slow });
    const exporter = connect(receiver);
    const onTheWay = [exportOnce(exporter), exportOnce(exporter)];
    while (receiver.arrived().length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    await writeAll('after');
    passSeconds(6);
    onTheWay.push(exportOnce(exporter));
    await new Promise((resolve) => setTimeout(resolve, readingMillis));
    expect((await exportOnce(exporter)).code).toBe(0);
    expect((await Promise.all(onTheWay)).map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(receiver.clients()).toEqual(['before', 'before', 'before', 'after']);
    expect(exporter.counters()).toMatchObject({ delivered: 4, retries: 0 });
  });
});
