import type { SecureContext } from 'node:tls';
import type { Client, ServiceError } from '@grpc/grpc-js';
import { decodeRetryDelay } from '@spanseal/otlp';
import { isBelowLocalhost } from './endpoint.js';
import type { OtlpSettings } from './otlp-settings.js';
import { identityCheck } from './public-key-pins.js';
import type { TlsFiles } from './tls-files.js';
import { type Answer, type Attempt, closed, type Transport } from './transport.js';
import { userAgent } from './user-agent.js';

type Grpc = typeof import('@grpc/grpc-js');

const method = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
/** grpc_compression_algorithm of gRPC. */
const gzip = 2;
/** No genuine receiver sends a longer answer. */
const longestMessage = 256 * 1024;

/** Codes after which a request may be sent again: the OTLP specification, "OTLP/gRPC Response". */
const passingStatus: readonly string[] = [
  ...['CANCELLED', 'DEADLINE_EXCEEDED', 'ABORTED', 'OUT_OF_RANGE', 'UNAVAILABLE', 'DATA_LOSS'],
];
/** That one only when the receiver says when. */
const resourceExhausted = 'RESOURCE_EXHAUSTED';

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
      if (this.#isClosed) return closed;
      return await this.#call(grpc, this.#current(grpc), attempt);
    } catch {
      return { kind: 'refused', reason: 'an error of @grpc/grpc-js' };
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#client?.close();
  }

  #call(grpc: Grpc, client: Client, attempt: Attempt): Promise<Answer> {
    const { body, headers, deadlineMillis, signal } = attempt;
    const metadata = new grpc.Metadata();
    for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
    return new Promise((resolve) => {
      const cancel = (): void => call.cancel();
      const settle = (answer: Answer): void => {
        signal.removeEventListener('abort', cancel);
        resolve(answer);
      };
      const call = client.makeUnaryRequest<Uint8Array, Buffer>(
        method,
        (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        (bytes) => bytes,
        body,
        metadata,
        { deadline: deadlineMillis },
        (error, message) => settle(error === null ? taken(message) : this.#answerTo(error, grpc)),
      );
      signal.addEventListener('abort', cancel);
    });
  }

  #answerTo({ code, metadata }: ServiceError, grpc: Grpc): Answer {
    if (this.#isClosed) return closed;
    const status = grpc.status[code] ?? 'UNKNOWN';
    const afterMillis = retryDelay(metadata?.get('grpc-status-details-bin')[0]);
    const reason = `gRPC status ${status}`;
    const isAsked = status === resourceExhausted && afterMillis !== undefined;
    if (!passingStatus.includes(status) && !isAsked) return { kind: 'refused', reason, status };
    return { kind: 'again', reason, status, ...(afterMillis !== undefined && { afterMillis }) };
  }

  #current(grpc: Grpc): Client {
    const context = this.#tls?.context(Date.now());
    if (this.#client === undefined || context !== this.#context) {
      // What is on its way there ends first.
      this.#client?.close();
      this.#context = context;
      this.#client = this.#newClient(grpc);
    }
    return this.#client;
  }

  #newClient(grpc: Grpc): Client {
    const { endpoint, compression, tls } = this.#settings;
    const { host, port } = endpoint;
    // With the scheme, since a host can have the name of one.
    const isBelow = isBelowLocalhost(endpoint);
    const name = isBelow ? 'localhost' : host;
    const address = name.includes(':') ? `dns:[${name}]:${port}` : `dns:${name}:${port}`;
    return new grpc.Client(address, this.#credentials(grpc, tls?.pins ?? []), {
      'grpc.primary_user_agent': userAgent,
      'grpc.max_receive_message_length': longestMessage,
      ...(isBelow && { 'grpc.default_authority': `${host}:${port}` }),
      // Who answers for DNS must not say how requests are sent.
      'grpc.service_config_disable_resolution': 1,
      // A proxy of the environment would take plaintext that is for this host to another one.
      ...(tls === undefined && { 'grpc.enable_http_proxy': 0 }),
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
  // @grpc/grpc-js writes a copy of the body, with its own five bytes in front.
  return { kind: 'taken', message: message ?? new Uint8Array(), status: 'OK', isSent: true };
}

function retryDelay(details: unknown): number | undefined {
  if (!(details instanceof Uint8Array)) return undefined;
  try {
    return decodeRetryDelay(details);
  } catch {
    // An unreadable delay is treated as none.
    return undefined;
  }
}
