import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GrpcReceiver, startGrpcReceiver } from '@spanseal/test-kit';
import { collectorConfig } from './collector-config.js';
import { framed, type HttpReceiver, startHttpReceiver } from './http-receiver.js';
import { freePort, type LoopbackServer, startServer } from './loopback-server.js';

/** A Collector with all pipelines of the tests, and what receives what it sends on. */
export class CollectorServer {
  /** Where stock exporters send to, by their protocol. */
  readonly urls: Readonly<Record<'grpc' | 'http/protobuf' | 'http/json', string>>;
  readonly #folder: string;
  readonly #server: LoopbackServer;
  readonly #grpc: GrpcReceiver;
  readonly #http: HttpReceiver;

  private constructor(
    started: { folder: string; server: LoopbackServer; grpc: GrpcReceiver; http: HttpReceiver },
    grpcPort: number,
  ) {
    this.#folder = started.folder;
    this.#server = started.server;
    this.#grpc = started.grpc;
    this.#http = started.http;
    const traces = `${started.server.address}/v1/traces`;
    this.urls = { grpc: `http://127.0.0.1:${grpcPort}`, 'http/protobuf': traces, 'http/json': traces };
  }

  /** @param folder is where the captures will stand. */
  static async start(folder: string): Promise<CollectorServer> {
    const command = process.env['SPANSEAL_COLLECTOR'];
    if (!command) throw new Error('SPANSEAL_COLLECTOR is not set: run npm run e2e');
    const [grpc, http] = [await startGrpcReceiver(), await startHttpReceiver()];
    const [grpcPort, httpPort, loopPort] = [await freePort(), await freePort(), await freePort()];
    const receivers = { grpcReceiver: `127.0.0.1:${grpc.port}`, httpReceiver: http.url };
    const config = join(folder, 'collector.yaml');
    writeFileSync(config, collectorConfig({ folder, grpcPort, httpPort, loopPort, ...receivers }));
    const address = `http://127.0.0.1:${httpPort}`;
    const server = await startServer({ command, args: ['--config', config], address }).catch((error) => {
      grpc.stop();
      return http.stop().then(() => Promise.reject(error));
    });
    return new CollectorServer({ folder, server, grpc, http }, grpcPort);
  }

  /** Lets it send and write what it has, ends it, and writes what the receivers were sent. */
  async stop(): Promise<void> {
    // What goes around through its own receiver would find that closed.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await this.#server.stop();
    const inProtobuf = this.#http.bodies.filter(({ isJson }) => !isJson).map(({ bytes }) => bytes);
    const inJson = this.#http.bodies.filter(({ isJson }) => isJson);
    const lines = inJson.map(({ bytes }) => `${Buffer.from(bytes)}\n`).join('');
    writeFileSync(join(this.#folder, 'sent-by-grpc.binpb'), framed(this.#grpc.requests));
    writeFileSync(join(this.#folder, 'sent-by-http.binpb'), framed(inProtobuf));
    writeFileSync(join(this.#folder, 'sent-by-http.jsonl'), lines);
    this.#grpc.stop();
    await this.#http.stop();
  }
}
