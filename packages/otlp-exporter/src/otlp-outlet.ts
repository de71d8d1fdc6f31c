import { setMaxListeners } from 'node:events';
import { decodeTraceResponse, parseTraceResponse, type TraceResponse } from '@spanseal/otlp';
import { callApp } from '@spanseal/seal';
import { askedHeaders } from './asked-headers.js';
import { type Delivery, deliver } from './delivery.js';
import { warn } from './diagnostics.js';
import { ExporterError, type ExporterErrorCode } from './exporter-error.js';
import {
  type ExporterMetrics,
  type ExportMetrics,
  errorTypeOf,
  exporterMetrics,
} from './exporter-metrics.js';
import { GrpcTransport } from './grpc-transport.js';
import { HttpTransport } from './http-transport.js';
import { OtlpBatch, type OutgoingRequest } from './otlp-batch.js';
import type { OtlpSettings } from './otlp-settings.js';
import { SealableSpans } from './sealable-span.js';
import type { OutgoingBatch, Sealing, SendResult, SpanOutlet } from './span-outlet.js';
import { TlsFiles } from './tls-files.js';
import type { Transport } from './transport.js';

/** What was sent so far. */
export interface OtlpCounters {
  /** Requests that a receiver took, in whole or in part. */
  delivered: number;
  /** Requests that no receiver took in time, or that were too many at once. */
  undelivered: number;
  /** Attempts beyond the first of each request. */
  retries: number;
  /** Spans that receivers refused out of requests that they took. */
  rejectedSpans: number;
}

/** Must not throw. */
type Done = (result: SendResult) => void;

/** Spans leave as requests of OTLP, to one receiver. */
export class OtlpOutlet<Span> implements SpanOutlet<Span> {
  readonly #settings: OtlpSettings;
  readonly #transport: Transport;
  readonly #metrics: ExporterMetrics | undefined;
  readonly #spans = new SealableSpans();
  readonly #counters: OtlpCounters = { delivered: 0, undelivered: 0, retries: 0, rejectedSpans: 0 };
  readonly #ended = new AbortController();
  #pending = 0;
  #pendingBytes = 0;

  /** @throws ExporterError `ERR_SPANSEAL_EXPORTER` for files of TLS, and a meter provider, that cannot be used. */
  constructor(settings: OtlpSettings) {
    this.#settings = settings;
    // Each request on its way listens.
    setMaxListeners(0, this.#ended.signal);
    const { tls: tlsSettings, protocol, meterProvider } = settings;
    this.#metrics = meterProvider && exporterMetrics(meterProvider, settings);
    const tls = tlsSettings && new TlsFiles(tlsSettings, Date.now(), (error) => this.#tellOfTls(error));
    this.#transport =
      protocol === 'grpc' ? new GrpcTransport(settings, tls) : new HttpTransport(settings, tls);
  }

  counters(): OtlpCounters {
    return { ...this.#counters };
  }

  batch(sealing: Sealing | undefined): OutgoingBatch<Span> {
    const format = this.#settings.protocol === 'http/json' ? 'json' : 'protobuf';
    const send = (request: OutgoingRequest, done: Done): void => this.#send(request, done);
    return new OtlpBatch({ format, spans: this.#spans, sealing, send });
  }

  async forceFlush(): Promise<void> {
    // Nothing waits here: what was given is on its way.
  }

  async shutdown(): Promise<void> {
    this.#transport.close();
    this.#ended.abort();
  }

  #send(request: OutgoingRequest, done: Done): void {
    const metrics = this.#metrics?.begin(request.spans);
    const { concurrencyLimit, maxPendingBytes } = this.#settings;
    const { length } = request.body;
    if (this.#pending >= concurrencyLimit || this.#pendingBytes + length > maxPendingBytes) {
      this.#counters.undelivered += 1;
      metrics?.end(request.spans, undefined, 'limit');
      request.release();
      const expected = `at most ${concurrencyLimit} exports and ${maxPendingBytes} bytes on their way`;
      done(failure('ERR_SPANSEAL_EXPORT_LIMIT', expected, 'more'));
      return;
    }
    this.#pending += 1;
    this.#pendingBytes += length;
    void this.#deliver(request, metrics).then((result) => {
      this.#pending -= 1;
      this.#pendingBytes -= length;
      done(result);
    });
  }

  /** Never rejects. */
  async #deliver(request: OutgoingRequest, metrics: ExportMetrics | undefined): Promise<SendResult> {
    const { headers: given, protocol, timeoutMillis, pace } = this.#settings;
    const patience = { deadlineMillis: Date.now() + timeoutMillis, signal: this.#ended.signal };
    try {
      const own = typeof given === 'function' ? await askedHeaders(given, protocol, patience) : given;
      const attempt = { body: request.body, headers: { ...own, ...request.headers }, ...patience };
      const delivery = await deliver(this.#transport, attempt, { pace, random: Math.random });
      return this.#settle(request, delivery, metrics);
    } catch (error) {
      this.#counters.undelivered += 1;
      metrics?.end(request.spans, undefined, '_OTHER');
      if (error instanceof ExporterError) return { code: 1, error };
      return failure('ERR_SPANSEAL_EXPORT', 'a request that can be sent', 'an error');
    }
  }

  #settle(
    { spans, release }: OutgoingRequest,
    { answer, attempts }: Delivery,
    metrics: ExportMetrics | undefined,
  ): SendResult {
    this.#counters.retries += attempts - 1;
    if (answer.kind !== 'taken') {
      this.#counters.undelivered += 1;
      metrics?.end(spans, answer, errorTypeOf(answer));
      return failure('ERR_SPANSEAL_EXPORT', 'a receiver that takes the request in time', answer.reason);
    }
    this.#counters.delivered += 1;
    // An attempt that was given up can still be about to send it.
    if (answer.isSent && attempts === 1) release();
    const response = this.#responseIn(answer.message);
    const rejected = response === undefined ? 0 : Math.min(response.rejectedSpans, spans);
    metrics?.end(rejected, answer, rejected > 0 ? 'rejected' : undefined);
    if (response === undefined) warn('a receiver answered with what is no answer of OTLP');
    if (rejected > 0) this.#tellPartial(response, rejected);
    return { code: 0, isPartial: response === undefined || rejected > 0 };
  }

  /** Undefined when the answer is none of OTLP: who gave it may have thrown the request away. */
  #responseIn(message: Uint8Array): TraceResponse | undefined {
    try {
      if (this.#settings.protocol !== 'http/json') return decodeTraceResponse(message);
      // A receiver need not write an empty object.
      return message.length === 0 ? decodeTraceResponse(message) : parseTraceResponse(message);
    } catch {
      return undefined;
    }
  }

  /** A look at the files can be on its way when the exporter ends: then nobody waits for what it finds. */
  #tellOfTls({ message }: ExporterError): void {
    if (!this.#ended.signal.aborted) warn(`TLS stays as it is: ${message}`);
  }

  #tellPartial(response: TraceResponse | undefined, rejectedSpans: number): void {
    this.#counters.rejectedSpans += rejectedSpans;
    // The receiver's own words can quote what was sent.
    warn(`a receiver refused ${rejectedSpans} spans of a request that it took`);
    const errorMessage = response?.errorMessage ?? '';
    callApp(() => this.#settings.onPartialSuccess({ rejectedSpans, errorMessage }));
  }
}

function failure(code: ExporterErrorCode, expected: string, got: string): SendResult {
  return { code: 1, error: new ExporterError(code, [{ path: 'export', expected, got }]) };
}
