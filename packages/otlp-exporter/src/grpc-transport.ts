import type { SecureContext } from 'node:tls';
import type { Client, ServiceError } from '@grpc/grpc-js';
import { decodeRetryDelay } from '@spanseal/otlp';
import type { OtlpSettings } from './otlp-settings.js';
import { identityCheck } from './public-key-pins.js';
import type { TlsFiles } from './tls-files.js';
import type { Answer, Attempt, Transport } from './transport.js';
import { userAgent } from './user-agent.js';

type Grpc = typeof import('@grpc/grpc-js');

const method = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
/** grpc_compression_algorithm of gRPC. */
const gzip = 2;
/** An answer beyond this is none of a receiver. */
const longestMessage = 256 * 1024;

/** Codes after which a request may be sent again: the OTLP specification, "OTLP/gRPC Response". */
const passingStatus: Readonly<Record<number, string>> = {
  1: 'CANCELLED',
  4: 'DEADLINE_EXCEEDED',
  10: 'ABORTED',
  11: 'OUT_OF_RANGE',
  14: 'UNAVAILABLE',
  15: 'DATA_LOSS',
};
/** That one only when the receiver says when. */
const resourceExhausted = 8;

/** Sends requests over gRPC. @grpc/grpc-js is loaded with the first one: who uses HTTP does not wait for it. */
export class GrpcTransport implements Transport {
  readonly #settings: OtlpSettings;
  readonly #tls: TlsFiles | undefined;
  readonly #grpc: Promise<Grpc>;
  #client: Client | undefined;
  #context: SecureContext | undefined;
  #isClosed = false;

  /** @param tls undefined for plaintext. */
  constructor(settings: OtlpSettings, tls: TlsFiles | undefined) {
    this.#settings = settings;
    this.#tls = tls;
    this.#grpc = import('@grpc/grpc-js');
    // Each send() tells of a module that cannot be loaded; without one nobody waits for it.
    this.#grpc.catch(() => undefined);
  }

  async send(attempt: Attempt): Promise<Answer> {
    try {
      const grpc = await this.#grpc;
      return await this.#call(grpc, this.#current(grpc), attempt);
    } catch {
      return { kind: 'refused', reason: 'an error of @grpc/grpc-js' };
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#client?.close();
  }

  #call(grpc: Grpc, client: Client, { body, headers, deadlineMillis }: Attempt): Promise<Answer> {
    const metadata = new grpc.Metadata();
    for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
    return new Promise((resolve) => {
      client.makeUnaryRequest<Uint8Array, Buffer>(
        method,
        (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        (bytes) => bytes,
        body,
        metadata,
        { deadline: deadlineMillis },
        (error, message) => resolve(error === null ? taken(message) : answerTo(error)),
      );
    });
  }

  #current(grpc: Grpc): Client {
    const context = this.#tls?.context(Date.now());
    if (this.#client === undefined || context !== this.#context) {
      // What is on its way there ends first.
      this.#client?.close();
      this.#context = context;
      this.#client = this.#newClient(grpc);
      if (this.#isClosed) this.#client.close();
    }
    return this.#client;
  }

  #newClient(grpc: Grpc): Client {
    const { endpoint, compression, tls } = this.#settings;
    const { host, port } = endpoint;
    const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    return new grpc.Client(address, this.#credentials(grpc, tls?.pins ?? []), {
      'grpc.primary_user_agent': userAgent,
      'grpc.max_receive_message_length': longestMessage,
      ...(compression === 'gzip' && { 'grpc.default_compression_algorithm': gzip }),
    });
  }

  #credentials(grpc: Grpc, pins: readonly string[]): import('@grpc/grpc-js').ChannelCredentials {
    if (this.#context === undefined) return grpc.credentials.createInsecure();
    return grpc.credentials.createFromSecureContext(this.#context, {
      // Not what NODE_TLS_REJECT_UNAUTHORIZED says.
      rejectUnauthorized: true,
      checkServerIdentity: identityCheck(pins),
    });
  }
}

function taken(message: Buffer | undefined): Answer {
  return { kind: 'taken', message: message ?? new Uint8Array(), status: 0 };
}

function answerTo({ code: status, metadata }: ServiceError): Answer {
  const afterMillis = retryDelay(metadata?.get('grpc-status-details-bin')[0]);
  const reason = `gRPC status ${passingStatus[status] ?? status}`;
  const isPassing = status in passingStatus || (status === resourceExhausted && afterMillis !== undefined);
  if (!isPassing) return { kind: 'refused', reason, status };
  return { kind: 'again', reason, status, ...(afterMillis !== undefined && { afterMillis }) };
}

function retryDelay(details: unknown): number | undefined {
  if (!(details instanceof Uint8Array)) return undefined;
  try {
    return decodeRetryDelay(details);
  } catch {
    // A receiver that cannot say when is one that does not.
    return undefined;
  }
}
