import { createServer } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';

/** An empty ExportTraceServiceResponse as a message of gRPC: not compressed, no bytes. */
const emptyMessage = Buffer.alloc(5);

const http = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });
});

const grpc = createHttp2Server({ settings: { initialWindowSize: 2 ** 24 } });
grpc.on('session', (session) => session.setLocalWindowSize(2 ** 24));
grpc.on('stream', (stream: ServerHttp2Stream) => {
  stream.resume().on('end', () => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(emptyMessage);
  });
});

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

process.on('disconnect', () => process.exit());
process.send?.({ http: await portOf(http), grpc: await portOf(grpc) });
