import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page behind a server of its own. */
export interface ServedPage {
  readonly origin: string;
  /** What the server was asked for. */
  readonly hits: readonly string[];
  close(): void;
}

/** Serves a page under every path, on the loopback interface. */
export async function servePage(file: string): Promise<ServedPage> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, hits, close: () => server.close() };
}
