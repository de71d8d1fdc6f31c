import { afterEach, describe, expect, test } from '@jest/globals';
import { decodeTraceRequest, parseTraceRequest, type TraceRequest } from '@spanseal/otlp';
import {
  createBatchVerifier,
  createKeyRing,
  createVerifier,
  generateSecret,
  type KeyRing,
  type Report,
} from '@spanseal/seal';
import {
  type GrpcReceiver,
  type HttpReceiver,
  loadLines,
  type SdkLine,
  startGrpcReceiver,
  startHttpReceiver,
} from '@spanseal/test-kit';
import { SignedOtlpExporter, type SignedOtlpExporterOptions, SigningSpanExporter } from '../src/index.js';
import { makeSpans } from './complete-spans.js';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const protocols = ['grpc', 'http/protobuf', 'http/json'] as const;
type Protocol = (typeof protocols)[number];

interface Arrived {
  readonly body: Uint8Array;
  readonly batch: string;
}

/** A receiver of a protocol, with what arrived there. */
async function startReceiver(protocol: Protocol): Promise<{ url: string; arrived: () => Arrived[] }> {
  if (protocol === 'grpc') {
    const receiver: GrpcReceiver = await startGrpcReceiver();
    stops.push(() => receiver.stop());
    return {
      url: receiver.url,
      arrived: () =>
        receiver.requests.map((body, i) => ({
          body,
          batch: receiver.metadata[i]?.['spanseal-batch'] ?? '',
        })),
    };
  }
  const receiver: HttpReceiver = await startHttpReceiver();
  stops.push(() => receiver.stop());
  return {
    url: receiver.url,
    arrived: () =>
      receiver.requests.map(({ body, headers }) => ({
        body,
        batch: String(headers['spanseal-batch'] ?? ''),
      })),
  };
}

function newRing(): KeyRing {
  return createKeyRing({ realm: 'test', primary: { id: 'k-1', secret: generateSecret() } });
}

function modelOf(body: Uint8Array, protocol: Protocol): TraceRequest {
  return protocol === 'http/json' ? parseTraceRequest(body) : decodeTraceRequest(body);
}

function verify(keyRing: KeyRing, requests: readonly Arrived[], protocol: Protocol): Report {
  const verifier = createVerifier({ keyRing, nowMillis: Date.now() });
  for (const { body } of requests) {
    // What a Collector writes is canonical JSON; the library takes it as an object.
    verifier.add(protocol === 'http/json' ? JSON.parse(Buffer.from(body).toString()) : body);
  }
  return verifier.finish();
}

async function exportSpans(line: SdkLine, options: SignedOtlpExporterOptions): Promise<SignedOtlpExporter> {
  const exporter = new SignedOtlpExporter(options);
  const provider = line.createProvider({
    spanProcessors: [line.batchProcessor(exporter, { maxExportBatchSize: 7 })],
    resource: { 'service.name': 'checkout', 'service.version': '1.2.3', 'host.name': 'web-1' },
  });
  makeSpans(line, provider.getTracer('app', '1.0.0'));
  await provider.forceFlush();
  await provider.shutdown();
  return exporter;
}

describe.each(loadLines())('with the $name line', (line) => {
  test.each(protocols)('over %s what a SigningSpanExporter hands on keeps its seals', async (protocol) => {
    const { url, arrived } = await startReceiver(protocol);
    const keyRing = newRing();
    const inner = new SignedOtlpExporter({ protocol, url });
    expect(inner.seals).toBe(false);
    const exporter = new SigningSpanExporter(inner as never, { keyRing });
    const provider = line.createProvider({ spanProcessors: [line.batchProcessor(exporter as never)] });
    makeSpans(line, provider.getTracer('app', '1.0.0'));
    await provider.shutdown();
    expect(verify(keyRing, arrived(), protocol)).toMatchObject({
      result: 'intact',
      spans: { total: 20, valid: 20 },
      streams: [{ verdict: 'complete', spans: 20 }],
    });
  });

  test.each(protocols)('over %s every span arrives sealed, in requests that are signed', async (protocol) => {
    const { url, arrived } = await startReceiver(protocol);
    const keyRing = newRing();
    const exporter = await exportSpans(line, { protocol, url, keyRing });

    const requests = arrived();
    expect(requests.length).toBeGreaterThan(1);
    expect(verify(keyRing, requests, protocol)).toMatchObject({
      result: 'intact',
      spans: { total: 20, valid: 20 },
      streams: [{ verdict: 'complete', spans: 20 }],
    });
    const batches = createBatchVerifier({ keyRing });
    const format = protocol === 'http/json' ? 'json' : 'protobuf';
    for (const { body, batch } of requests)
      expect(batches.check({ header: batch, body, format, nowMillis: Date.now() })).toMatchObject({
        verdict: 'valid',
      });
    expect(exporter.counters()).toMatchObject({
      ...{ sealed: 20, refused: 0, failedExports: 0, delivered: requests.length, undelivered: 0 },
    });
  });

  test.each(protocols)('over %s the spans say what they say through the stock exporter', async (protocol) => {
    const { url, arrived } = await startReceiver(protocol);
    await exportSpans(line, { protocol, url });
    const [first] = arrived();
    const { resourceSpans } = modelOf(first?.body ?? new Uint8Array(), protocol);
    expect(resourceSpans).toHaveLength(1);
    expect(resourceSpans[0]?.scopeSpans).toHaveLength(1);
    expect(JSON.stringify(resourceSpans)).not.toContain('spanseal');
    const attributes = resourceSpans[0]?.scopeSpans[0]?.spans.find(({ kind }) => kind === 2)?.attributes;
    expect(attributes).toEqual(
      expect.arrayContaining([
        { key: 'text', value: { stringValue: 'ünïcödé \ufffd' } },
        { key: 'double', value: { doubleValue: 0.5 } },
        { key: 'flag', value: { boolValue: true } },
        { key: 'nan', value: { stringValue: 'NaN' } },
      ]),
    );
  });
});
