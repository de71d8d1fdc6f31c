import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** `fine`: takes what it gets. `hangs`: reads requests and never answers. `refuses`: takes no connection. */
export type CollectorState = 'fine' | 'hangs' | 'refuses';

/** A request that the collector took. */
export interface TakenRequest {
  readonly body: Uint8Array;
  readonly headers: IncomingHttpHeaders;
}

/** An OTLP/HTTP receiver on one loopback port for all of its life, which can fail meanwhile. */
export class Collector {
  readonly taken: TakenRequest[] = [];
  #state: CollectorState = 'fine';
  #port = 0;
  #server = this.#newServer();

  static async start(): Promise<Collector> {
    const collector = new Collector();
    await collector.#listen();
    return collector;
  }

  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** From now on. Connections of before are cut when it comes from `refuses` or goes there. */
  async become(state: CollectorState): Promise<void> {
    const before = this.#state;
    this.#state = state;
    if (state === 'refuses') await this.stop();
    else if (before === 'refuses') await this.#listen();
  }

  /** Cuts all connections, as a restart does. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.cut();
    await closed;
  }

  async #listen(): Promise<void> {
    this.#server = this.#newServer();
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #newServer() {
    return createServer(async (request, response) => {
      const body = await buffer(request).catch(() => undefined);
      if (body === undefined || this.#state === 'hangs') return;
      this.taken.push({ body, headers: request.headers });
      response.writeHead(200, { 'content-type': request.headers['content-type'] }).end();
    });
  }
}
