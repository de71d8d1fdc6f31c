import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

/** One OTLP/HTTP request as it came, decompressed. */
export interface ReceivedBody {
  readonly isJson: boolean;
  readonly bytes: Uint8Array;
  readonly headers: IncomingHttpHeaders;
}

/** An OTLP/HTTP receiver on a loopback port of its own, which keeps what it is sent. */
export interface HttpReceiver {
  readonly url: string;
  readonly bodies: ReceivedBody[];
  stop(): Promise<void>;
}

/** What becomes of a request: it is kept and answered with a status, kept and cut off without an answer, or lost without one. */
export type Fate = number | 'cut' | 'lost';

export async function startHttpReceiver(fateOf: () => Fate = () => 200): Promise<HttpReceiver> {
  const bodies: ReceivedBody[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const sent = await buffer(request);
    const fate = fateOf();
    const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
    const isJson = request.headers['content-type'] === 'application/json';
    if (fate === 'lost') return;
    bodies.push({ isJson, bytes, headers: request.headers });
    if (fate === 'cut') {
      request.socket.destroy();
      return;
    }
    // Whoever is refused comes back at once.
    response.writeHead(fate, { 'content-type': request.headers['content-type'], 'retry-after': '0' });
    response.end(isJson ? '{}' : '');
  };
  const server = createServer((request, response) => {
    // A client that is killed in the middle of a request has sent none.
    take(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, bodies, stop };
}

/** Requests in protobuf as a capture: each behind its length. */
export function framed(requests: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    requests.flatMap((request) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(request.length);
      return [length, request];
    }),
  );
}
