import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { parseTraceRequest } from '@spanseal/otlp';
import { createKeyRing, createVerifier, generateSecret, type Report } from '@spanseal/seal';
import {
  CollectingExporter,
  type LineReadableSpan,
  loadLines,
  type SdkLine,
  toThrowWithCode,
} from '@spanseal/test-kit';
import { ExporterError, type ExportResult, SigningSpanExporter } from '../src/index.js';

expect.extend({ toThrowWithCode });

const secret = generateSecret();
const keyRing = createKeyRing({ primary: { id: 'k', secret } });

function verify(...requests: Uint8Array[]): Report {
  const verifier = createVerifier({ keyRing });
  for (const request of requests) verifier.add(request);
  return verifier.finish();
}

/** Spans of a line, as an exporter gets them. */
function spansOf(line: SdkLine, attributes: Record<string, unknown> = {}, count = 1): LineReadableSpan[] {
  const collected = new CollectingExporter();
  const provider = line.createProvider({
    spanProcessors: [line.simpleProcessor(collected)],
    resource: { 'service.name': 's' },
  });
  for (let index = 0; index < count; index++) {
    const span = provider.getTracer('app').startSpan(`span ${index}`);
    for (const [key, value] of Object.entries(attributes))
      Object.assign(span, { attributes: { ...Reflect.get(span, 'attributes'), [key]: value } });
    span.end();
  }
  return collected.spans;
}

function exportThrough(inner: CollectingExporter, spans: LineReadableSpan[]): ExportResult[] {
  const results: ExportResult[] = [];
  new SigningSpanExporter(inner, { keyRing }).export(spans, (result) => results.push(result));
  return results;
}

