import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pinning } from './pinned-run.js';

const program = fileURLToPath(new URL('sink.js', import.meta.url));

/** A receiver of OTLP that throws everything away, in a process of its own on the first core. */
export class SinkProcess {
  readonly #child: ChildProcess;
  /** Ports of the loopback interface. */
  readonly http: number;
  readonly grpc: number;

  private constructor(child: ChildProcess, ports: { http: number; grpc: number }) {
    this.#child = child;
    this.http = ports.http;
    this.grpc = ports.grpc;
  }

  static async start(): Promise<SinkProcess> {
    const [command = process.execPath, ...args] = [...pinning(0), process.execPath, program];
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [ports] = await once(child, 'message');
    return new SinkProcess(child, ports as { http: number; grpc: number });
  }

  stop(): void {
    this.#child.kill();
  }
}
