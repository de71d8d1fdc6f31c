import { EventEmitter } from 'node:events';
import type { SecureVersion, Server as TlsServer } from 'node:tls';
import { Metadata, Server, ServerCredentials, type ServerUnaryCall, status } from '@grpc/grpc-js';

/** The PEM texts that a TLS server needs. */
export interface ReceiverTls {
  readonly certPem: string;
  readonly keyPem: string;
  /** Asks every client for a certificate of this authority, and refuses those that have none. */
  readonly clientCaPem?: string;
}

/** What a receiver does with a request that it has read: `hang` never answers. */
export type GrpcAnswer =
  | 'hang'
  | {
      /** A status of gRPC. Default: 0, OK. */
      readonly code?: number;
      /** When the client may try again, in milliseconds, as a google.rpc.RetryInfo. */
      readonly retryMillis?: number;
      readonly message?: Uint8Array;
      /** Before it is sent. */
      readonly afterMillis?: number;
    };

/** Options of {@link startGrpcReceiver}. */
export interface GrpcReceiverOptions {
  /** Without it the receiver speaks plain text. */
  readonly tls?: ReceiverTls;
  /** Oldest TLS version that is accepted. Default: Node's. */
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  /** Default: a free one. */
  readonly port?: number;
  /**
   * Asked before each answer: a number is a gRPC status code. One other than 0 refuses the request, which is recorded all the
   * same. Default: an empty response.
   */
  readonly answer?: (index: number) => number | GrpcAnswer;
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
  /** Other certificates for new connections. */
  renew(tls: ReceiverTls): void;
  /** Cuts all connections and frees the port. */
  stop(): void;
}

const method = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const asIs = (bytes: Buffer): Buffer => bytes;

/** grpc-js's own `createSsl` cannot set a minimum TLS version; the class that it extends takes all of Node's options. */
class TlsCredentials extends ServerCredentials {
  constructor(tls: ReceiverTls, versions: TlsVersions) {
    const asksClients = tls.clientCaPem !== undefined;
    super({ requestCert: asksClients, rejectUnauthorized: asksClients }, contextOf(tls, versions));
  }

  override _equals(other: ServerCredentials): boolean {
    return other === this;
  }
}

/** Starts an OTLP/gRPC trace receiver on a free port of the loopback interface. It answers with an empty response. */
export async function startGrpcReceiver(options: GrpcReceiverOptions = {}): Promise<GrpcReceiver> {
  const { tls, port: wanted = 0, answer = () => status.OK } = options;
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  const record = { requests: [], metadata: [], clients: [], tlsVersions: [] } satisfies Partial<GrpcReceiver>;
  const handled: Handled = { ...record, answer };
  server.register(method, (call: Call, done: Done) => handle(handled, call, done), asIs, asIs, 'unary');
  const credentials =
    tls === undefined ? ServerCredentials.createInsecure() : new TlsCredentials(tls, options);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${wanted}`, credentials, (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const secure = tls === undefined ? [] : http2Servers(server);
  // grpc-js shows neither socket nor session to a handler.
  for (const each of secure)
    each.on('secureConnection', (socket) => handled.tlsVersions.push(socket.getProtocol() ?? 'unknown'));
  const renew = (next: ReceiverTls): void => {
    for (const each of secure) each.setSecureContext(contextOf(next, options));
  };
  const { requests, metadata, clients, tlsVersions } = handled;
  const url = `${tls === undefined ? 'http' : 'https'}://localhost:${port}`;
  return { url, port, requests, metadata, clients, tlsVersions, renew, stop: () => server.forceShutdown() };
}

type Call = ServerUnaryCall<Buffer, Buffer>;
type Done = (error: { code: number; details: string; metadata: Metadata } | null, response?: Buffer) => void;
type Handled = Pick<GrpcReceiver, 'requests' | 'metadata' | 'clients' | 'tlsVersions'> & {
  answer: (index: number) => number | GrpcAnswer;
};

function handle(handled: Handled, call: Call, done: Done): void {
  handled.requests.push(new Uint8Array(call.request));
  handled.metadata.push(textMetadata(call.metadata));
  const name = call.getAuthContext().sslPeerCertificate?.subject?.CN;
  handled.clients.push(typeof name === 'string' ? name : undefined);
  const given = handled.answer(handled.requests.length - 1);
  const answer = typeof given === 'number' ? { code: given } : given;
  if (answer === 'hang') return;
  const { code = status.OK, message = new Uint8Array(), retryMillis, afterMillis = 0 } = answer;
  const metadata = new Metadata();
  if (retryMillis !== undefined) metadata.set('grpc-status-details-bin', retryStatus(code, retryMillis));
  const give = (): void => {
    if (code === status.OK) done(null, Buffer.from(message));
    else done({ code, details: 'refused by the test', metadata });
  };
  if (afterMillis === 0) give();
  else setTimeout(give, afterMillis).unref();
}

/** A google.rpc.Status with a google.rpc.RetryInfo, in protobuf. */
function retryStatus(code: number, millis: number): Buffer {
  const duration = Buffer.from([
    ...[0x08, ...varint(Math.floor(millis / 1000))],
    ...[0x10, ...varint((millis % 1000) * 1e6)],
  ]);
  const url = Buffer.from('type.googleapis.com/google.rpc.RetryInfo');
  const any = Buffer.concat([block(0x0a, url), block(0x12, block(0x0a, duration))]);
  return Buffer.concat([Buffer.from([0x08, code]), block(0x1a, any)]);
}

function block(tag: number, bytes: Uint8Array): Buffer {
  return Buffer.from([tag, ...varint(bytes.length), ...bytes]);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))];
}

function textMetadata(metadata: Metadata): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata.getMap()).map(([key, value]) => [key, String(value)]));
}

/** The servers that grpc-js keeps to itself. */
function http2Servers(server: Server): TlsServer[] {
  const servers: unknown = Reflect.get(server, 'http2Servers');
  const found =
    servers instanceof Map ? [...servers.keys()].filter((each) => each instanceof EventEmitter) : [];
  if (found.length === 0) throw new Error('this version of grpc-js keeps its HTTP/2 servers elsewhere');
  return found as unknown as TlsServer[];
}

type TlsVersions = Pick<GrpcReceiverOptions, 'minVersion' | 'maxVersion'>;

function contextOf({ certPem, keyPem, clientCaPem }: ReceiverTls, { minVersion, maxVersion }: TlsVersions) {
  return {
    ...{ cert: certPem, key: keyPem },
    ...(clientCaPem !== undefined && { ca: clientCaPem }),
    ...(minVersion !== undefined && { minVersion }),
    ...(maxVersion !== undefined && { maxVersion }),
  };
}
