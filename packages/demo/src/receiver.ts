import { createServer, type TLSSocket } from 'node:tls';
import { type handleUnaryCall, Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js';
import type { ServerCertificate } from './certificate.js';
import { listenOnLoopback } from './loopback.js';

/** An OTLP/gRPC receiver over TLS that keeps what came, byte for byte. */
export interface Receiver {
  readonly port: number;
  /** Every ExportTraceServiceRequest, in order of arrival, as it came off the wire. */
  readonly requests: readonly Uint8Array[];
  /** The TLS versions that clients negotiated, such as `TLSv1.3`. */
  readonly protocols: ReadonlySet<string>;
}

const asIs = (bytes: Buffer): Buffer => bytes;

// Requests stay bytes: a receiver that decoded them could not show later what exactly had come.
const traceService: ServiceDefinition = {
  Export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  },
};

/** Starts the receiver on 127.0.0.1; TLS 1.3 or nothing. The signal ends it. */
export async function startReceiver(certificate: ServerCertificate, signal: AbortSignal): Promise<Receiver> {
  const requests: Uint8Array[] = [];
  const protocols = new Set<string>();
  const sockets = new Set<TLSSocket>();
  const grpc = new Server();
  const keep: handleUnaryCall<Buffer, Buffer> = (call, respond) => {
    requests.push(call.request);
    respond(null, Buffer.alloc(0));
  };
  grpc.addService(traceService, { Export: keep });
  // Plain inside, because TLS ends one step before: Node's own server can insist on a version, grpc-js's cannot.
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const front = createServer(
    {
      cert: certificate.certificate,
      key: certificate.privateKey,
      minVersion: 'TLSv1.3',
      ALPNProtocols: ['h2'],
    },
    (socket) => {
      protocols.add(socket.getProtocol() ?? 'none');
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      injector.injectConnection(socket);
    },
  );
  const close = (): void => {
    injector.destroy();
    grpc.forceShutdown();
    for (const socket of sockets) socket.destroy();
  };
  signal.addEventListener('abort', close, { once: true });
  return { port: await listenOnLoopback(front, signal), requests, protocols };
}
