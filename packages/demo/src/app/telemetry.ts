import { createSecureContext } from 'node:tls';
import { credentials } from '@grpc/grpc-js';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { SigningSpanExporter } from '@spanseal/otlp-exporter';
import { createKeyRing } from '@spanseal/seal';
import { MaskingSpanProcessor } from '@spanseal/span-processor';
import type { AppSettings, SpanRecord } from './message.js';
import { SpanRecorder } from './recorder.js';

/** The running OpenTelemetry SDK of the app. */
export interface Telemetry {
  /** What the spans were, before masking. */
  readonly recorded: readonly SpanRecord[];
  /** Sends what is queued, and the last checkpoint. */
  shutdown(): Promise<void>;
}

function createExporter({ authority, collectorPort, sealing, signingKey }: AppSettings): SpanExporter {
  const exporter = new OTLPTraceExporter({
    url: `https://localhost:${collectorPort}`,
    credentials: credentials.createFromSecureContext(
      createSecureContext({ ca: authority, minVersion: 'TLSv1.3' }),
    ),
  });
  if (!sealing) return exporter;
  return new SigningSpanExporter(exporter, { keyRing: createKeyRing({ primary: signingKey }) });
}

/** Starts the SDK as every app does, with Spanseal's two parts in their places: masking before the batch, sealing after it. */
export function startTelemetry(settings: AppSettings): Telemetry {
  const recorder = new SpanRecorder();
  const batch = new BatchSpanProcessor(createExporter(settings), { scheduledDelayMillis: 100 });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'bookshop' }),
    spanProcessors: [recorder, settings.masking ? new MaskingSpanProcessor(batch) : batch],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return { recorded: recorder.records, shutdown: () => provider.shutdown() };
}
