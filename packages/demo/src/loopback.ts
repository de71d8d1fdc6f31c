import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';

/** Starts `server` on 127.0.0.1 and gives the port that the system picked. The signal ends it. */
export async function listenOnLoopback(server: Server, signal?: AbortSignal): Promise<number> {
  server.listen({ port: 0, host: '127.0.0.1', ...(signal && { signal }) });
  await once(server, 'listening', signal && { signal });
  return (server.address() as AddressInfo).port;
}

/** An HTTP server on 127.0.0.1; gives its port. The signal ends it and its connections. */
export async function serveOnLoopback(listener: RequestListener, signal: AbortSignal): Promise<number> {
  const server = createServer(listener);
  signal.addEventListener('abort', () => server.closeAllConnections(), { once: true });
  return listenOnLoopback(server, signal);
}
