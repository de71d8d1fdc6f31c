import { EventEmitter } from 'node:events';
import type { SecureVersion } from 'node:tls';
import { type Metadata, Server, ServerCredentials, type ServerUnaryCall, status } from '@grpc/grpc-js';

/** The PEM texts that a TLS server needs. */
export interface ReceiverTls {
  readonly certPem: string;
  readonly keyPem: string;
  /** Asks every client for a certificate of this authority, and refuses those that have none. */
  readonly clientCaPem?: string;
}

/** Options of {@link startGrpcReceiver}. */
export interface GrpcReceiverOptions {
  /** Without it the receiver speaks plain text. */
  readonly tls?: ReceiverTls;
  /** Oldest TLS version that is accepted. Default: Node's. */
  readonly minVersion?: SecureVersion;
  /** Asked before each answer: a gRPC status code other than 0 refuses the request, which is recorded all the same. */
  readonly answer?: () => number;
}

/** A running receiver. */
export interface GrpcReceiver {
  /** `https://localhost:PORT`, or `http:` without TLS. */
  readonly url: string;
  readonly port: number;
  /** The bytes of each ExportTraceServiceRequest, as they came. */
  readonly requests: Uint8Array[];
  /** The metadata of each request, values as text. */
  readonly metadata: Record<string, string>[];
  /** The TLS version of each connection that was made, for example `TLSv1.3`. */
  readonly tlsVersions: string[];
  /** The common name of the client's certificate for each request; undefined without one. */
  readonly clients: (string | undefined)[];
  /** Cuts all connections and frees the port. */
  stop(): void;
}

const method = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const asIs = (bytes: Buffer): Buffer => bytes;

/** grpc-js's own `createSsl` cannot set a minimum TLS version; the class that it extends takes all of Node's options. */
class TlsCredentials extends ServerCredentials {
  constructor({ certPem, keyPem, clientCaPem }: ReceiverTls, minVersion: SecureVersion | undefined) {
    super(
      { requestCert: clientCaPem !== undefined, rejectUnauthorized: clientCaPem !== undefined },
      {
        cert: certPem,
        key: keyPem,
        ...(clientCaPem === undefined ? {} : { ca: clientCaPem }),
        ...(minVersion === undefined ? {} : { minVersion }),
      },
    );
  }

  override _equals(other: ServerCredentials): boolean {
    return other === this;
  }
}

/** Starts an OTLP/gRPC trace receiver on a free port of the loopback interface. It answers with an empty response. */
export async function startGrpcReceiver(options: GrpcReceiverOptions = {}): Promise<GrpcReceiver> {
  const { tls, minVersion, answer = () => status.OK } = options;
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  const record = { requests: [], metadata: [], clients: [], tlsVersions: [] } satisfies Partial<GrpcReceiver>;
  const handled: Handled = { ...record, answer };
  server.register(method, (call: Call, done: Done) => handle(handled, call, done), asIs, asIs, 'unary');
  const credentials =
    tls === undefined ? ServerCredentials.createInsecure() : new TlsCredentials(tls, minVersion);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  if (tls !== undefined) watchTlsVersions(server, handled.tlsVersions);
  const { requests, metadata, clients, tlsVersions } = handled;
  const url = `${tls === undefined ? 'http' : 'https'}://localhost:${port}`;
  return { url, port, requests, metadata, clients, tlsVersions, stop: () => server.forceShutdown() };
}

type Call = ServerUnaryCall<Buffer, Buffer>;
type Done = (error: { code: number; details: string } | null, response?: Buffer) => void;
type Handled = Pick<GrpcReceiver, 'requests' | 'metadata' | 'clients' | 'tlsVersions'> & {
  answer: () => number;
};

function handle(handled: Handled, call: Call, done: Done): void {
  handled.requests.push(new Uint8Array(call.request));
  handled.metadata.push(textMetadata(call.metadata));
  const name = call.getAuthContext().sslPeerCertificate?.subject?.CN;
  handled.clients.push(typeof name === 'string' ? name : undefined);
  const code = handled.answer();
  if (code === status.OK) done(null, Buffer.alloc(0));
  else done({ code, details: 'refused by the test' });
}

function textMetadata(metadata: Metadata): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata.getMap()).map(([key, value]) => [key, String(value)]));
}

/** grpc-js shows neither socket nor session to a handler, so the version is read where its private servers accept. */
function watchTlsVersions(server: Server, versions: string[]): void {
  const servers: unknown = Reflect.get(server, 'http2Servers');
  const emitters = servers instanceof Map ? [...servers.keys()].filter(isEmitter) : [];
  if (emitters.length === 0) throw new Error('this version of grpc-js keeps its HTTP/2 servers elsewhere');
  for (const emitter of emitters) {
    emitter.on('secureConnection', (socket) => versions.push(socket.getProtocol() ?? 'unknown'));
  }
}

const isEmitter = (value: unknown): value is EventEmitter => value instanceof EventEmitter;
