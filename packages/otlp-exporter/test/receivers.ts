import {
  createBatchVerifier,
  createKeyRing,
  createVerifier,
  generateSecret,
  type KeyRing,
} from '@spanseal/seal';
import {
  type GrpcReceiverOptions,
  type HttpReceiverOptions,
  type LineReadableSpan,
  loadLine,
  type ReceiverTls,
  startGrpcReceiver,
  startHttpReceiver,
} from '@spanseal/test-kit';
import { type ExporterError, SignedOtlpExporter, type SignedOtlpExporterOptions } from '../src/index.js';
import { spansOf } from './spans-of.js';

export const protocols = ['grpc', 'http/protobuf', 'http/json'] as const;
export type Protocol = (typeof protocols)[number];

/** A request as it came: the bytes that were signed, and their header. */
export interface Arrived {
  readonly body: Uint8Array;
  readonly batch: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Receiver {
  readonly url: string;
  readonly port: number;
  arrived(): Arrived[];
  /** The TLS version of each connection, for gRPC, or of each request. */
  tlsVersions(): (string | undefined)[];
  clients(): (string | undefined)[];
  renew(tls: ReceiverTls): void;
  stop(): Promise<void>;
}

type Common = Pick<HttpReceiverOptions & GrpcReceiverOptions, 'tls' | 'minVersion' | 'maxVersion' | 'port'>;

export interface ReceiverOptions extends Common {
  readonly http?: HttpReceiverOptions['answer'];
  readonly grpc?: GrpcReceiverOptions['answer'];
}

/** A receiver of either kind behind one face. */
export async function startReceiver(
  protocol: Protocol,
  { http, grpc, ...common }: ReceiverOptions = {},
): Promise<Receiver> {
  if (protocol === 'grpc') {
    const receiver = await startGrpcReceiver({ ...common, ...(grpc && { answer: grpc }) });
    return {
      ...{ url: receiver.url, port: receiver.port, renew: receiver.renew },
      arrived: () =>
        receiver.requests.map((body, i) => {
          const headers = receiver.metadata[i] ?? {};
          return { body, headers, batch: headers['spanseal-batch'] ?? '' };
        }),
      tlsVersions: () => receiver.tlsVersions,
      clients: () => receiver.clients,
      stop: async () => receiver.stop(),
    };
  }
  const receiver = await startHttpReceiver({ ...common, ...(http && { answer: http }) });
  return {
    ...{ url: receiver.url, port: receiver.port, renew: receiver.renew, stop: receiver.stop },
    arrived: () =>
      receiver.requests.map(({ body, headers }) => ({
        ...{ body, headers, batch: String(headers['spanseal-batch'] ?? '') },
      })),
    tlsVersions: () => receiver.requests.map(({ tlsVersion }) => tlsVersion),
    clients: () => receiver.requests.map(({ client }) => client),
  };
}

export function newRing(): KeyRing {
  return createKeyRing({ realm: 'test', primary: { id: 'k-1', secret: generateSecret() } });
}

/** What a verifier says of requests as they arrived. */
export function reportOn(keyRing: KeyRing, requests: readonly Arrived[], protocol: Protocol) {
  const verifier = createVerifier({ keyRing, nowMillis: Date.now() });
  for (const { body } of requests)
    verifier.add(protocol === 'http/json' ? JSON.parse(Buffer.from(body).toString()) : body);
  return verifier.finish();
}

/** The verdict on each request, before it is parsed. */
export function batchVerdicts(keyRing: KeyRing, requests: readonly Arrived[], protocol: Protocol): string[] {
  const batches = createBatchVerifier({ keyRing });
  const format = protocol === 'http/json' ? 'json' : 'protobuf';
  return requests.map(
    ({ body, batch }) => batches.check({ header: batch, body, format, nowMillis: Date.now() }).verdict,
  );
}

const line = loadLine('2.12');

export function newSpans(count = 1): LineReadableSpan[] {
  return spansOf(line, { 'order.note': 'gift' }, count);
}

export interface Outcome {
  readonly code: number;
  readonly error?: ExporterError;
}

/** One export, and how often its callback was called until a moment after. */
export async function exportOnce(
  exporter: SignedOtlpExporter,
  spans: readonly unknown[] = newSpans(),
): Promise<Outcome> {
  const results: Outcome[] = [];
  await new Promise<void>((resolve) => {
    exporter.export([...spans], (result) => {
      results.push(result as Outcome);
      resolve();
    });
  });
  await new Promise((resolve) => setImmediate(resolve));
  const [result] = results;
  if (result === undefined || results.length > 1) throw new Error(`${results.length} results`);
  return result;
}

/** Tells the faults that a constructor refuses options for; none when it takes them. */
export function faultsOf(options: SignedOtlpExporterOptions | unknown): readonly object[] {
  try {
    void new SignedOtlpExporter(options as SignedOtlpExporterOptions).shutdown();
    return [];
  } catch (error) {
    const { name, code, faults } = error as ExporterError;
    if (name !== 'ExporterError' || code !== 'ERR_SPANSEAL_EXPORTER') throw error;
    return faults;
  }
}

/** Sets the variables of the exporters to these, and takes away all others; gives a function that puts back what was there. */
export function withVariables(variables: Readonly<Record<string, string>>): () => void {
  const before = Object.entries(process.env).filter(([name]) => name.startsWith('OTEL_EXPORTER_OTLP_'));
  const clear = (): void => {
    for (const name of Object.keys(process.env))
      if (name.startsWith('OTEL_EXPORTER_OTLP_')) delete process.env[name];
  };
  clear();
  Object.assign(process.env, variables);
  return () => {
    clear();
    Object.assign(process.env, Object.fromEntries(before));
  };
}
