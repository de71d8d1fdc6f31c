import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCertificateAuthority } from '@spanseal/test-kit';
import { freePort, type LoopbackServer, startServer } from './loopback-server.js';

const securities = ['plaintext', 'TLS', 'mutual TLS'] as const;
const protocols = ['grpc', 'http/protobuf', 'http/json'] as const;
const compressions = ['none', 'gzip'] as const;

/** As much of an exporter's options as says how it sends. */
export interface Route {
  readonly protocol: (typeof protocols)[number];
  readonly compression: (typeof compressions)[number];
  readonly url: string;
  readonly tls?: Readonly<Record<string, string>>;
}

interface Ports {
  readonly grpc: number;
  readonly http: number;
}

/** A Collector that takes requests in plaintext, over TLS 1.3, and over mutual TLS, and writes what it got. */
export interface SecureCollector {
  /** Every way to send to it. */
  readonly routes: readonly Route[];
  stop(): Promise<void>;
}

/** @param folder gets the certificates, `signed.jsonl` and `signed.binpb`. */
export async function startSecureCollector(folder: string): Promise<SecureCollector> {
  const command = process.env['SPANSEAL_COLLECTOR'];
  if (!command) throw new Error('SPANSEAL_COLLECTOR is not set: run npm run e2e');
  const at = (name: string) => join(folder, name);
  await writeCertificates(at);
  const ports: Ports[] = [];
  for (const _ of securities) ports.push({ grpc: await freePort(), http: await freePort() });
  writeFileSync(at('secure.yaml'), configOf(ports, at));
  const address = `http://127.0.0.1:${ports[0]?.http}`;
  const server: LoopbackServer = await startServer({
    command,
    args: ['--config', at('secure.yaml')],
    address,
  });
  return { routes: routesTo(ports, at), stop: () => server.stop() };
}

async function writeCertificates(at: (name: string) => string): Promise<void> {
  const authority = await createCertificateAuthority();
  const server = await authority.issue({ commonName: 'collector', hosts: ['localhost'] });
  const client = await authority.issue({ commonName: 'shop', hosts: [], client: true });
  writeFileSync(at('ca.pem'), authority.certPem);
  writeFileSync(at('server.pem'), server.certPem);
  writeFileSync(at('server-key.pem'), server.keyPem);
  writeFileSync(at('client.pem'), client.certPem);
  writeFileSync(at('client-key.pem'), client.keyPem);
}

function routesTo(ports: readonly Ports[], at: (name: string) => string): Route[] {
  const trusted = { ca: at('ca.pem') };
  const known = { ...trusted, cert: at('client.pem'), key: at('client-key.pem') };
  return ports.flatMap(({ grpc, http }, index) =>
    protocols.flatMap((protocol) =>
      compressions.map((compression) => {
        const place = protocol === 'grpc' ? `localhost:${grpc}` : `localhost:${http}/v1/traces`;
        const url = `${index === 0 ? 'http' : 'https'}://${place}`;
        return { protocol, compression, url, ...(index > 0 && { tls: index === 1 ? trusted : known }) };
      }),
    ),
  );
}

/** The configuration, as JSON, which is YAML. */
function configOf(ports: readonly Ports[], at: (name: string) => string): string {
  const secure = { cert_file: at('server.pem'), key_file: at('server-key.pem'), min_version: '1.3' };
  const tls = [undefined, secure, { ...secure, client_ca_file: at('ca.pem') }];
  const receivers = ports.map(({ grpc, http }, index) => [
    `otlp/${index}`,
    {
      protocols: {
        grpc: { endpoint: `127.0.0.1:${grpc}`, tls: tls[index] },
        http: { endpoint: `127.0.0.1:${http}`, tls: tls[index] },
      },
    },
  ]);
  return JSON.stringify({
    receivers: Object.fromEntries(receivers),
    exporters: {
      'file/json': { path: at('signed.jsonl') },
      'file/proto': { path: at('signed.binpb'), format: 'proto' },
    },
    service: {
      telemetry: { metrics: { level: 'none' }, logs: { level: 'warn' } },
      pipelines: {
        traces: { receivers: receivers.map(([name]) => name), exporters: ['file/json', 'file/proto'] },
      },
    },
  });
}