describe.each(loadLines())('on the $name line', (line) => {
  test('protobuf and JSON of the stock serializers carry one model, whatever the values are', () => {
    const attributes = {
      text: 'a\ud800b',
      nan: Number.NaN,
      infinity: Number.NEGATIVE_INFINITY,
      huge: 1e21,
      unsafe: 2 ** 62,
      beyond: 1e19,
      below: -1e19,
      least: -(2 ** 63),
      long: Array.from({ length: 70_000 }, () => 0),
      exact: 2 ** 53,
      minusZero: -0,
      mixed: [1, 'a', null, undefined, 0.5],
      map: { b: { c: [true] }, 'lone \udfff': 1, absent: undefined },
      // The JSON serializer of the 2.0 line writes bytes as an object; its SDK takes none either.
      ...(line.name !== '2.0' && { bytes: new Uint8Array([0, 255]) }),
      ['key \ud800']: 1,
      ['key \ud801']: 2,
      nothing: null,
      lambda: () => 1,
      symbol: Symbol('s'),
      big: 5n,
    };
    const spans = spansOf(line, attributes);
    const inner = new CollectingExporter();
    expect(exportThrough(inner, spans)).toEqual([{ code: 0 }]);
    const { ProtobufTraceSerializer, JsonTraceSerializer } = line.transformer;
    const forms = [ProtobufTraceSerializer, JsonTraceSerializer].map((one) =>
      one.serializeRequest(inner.spans),
    );
    for (const form of forms) expect(form).toBeInstanceOf(Uint8Array);
    const json = Buffer.from(forms[1] ?? []).toString();
    expect(json).not.toMatch(/"doubleValue":null|1e\+21|\\ud[89a-f]/);
    expect(parseTraceRequest(json, { maxListLength: 100_000 }).resourceSpans).toHaveLength(1);
    const [fromProtobuf, fromJson] = forms.map((form, at) => (at === 0 ? verifyOne(form) : verifyText(form)));
    expect(fromProtobuf).toEqual(fromJson);
    expect(fromProtobuf?.result).toBe('intact');
    expect(inner.spans[0]?.droppedAttributesCount).toBe(3);
  });

  test('a span that was given is not changed, and a seal that it carries is replaced', () => {
    const spans = spansOf(line, { 'spanseal.seal': 'forged', a: 1 });
    // The SDK computes this when it is first read.
    expect(spans[0]?.resource.attributes).toBeDefined();
    const before = inspect(spans[0], { depth: 9 });
    const inner = new CollectingExporter();
    exportThrough(inner, spans);
    expect(inspect(spans[0], { depth: 9 })).toBe(before);
    expect(inner.spans[0]?.attributes['spanseal.seal']).toMatch(/^1~k~/);
    expect(inner.spans[0]?.spanContext()).toMatchObject({
      traceId: spans[0]?.spanContext().traceId,
      traceFlags: 1,
    });
    expect(inner.spans[0]?.resource.attributes).toEqual(spans[0]?.resource.attributes);
  });

  test.each<[string, (span: Record<string, unknown>) => void, number]>([
    [
      'a link to nowhere',
      (span) => void (span['links'] = [{ context: { traceId: '1', spanId: '2', traceFlags: 1 } }]),
      1,
    ],
    ['times before 1970', (span) => void Object.assign(span, { startTime: [-1, 0], endTime: [-5, 3] }), 1],
    ['times after 2554', (span) => void Object.assign(span, { startTime: [2e10, 0], endTime: [3e10, 0] }), 1],
    [
      'fractional times',
      (span) => void Object.assign(span, { startTime: [1.5, 0.5], endTime: ['2', '7'] }),
      1,
    ],
    [
      'counts that are none',
      (span) => define(span, { droppedLinksCount: 2 ** 40, droppedEventsCount: Number.NaN }),
      1,
    ],
    ['an unknown kind', (span) => void (span['kind'] = 2.5), 1],
    [
      'a trace state with half a letter',
      (span) => withContext(span, { traceState: { serialize: () => 'v=\ud800' } }),
      1,
    ],
    [
      'a trace state that changes',
      (span) => {
        let count = 0;
        withContext(span, { traceState: { serialize: () => `v=${count++}` } });
      },
      1,
    ],
    ['an id that is none', (span) => withContext(span, { traceId: 'xyz' }), 0],
    [
      'a parent id that is none',
      (span) => void (span['parentSpanContext'] = { traceId: 'x', spanId: 'y', traceFlags: 0 }),
      1,
    ],
    [
      'a map that unfolds to millions of values',
      (span) => void (span['attributes'] = { a: unfolding(30) }),
      1,
    ],
    [
      'a map in itself',
      (span) => {
        const map: Record<string, unknown> = {};
        map['l'] = map;
        map['r'] = map;
        span['attributes'] = { a: map };
      },
      1,
    ],
    [
      'a seal-like attribute',
      (span) => void (span['attributes'] = { 'spanseal.sealed': 1, 'spanseal.seal.x': 2 }),
      1,
    ],
  ])('a span with %s takes no other with it', (_, spoil, leaves) => {
    const spans = spansOf(line, {}, 3);
    const odd = Object.assign(Object.create(Object.getPrototypeOf(spans[1])), spans[1]) as LineReadableSpan;
    spoil(odd as unknown as Record<string, unknown>);
    const inner = new CollectingExporter();
    const started = process.cpuUsage();
    expect(exportThrough(inner, [...spans, odd])).toEqual([{ code: 0 }]);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
    expect(inner.spans).toHaveLength(3 + leaves);
    const verdict = line.name === '2.0' ? 'valid-core' : 'valid';
    for (const report of [verify(inner.toProtobuf(line)), verifyText(inner.toJson(line))]) {
      expect(report).toMatchObject({ result: 'intact', spans: { total: 3 + leaves, [verdict]: 3 + leaves } });
    }
  });

  test('a resource with a schema URL verifies as protobuf and as JSON', () => {
    const inner = new CollectingExporter();
    const spans = spansOf(line).map(
      (span) =>
        Object.assign(Object.create(Object.getPrototypeOf(span)), span, {
          resource: {
            attributes: { 'service.name': 's' },
            schemaUrl: 'https://opentelemetry.io/schemas/1.30.0',
          },
        }) as LineReadableSpan,
    );
    exportThrough(inner, spans);
    for (const report of [verify(inner.toProtobuf(line)), verifyText(inner.toJson(line))]) {
      expect(report).toMatchObject({ result: 'intact', spans: { total: 1 } });
    }
  });

  test('spans of one resource stay in one group', () => {
    const inner = new CollectingExporter();
    exportThrough(inner, spansOf(line, {}, 5));
    const bytes = line.transformer.ProtobufTraceSerializer.serializeRequest(inner.spans);
    expect(
      parseTraceRequest(Buffer.from(line.transformer.JsonTraceSerializer.serializeRequest(inner.spans) ?? []))
        .resourceSpans,
    ).toHaveLength(1);
    expect(verify(bytes ?? new Uint8Array()).spans.total).toBe(5);
  });

  test('thirty exports at once give one stream without a gap', () => {
    const inner = new CollectingExporter();
    const exporter = new SigningSpanExporter(inner, { keyRing });
    for (const span of spansOf(line, {}, 30)) exporter.export([span], () => undefined);
    const shuffled = [...inner.spans].reverse();
    const bytes = line.transformer.ProtobufTraceSerializer.serializeRequest(shuffled) ?? new Uint8Array();
    expect(verify(bytes)).toMatchObject({
      result: 'intact',
      streams: [{ stream: exporter.stream, spans: 30, missing: [] }],
    });
  });
});

