import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { canonicalCoreSpan, decodeTraceRequest, type Span, TraceRequestWriter } from '@spanseal/otlp';
import { createKeyRing, createSpanSealer, createVerifier, generateSecret } from '@spanseal/seal';
import { CollectingExporter, type LineReadableSpan, loadLines, type SdkLine } from '@spanseal/test-kit';
import { SigningSpanExporter, serializeSpans, spanToSeal } from '../src/index.js';
import { makeSpans } from './complete-spans.js';
import { spansOf } from './spans-of.js';

function completeSpans(line: SdkLine): readonly LineReadableSpan[] {
  const collected = new CollectingExporter();
  const provider = line.createProvider({ spanProcessors: [line.simpleProcessor(collected)] });
  makeSpans(line, provider.getTracer('app'));
  return collected.spans;
}

function formsOf(request: Uint8Array): string[] {
  const spans = decodeTraceRequest(request).resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap((scoped) => scoped.spans),
  );
  return spans.map((span: Span) => Buffer.from(canonicalCoreSpan(span)).toString('latin1')).sort();
}

describe.each(loadLines().map((line) => [line.name, line] as const))('on the line %s', (_, line) => {
  test('the request of some spans is what the SDK would write', () => {
    const lists = { texts: ['a', 'ß'], numbers: [1, -0.5], flags: [true, false], none: [] };
    const spans = spansOf(line, { text: 'ünïcödé', int: -7, double: 0.5, flag: true, ...lists }, 5);
    const stock = line.transformer.ProtobufTraceSerializer.serializeRequest(spans as never);
    expect(formsOf(serializeSpans(spans))).toEqual(formsOf(stock ?? new Uint8Array()));
  });

  test('spans are sealed for a transport of one’s own', () => {
    const keyRing = createKeyRing({ primary: { id: 'k-1', secret: generateSecret() } });
    const sealer = createSpanSealer({ keyRing, startMillis: Date.now(), random: randomBytes(12) });
    const writer = new TraceRequestWriter();
    const spans = completeSpans(line);
    for (const span of spans) {
      const item = spanToSeal(span);
      if (item !== undefined) sealer.seal(item, Date.now(), (sealed) => writer.add(item, item.span, sealed));
    }
    const verifier = createVerifier({ keyRing });
    verifier.add(writer.finish());
    expect(verifier.finish().spans).toMatchObject({ valid: spans.length, invalid: 0 });
  });

  test('what another exporter sealed keeps its seal, one that the app set does not', async () => {
    const keyRing = createKeyRing({ primary: { id: 'k-1', secret: generateSecret() } });
    const collected = new CollectingExporter();
    const exporter = new SigningSpanExporter(collected as never, { keyRing });
    const forged = { 'spanseal.seal': 'forged', 'spanseal.checkpoint': 'forged' };
    await new Promise((resolve) => exporter.export(spansOf(line, forged, 3) as never, resolve));
    await exporter.shutdown();
    const verifier = createVerifier({ keyRing });
    verifier.add(serializeSpans(collected.spans));
    expect(verifier.finish()).toMatchObject({
      result: 'intact',
      streams: [{ verdict: 'complete', spans: 3 }],
    });
    const attributes = decodeTraceRequest(serializeSpans(spansOf(line, forged))).resourceSpans.flatMap(
      (each) => each.scopeSpans.flatMap(({ spans }) => spans.flatMap((span) => span.attributes)),
    );
    expect(attributes).toEqual([]);
  });

  test('a span without ids is none', () => {
    const [span] = spansOf(line);
    const lost = { ...span, spanContext: () => ({ traceId: '', spanId: '', traceFlags: 0 }) };
    expect(spanToSeal(lost)).toBeUndefined();
    expect(formsOf(serializeSpans([lost]))).toEqual([]);
  });
});
