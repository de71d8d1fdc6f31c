import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { type ChannelCredentials, Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CertificateAuthority,
  createCertificateAuthority,
  type GrpcReceiver,
  type IssuedCertificate,
  loadLines,
  startGrpcReceiver,
} from '../src/index.js';

const method = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const asIs = (bytes: Buffer): Buffer => bytes;
let authority: CertificateAuthority;
let tls: IssuedCertificate;
let receiver: GrpcReceiver | undefined;

beforeAll(async () => {
  authority = await createCertificateAuthority();
  tls = await authority.issue({ commonName: 'collector', hosts: ['localhost', '127.0.0.1'] });
});
afterEach(() => receiver?.stop());

function call(port: number, channel: ChannelCredentials, bytes: Buffer): Promise<Buffer | ServiceError> {
  const client = new Client(`localhost:${port}`, channel);
  return new Promise((resolve) => {
    const deadline = new Date(Date.now() + 5000);
    client.makeUnaryRequest(method, asIs, asIs, bytes, { deadline }, (error, response) => {
      client.close();
      resolve(error ?? response ?? Buffer.from('nothing'));
    });
  });
}

function trusting(client?: IssuedCertificate): ChannelCredentials {
  const root = Buffer.from(authority.certPem);
  if (client === undefined) return credentials.createSsl(root);
  return credentials.createSsl(root, Buffer.from(client.keyPem), Buffer.from(client.certPem));
}

async function handshake(options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket: TLSSocket = connect({
      host: 'localhost',
      ALPNProtocols: ['h2'],
      ca: authority.certPem,
      ...options,
    });
    socket.on('error', (error) => resolve(error.message));
    socket.on('secureConnect', () => {
      resolve(socket.getProtocol() ?? 'unknown');
      socket.destroy();
    });
  });
}

describe('the receiver', () => {
  test('records the bytes as they came and answers with nothing', async () => {
    receiver = await startGrpcReceiver({ tls });
    const answer = await call(receiver.port, trusting(), Buffer.from('not even protobuf'));
    expect(answer).toEqual(Buffer.alloc(0));
    expect(receiver.requests.map((bytes) => Buffer.from(bytes).toString())).toEqual(['not even protobuf']);
    expect(receiver.tlsVersions).toEqual(['TLSv1.3']);
    expect(receiver.metadata[0]?.['user-agent']).toMatch(/^grpc-node-js/);
    expect(receiver.clients).toEqual([undefined]);
  });

  test('refuses with the status it is told, and records all the same', async () => {
    receiver = await startGrpcReceiver({ tls, answer: () => status.UNAVAILABLE });
    const answer = await call(receiver.port, trusting(), Buffer.from('x'));
    expect(answer).toMatchObject({ code: status.UNAVAILABLE });
    expect(receiver.requests).toHaveLength(1);
  });

  test('speaks TLS 1.2 unless told otherwise, and only 1.3 when told so', async () => {
    receiver = await startGrpcReceiver({ tls });
    expect(await handshake({ port: receiver.port, maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    receiver.stop();
    receiver = await startGrpcReceiver({ tls, minVersion: 'TLSv1.3' });
    expect(await handshake({ port: receiver.port, maxVersion: 'TLSv1.2' })).toMatch(/protocol version/);
    expect(await handshake({ port: receiver.port })).toBe('TLSv1.3');
  });

  test('asks for a client certificate of the authority when told so', async () => {
    receiver = await startGrpcReceiver({ tls: { ...tls, clientCaPem: authority.certPem } });
    const client = await authority.issue({ commonName: 'checkout', hosts: [], client: true });
    expect(await call(receiver.port, trusting(client), Buffer.from('x'))).toEqual(Buffer.alloc(0));
    expect(receiver.clients).toEqual(['checkout']);
    expect(await call(receiver.port, trusting(), Buffer.from('x'))).toMatchObject({
      code: status.UNAVAILABLE,
    });
    expect(receiver.requests).toHaveLength(1);
  });

  test('is refused by a client that checks when its certificate is expired or of another authority', async () => {
    const notAfter = new Date(Date.now() - 60_000);
    const expired = await authority.issue({ commonName: 'collector', hosts: ['localhost'], notAfter });
    receiver = await startGrpcReceiver({ tls: expired });
    expect(await handshake({ port: receiver.port })).toMatch(/expired/);
    receiver.stop();
    const other = await createCertificateAuthority();
    receiver = await startGrpcReceiver({ tls: await other.issue({ commonName: 'c', hosts: ['localhost'] }) });
    expect(await handshake({ port: receiver.port })).toMatch(/certificate/);
  });

  test.each(loadLines())('takes spans from the stock exporter of SDK $name', async (line) => {
    receiver = await startGrpcReceiver();
    const exporter = new line.GrpcExporter({ url: receiver.url });
    const provider = line.createProvider({ spanProcessors: [line.simpleProcessor(exporter)] });
    provider.getTracer('t').startSpan('GET /orders').end();
    await provider.forceFlush();
    await provider.shutdown();
    expect(Buffer.concat(receiver.requests).toString()).toContain('GET /orders');
  });
});
