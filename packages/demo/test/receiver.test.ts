import { once } from 'node:events';
import { connect, createSecureContext } from 'node:tls';
import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { issueServerCertificate, type ServerCertificate } from '../src/certificate.js';
import { type Receiver, startReceiver } from '../src/receiver.js';

const end = new AbortController();
let certificate: ServerCertificate;
let receiver: Receiver;

beforeAll(async () => {
  certificate = await issueServerCertificate();
  receiver = await startReceiver(certificate, end.signal);
});
afterAll(() => end.abort());

function send(bytes: Buffer, authority: string): Promise<ServiceError | null> {
  const secure = credentials.createFromSecureContext(
    createSecureContext({ ca: authority, minVersion: 'TLSv1.3' }),
  );
  const client = new Client(`localhost:${receiver.port}`, secure);
  const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
  const asIs = (value: Buffer): Buffer => value;
  return new Promise((resolve) => {
    const options = { deadline: Date.now() + 5_000 };
    client.makeUnaryRequest(path, asIs, asIs, bytes, options, (error) => {
      client.close();
      resolve(error);
    });
  });
}

test('the receiver keeps a request byte for byte, over TLS 1.3', async () => {
  const bytes = Buffer.from([10, 0, 255, 1]);
  expect(await send(bytes, certificate.authority)).toBeNull();
  expect(receiver.requests.map((request) => Buffer.from(request))).toEqual([bytes]);
  expect([...receiver.protocols]).toEqual(['TLSv1.3']);
});

test('a client that trusts another authority does not send', async () => {
  const other = await issueServerCertificate();
  const before = receiver.requests.length;
  expect(await send(Buffer.from('x'), other.authority)).not.toBeNull();
  expect(receiver.requests).toHaveLength(before);
});

test('TLS 1.2 is refused', async () => {
  const socket = connect({
    port: receiver.port,
    host: '127.0.0.1',
    servername: 'localhost',
    ca: certificate.authority,
    maxVersion: 'TLSv1.2',
  });
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
});
