import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { type SecureVersion, TLSSocket } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import type { ReceiverTls } from './grpc-receiver.js';

/**
 * What a receiver does with a request that it has read: an answer, or one of the ways in which receivers fail: `hang` never answers,
 * `reset` cuts the connection, `cut` does so in the middle of an answer, and `endless` is an answer that goes on and on.
 */
export type HttpAnswer =
  | 'hang'
  | 'reset'
  | 'cut'
  | 'endless'
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
      /** Before it is sent. */
      readonly afterMillis?: number;
    };

export interface HttpReceiverOptions {
  /** Without it the receiver speaks plain text. */
  readonly tls?: ReceiverTls;
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  /** Default: a free one. */
  readonly port?: number;
  /** Asked for each request, which is recorded all the same. Default: an empty answer with status 200. */
  readonly answer?: (index: number) => HttpAnswer;
}

/** A request as it came, its body without its content coding. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
  readonly atMillis: number;
  /** Counts the connections, from 0. */
  readonly connection: number;
  readonly tlsVersion: string | undefined;
  /** The common name of the client's certificate. */
  readonly client: string | undefined;
}

export interface HttpReceiver {
  /** `https://localhost:PORT/v1/traces`, or `http:` without TLS. */
  readonly url: string;
  readonly port: number;
  readonly requests: ReceivedRequest[];
  /** Cuts the connections that no request is on, as a server does after a while. */
  dropIdle(): void;
  /** Other certificates for new connections. */
  renew(tls: ReceiverTls): void;
  /** Cuts all connections and frees the port. */
  stop(): Promise<void>;
}

/** Starts an OTLP/HTTP receiver on a free port of the loopback interface. */
export async function startHttpReceiver(options: HttpReceiverOptions = {}): Promise<HttpReceiver> {
  const { tls, minVersion, maxVersion, port: wanted = 0, answer = () => ({}) } = options;
  const requests: ReceivedRequest[] = [];
  const connections: Socket[] = [];
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const index = requests.length;
      requests.push(received(request, Buffer.concat(chunks), connections.indexOf(request.socket)));
      give(answer(index), response);
    });
  };
  const versions = {
    ...(minVersion !== undefined && { minVersion }),
    ...(maxVersion !== undefined && { maxVersion }),
  };
  const server =
    tls === undefined
      ? createPlainServer(handle)
      : createSecureServer({ ...pemOf(tls), ...versions }, handle);
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    connections.push(socket);
  });
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://localhost:${port}/v1/traces`,
    port,
    requests,
    dropIdle: () => server.closeIdleConnections(),
    renew: (next) => (server as SecureServer).setSecureContext({ ...pemOf(next), ...versions }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pemOf({ certPem, keyPem, clientCaPem }: ReceiverTls) {
  const client = clientCaPem !== undefined;
  return {
    ...{ cert: certPem, key: keyPem, requestCert: client, rejectUnauthorized: client },
    ...(client && { ca: clientCaPem }),
  };
}

function received(request: IncomingMessage, body: Buffer, connection: number): ReceivedRequest {
  const { method = '', url = '', headers, socket } = request;
  const isZipped = headers['content-encoding'] === 'gzip';
  const isSecure = socket instanceof TLSSocket;
  const name = isSecure ? socket.getPeerCertificate().subject?.CN : undefined;
  return {
    ...{ method, path: url, headers, connection, atMillis: Date.now() },
    body: new Uint8Array(isZipped ? gunzipSync(body) : body),
    tlsVersion: isSecure ? (socket.getProtocol() ?? undefined) : undefined,
    client: typeof name === 'string' ? name : undefined,
  };
}

function give(answer: HttpAnswer, response: ServerResponse): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (answer === 'cut') {
    response.writeHead(200, { 'content-length': '100' });
    response.write('0123456789', () => response.socket?.destroy());
    return;
  }
  if (answer === 'endless') {
    response.writeHead(200);
    Readable.from(endless()).pipe(response);
    return;
  }
  const { status = 200, headers = {}, body = '', afterMillis = 0 } = answer;
  setTimeout(() => response.writeHead(status, headers).end(body), afterMillis).unref();
}

function* endless(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(16 * 1024, 0x20);
}
