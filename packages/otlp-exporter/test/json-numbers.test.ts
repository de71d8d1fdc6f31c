import { describe, expect, test } from '@jest/globals';
import { type AnyValue, OtlpError, parseTraceRequest } from '@spanseal/otlp';
import { createVerifier } from '@spanseal/seal';
import { type LineReadableSpan, loadLines } from '@spanseal/test-kit';
import { SigningSpanExporter } from '../src/index.js';
import { exportOnce, newRing } from './receivers.js';
import { spansOf } from './spans-of.js';

const numbers: [number, AnyValue][] = [
  [Number.NaN, { stringValue: 'NaN' }],
  [Number.POSITIVE_INFINITY, { stringValue: 'Infinity' }],
  [Number.NEGATIVE_INFINITY, { stringValue: '-Infinity' }],
  [1e21, { stringValue: '1000000000000000000000' }],
  [-1e21, { stringValue: '-1000000000000000000000' }],
  [2 ** 63, { stringValue: '9223372036854775808' }],
  [2 ** 62 + 1024, { stringValue: '4611686018427388928' }],
  [1e20, { stringValue: '100000000000000000000' }],
  [1e300, { stringValue: BigInt(1e300).toString() }],
  [Number.MAX_VALUE, { stringValue: BigInt(Number.MAX_VALUE).toString() }],
  [Number.MAX_SAFE_INTEGER, { intValue: '9007199254740991' }],
  [-0, { intValue: '0' }],
  [5e-324, { doubleValue: 5e-324 }],
  [1.5e-7, { doubleValue: 1.5e-7 }],
  [2 ** 51 + 0.5, { doubleValue: 2251799813685248.5 }],
];

describe.each(loadLines())('around the stock JSON exporter of the $name line', (line) => {
  const stockJson = (spans: LineReadableSpan[]) =>
    line.transformer.JsonTraceSerializer.serializeRequest(spans) as Uint8Array;

  test.each(numbers)('%p loses no batch', async (number, value) => {
    const [given] = spansOf(line, { number, list: [number, 0.5] });
    if (given === undefined) throw new Error('no span');
    const event = { name: 'e', time: [1, 0] as [number, number], attributes: { number } };
    const context = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: 1,
    };
    const resource = { ...given.resource, attributes: { 'service.name': 's', number } };
    const span = Object.create(given, {
      events: { value: [event] },
      links: { value: [{ context, attributes: { number } }] },
      resource: { value: resource },
    }) as LineReadableSpan;
    const keyRing = newRing();
    let json = new Uint8Array();
    const inner = {
      export(spans: LineReadableSpan[], done: (result: { code: number }) => void) {
        json = new Uint8Array(stockJson(spans));
        done({ code: 0 });
      },
      shutdown: async () => undefined,
    };
    const exporter = new SigningSpanExporter<LineReadableSpan>(inner, { keyRing, checkpoints: false });
    await exportOnce(exporter as never, [span]);

    // What a Collector refuses, with all of the request.
    expect(Buffer.from(json).toString()).not.toMatch(/"doubleValue":null|"intValue":-?[\d.]+e/i);
    const [group] = parseTraceRequest(json).resourceSpans;
    const [read] = group?.scopeSpans[0]?.spans ?? [];
    const found = [group?.resource, read, read?.events?.[0], read?.links?.[0]].map(
      (place) => place?.attributes?.find(({ key }) => key === 'number')?.value,
    );
    expect(found).toEqual([value, value, value, value]);
    const verifier = createVerifier({ keyRing });
    verifier.add(JSON.parse(Buffer.from(json).toString()));
    const { spans } = verifier.finish();
    expect(spans[line.name === '2.0' ? 'valid-core' : 'valid']).toBe(1);
  });

  test.each([Number.NaN, Number.NEGATIVE_INFINITY, 1e21])('%p by itself would', (number) => {
    expect(() => parseTraceRequest(stockJson(spansOf(line, { number })))).toThrow(OtlpError);
  });
});
