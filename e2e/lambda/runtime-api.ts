import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** How an invocation ended. */
export interface InvocationOutcome {
  readonly kind: 'response' | 'error';
  readonly body: string;
  /** From the moment that the runtime was given the event until it answered, in milliseconds. */
  readonly millis: number;
}

/** The Runtime API of Lambda for one process, on a loopback port of its own. */
export interface RuntimeApi {
  /** For AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Settles when the runtime asks for an event, for the first time or after an answer. Rejects with an error of its start. */
  asked(): Promise<void>;
  /** Gives the runtime an event. */
  invoke(event: unknown, timeoutMillis: number): Promise<InvocationOutcome>;
  stop(): Promise<void>;
}

const path = /^\/2018-06-01\/runtime\/(?:invocation\/(?:(next)|([^/]+)\/(response|error))|init\/(error))$/;
const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:fn';

interface Running {
  readonly startMillis: number;
  readonly settle: (outcome: InvocationOutcome) => void;
}

export async function startRuntimeApi(): Promise<RuntimeApi> {
  const running = new Map<string, Running>();
  let waiting: ServerResponse | undefined;
  let count = 0;
  const readiness = new Readiness();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, next, id, kind, init] = path.exec(request.url ?? '') ?? [];
    if (next !== undefined && request.method === 'GET') {
      waiting = response;
      readiness.arrive();
      return;
    }
    const body = await text(request);
    if (init !== undefined) readiness.fail(new Error(body));
    const invocation = running.get(id ?? '');
    if (invocation !== undefined) {
      running.delete(id ?? '');
      const millis = performance.now() - invocation.startMillis;
      invocation.settle({ kind: kind === 'error' ? 'error' : 'response', body, millis });
    }
    const isKnown = invocation !== undefined || init !== undefined;
    response.writeHead(isKnown ? 202 : 404, { 'content-type': 'application/json' });
    response.end('{"status":"OK"}');
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    address: `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    asked: () => readiness.wait(),
    invoke(event, timeoutMillis) {
      const id = `request-${++count}`;
      return new Promise((settle) => {
        readiness.take();
        running.set(id, { startMillis: performance.now(), settle });
        waiting?.writeHead(200, {
          'content-type': 'application/json',
          'Lambda-Runtime-Aws-Request-Id': id,
          'Lambda-Runtime-Deadline-Ms': String(Date.now() + timeoutMillis),
          'Lambda-Runtime-Invoked-Function-Arn': arn,
          'Lambda-Runtime-Trace-Id':
            'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
        });
        waiting?.end(JSON.stringify(event));
      });
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether the runtime waits for an event. */
class Readiness {
  #isThere = false;
  #error: Error | undefined;
  #tell: () => void = () => undefined;

  arrive(): void {
    this.#isThere = true;
    this.#tell();
  }

  take(): void {
    this.#isThere = false;
  }

  fail(error: Error): void {
    this.#error = error;
    this.#tell();
  }

  async wait(): Promise<void> {
    while (!this.#isThere) {
      if (this.#error !== undefined) throw this.#error;
      await new Promise<void>((resolve) => {
        this.#tell = resolve;
      });
    }
  }
}
