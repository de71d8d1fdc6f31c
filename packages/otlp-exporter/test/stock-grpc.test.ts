import { credentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createKeyRing, createVerifier, generateSecret, type KeyRing, type Report } from '@spanseal/seal';
import {
  type CertificateAuthority,
  createCertificateAuthority,
  type GrpcReceiver,
  type IssuedCertificate,
  loadLines,
  type SdkLine,
  startGrpcReceiver,
} from '@spanseal/test-kit';
import { SigningSpanExporter } from '../src/index.js';
import { makeSpans } from './complete-spans.js';

let authority: CertificateAuthority;
let server: IssuedCertificate;
let client: IssuedCertificate;

beforeAll(async () => {
  authority = await createCertificateAuthority();
  server = await authority.issue({ commonName: 'receiver', hosts: ['localhost', '127.0.0.1'] });
  client = await authority.issue({ commonName: 'checkout', hosts: [], client: true });
});

/** A receiver that takes TLS 1.3 only, from clients of the authority only. */
async function startReceiver(): Promise<GrpcReceiver> {
  return startGrpcReceiver({
    tls: { certPem: server.certPem, keyPem: server.keyPem, clientCaPem: authority.certPem },
    minVersion: 'TLSv1.3',
  });
}

function stockExporter(line: SdkLine, url: string) {
  const tls = credentials.createSsl(
    Buffer.from(authority.certPem),
    Buffer.from(client.keyPem),
    Buffer.from(client.certPem),
  );
  return new line.GrpcExporter({ url, credentials: tls });
}

function verify(keyRing: KeyRing, requests: readonly Uint8Array[]): Report {
  const verifier = createVerifier({ keyRing, nowMillis: Date.now() });
  for (const request of requests) verifier.add(request);
  return verifier.finish();
}

describe.each(loadLines())('around the stock OTLP/gRPC exporter of the $name line', (line) => {
  let receiver: GrpcReceiver;
  afterAll(() => receiver.stop());

  test('every span arrives sealed over TLS 1.3 with a client certificate, and verifies', async () => {
    receiver = await startReceiver();
    const keyRing = createKeyRing({ realm: 'test', primary: { id: 'k-1', secret: generateSecret() } });
    const exporter = new SigningSpanExporter(stockExporter(line, receiver.url), { keyRing });
    const provider = line.createProvider({
      spanProcessors: [line.batchProcessor(exporter, { maxExportBatchSize: 7 })],
      resource: { 'service.name': 'checkout', 'service.version': '1.2.3', 'host.name': 'web-1' },
    });
    makeSpans(line, provider.getTracer('app', '1.0.0'));
    await provider.forceFlush();
    await provider.shutdown();

    expect(receiver.requests.length).toBeGreaterThan(1);
    expect(new Set(receiver.tlsVersions)).toEqual(new Set(['TLSv1.3']));
    expect(new Set(receiver.clients)).toEqual(new Set(['checkout']));
    const report = verify(keyRing, receiver.requests);
    expect(report).toMatchObject({
      result: 'intact',
      streams: [{ verdict: 'complete', spans: 20, missing: [] }],
    });
    // The exporters of the 2.0 line do not write flags, which only the exact profile covers.
    const verdict = line.name === '2.0' ? 'valid-core' : 'valid';
    expect(report.spans).toMatchObject({ total: 20, [verdict]: 20, invalid: 0 });
    expect(exporter.counters()).toMatchObject({ sealed: 20, refused: 0, failedExports: 0, checkpoints: 1 });
  });
});
