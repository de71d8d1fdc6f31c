import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decodeTraceRequest,
  encodeTraceRequest,
  parseTraceRequest,
  readTraceRequestObject,
  type TraceRequest,
} from '../src/index.js';
import { requestArbitrary } from './model-arbitrary.js';

const runs = { seed: 20261121, numRuns: 400 };
const protobuf = { format: 'protobuf' } as const;
const json = { format: 'json' } as const;

describe('What is written is read back', () => {
  test('from protobuf, as the same model', () => {
    const property = fc.property(requestArbitrary, (request) => {
      expect(decodeTraceRequest(encodeTraceRequest(request, protobuf))).toEqual(request);
    });
    fc.assert(property, runs);
  });

  test('from JSON, as the same model, be it bytes, text or parsed', () => {
    const property = fc.property(requestArbitrary, (request) => {
      const bytes = encodeTraceRequest(request, json);
      const text = Buffer.from(bytes).toString('utf8');
      expect(parseTraceRequest(bytes)).toEqual(request);
      expect(parseTraceRequest(text)).toEqual(request);
      expect(readTraceRequestObject(JSON.parse(text))).toEqual(request);
    });
    fc.assert(property, runs);
  });

  test('and written again as the same bytes', () => {
    const property = fc.property(requestArbitrary, (request) => {
      for (const [options, read] of [
        [protobuf, decodeTraceRequest] as const,
        [json, parseTraceRequest] as const,
      ]) {
        const bytes = encodeTraceRequest(request, options);
        expect(Buffer.compare(encodeTraceRequest(read(bytes), options), bytes)).toBe(0);
      }
    });
    fc.assert(property, runs);
  });

  test('also where a text reads like the default of a number', () => {
    for (const text of ['0', 'false', 'null', '""']) {
      const named = { name: text, version: text };
      const own = { traceState: text, name: text, status: { message: text } };
      const span = {
        ...own,
        events: [{ name: text, attributes: [] }],
        links: [{ traceState: text, attributes: [] }],
      };
      const schemaUrl = text;
      const request = {
        resourceSpans: [{ schemaUrl, scopeSpans: [{ schemaUrl, scope: named, spans: [span] }] }],
      } as unknown as TraceRequest;
      const expected = decodeTraceRequest(encodeTraceRequest(request, { format: 'protobuf' }));
      expect(parseTraceRequest(encodeTraceRequest(request, { format: 'json' }))).toEqual(expected);
    }
  });

  test('and a model is a valid OTLP/JSON document as it stands', () => {
    const property = fc.property(requestArbitrary, (request) => {
      expect(readTraceRequestObject(request)).toEqual(request);
    });
    fc.assert(property, runs);
  });
});

describe('The writers take 64-bit integers and bytes in every spelling of the model', () => {
  const spellings = (
    intValue: string | number | bigint,
    start: string | number | bigint,
    bytes: string | Uint8Array,
  ) => ({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                startTimeUnixNano: start,
                attributes: [
                  { key: 'i', value: { intValue } },
                  { key: 'b', value: { bytesValue: bytes } },
                ],
              },
            ],
          },
        ],
      },
    ],
  });

  test.each([protobuf, json])('$format', (options) => {
    const expected = encodeTraceRequest(spellings('-5', '1767225600', 'AP8='), options);
    for (const request of [
      spellings(-5, 1767225600, new Uint8Array([0, 255])),
      spellings(-5n, 1767225600n, Buffer.from([0, 255])),
      spellings('-05', '01767225600', 'AP8='),
    ]) {
      expect(encodeTraceRequest(request, options)).toEqual(expected);
    }
  });

  test('NaN and the infinities as numbers and as text', () => {
    const value = (doubleValue: number | 'NaN' | 'Infinity' | '-Infinity') => ({
      resourceSpans: [{ scopeSpans: [{ spans: [{ attributes: [{ key: 'd', value: { doubleValue } }] }] }] }],
    });
    for (const options of [protobuf, json]) {
      for (const [number, text] of [
        [Number.NaN, 'NaN'],
        [Number.POSITIVE_INFINITY, 'Infinity'],
        [Number.NEGATIVE_INFINITY, '-Infinity'],
      ] as const) {
        expect(encodeTraceRequest(value(number), options)).toEqual(encodeTraceRequest(value(text), options));
      }
    }
  });
});