function withContext(span: Record<string, unknown>, parts: object): void {
  const context = { ...(span['spanContext'] as () => object).call(span), ...parts };
  span['spanContext'] = () => context;
}

function define(span: object, values: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(values)) Object.defineProperty(span, name, { value });
}

/** A map of two members, each the same map of two members, and so on. */
function unfolding(levels: number): object {
  return Array.from({ length: levels }).reduce<object>((below) => ({ l: below, r: below }), {});
}

function verifyOne(form: Uint8Array | undefined): Report {
  return verify(form ?? new Uint8Array());
}

function verifyText(form: Uint8Array | undefined): Report {
  const verifier = createVerifier({ keyRing });
  verifier.add(Buffer.from(form ?? []).toString());
  return verifier.finish();
}

describe('a signing exporter', () => {
  const [line] = loadLines();
  const spans = () => (line === undefined ? [] : spansOf(line, {}, 3));

  test('loses no batch to one span that cannot be read', () => {
    const broken = Object.defineProperty({}, 'attributes', {
      get: () => {
        throw new Error('no');
      },
    }) as LineReadableSpan;
    const inner = new CollectingExporter();
    const exporter = new SigningSpanExporter(inner, { keyRing });
    const results: ExportResult[] = [];
    exporter.export([...spans(), broken], (result) => results.push(result));
    expect(results).toEqual([{ code: 0 }]);
    expect(inner.spans).toHaveLength(3);
    expect(exporter.counters()).toMatchObject({ sealed: 3, refused: 1, failedExports: 0 });
  });

  test('turns a throw of the wrapped exporter into a failed export, and calls back once', () => {
    const inner = {
      export(_: LineReadableSpan[], callback: (result: ExportResult) => void) {
        callback({ code: 0 });
        callback({ code: 0 });
        throw new Error('after');
      },
      shutdown: () => Promise.resolve(),
    };
    const results: ExportResult[] = [];
    const exporter = new SigningSpanExporter(inner, { keyRing });
    exporter.export(spans(), (result) => results.push(result));
    expect(results).toEqual([{ code: 0 }]);
    const throwing = new SigningSpanExporter(
      {
        ...inner,
        export: () => {
          throw new Error('at once');
        },
      },
      { keyRing },
    );
    throwing.export(spans(), (result) => results.push(result));
    expect(results[1]).toMatchObject({ code: 1 });
    expect(throwing.counters().failedExports).toBe(1);
  });

  test('takes an export without a result for a failed one', () => {
    const inner = {
      export: (_: LineReadableSpan[], done: () => void) => done(),
      shutdown: () => Promise.resolve(),
    };
    const results: ExportResult[] = [];
    new SigningSpanExporter(inner as never, { keyRing }).export(spans(), (result) => results.push(result));
    expect(results).toMatchObject([{ code: 1 }]);
  });

  test('waits in forceFlush for what is in flight, then flushes the wrapped exporter', async () => {
    const order: string[] = [];
    const inner = {
      export(_: LineReadableSpan[], callback: (result: ExportResult) => void) {
        setTimeout(() => {
          order.push('exported');
          callback({ code: 0 });
        }, 20);
      },
      shutdown: async () => void order.push('shutdown'),
      forceFlush: async () => void order.push('flushed'),
    };
    const exporter = new SigningSpanExporter(inner, { keyRing });
    exporter.export(spans(), () => undefined);
    await exporter.forceFlush();
    await exporter.shutdown();
    expect(order).toEqual(['exported', 'flushed', 'shutdown']);
  });

  test.each<[string, unknown, unknown]>([
    ['no exporter', undefined, { keyRing }],
    ['an exporter without shutdown', { export: () => undefined }, { keyRing }],
    ['no options', new CollectingExporter(), undefined],
    ['no key ring', new CollectingExporter(), {}],
    ['a secret for a key ring', new CollectingExporter(), { keyRing: secret }],
    ['an unknown option', new CollectingExporter(), { keyRing, keyring: 1 }],
  ])('refuses %s', (_, inner, options) => {
    const create = () => new SigningSpanExporter(inner as never, options as never);
    (expect(create) as unknown as { toThrowWithCode(type: unknown, code: string): void }).toThrowWithCode(
      ExporterError,
      'ERR_SPANSEAL_EXPORTER',
    );
    expect(create).not.toThrow(secret);
  });

  test('shows no key material to inspect', () => {
    const shown = inspect(new SigningSpanExporter(new CollectingExporter(), { keyRing }), {
      showHidden: true,
      depth: 9,
    });
    expect(shown).not.toContain(secret.slice(7, 20));
    expect(shown).not.toMatch(/Uint8Array|Buffer/);
  });
});
