import { describe, expect, test } from '@jest/globals';
import { decodeTraceRequest, OtlpError, parseTraceRequest, readTraceRequestObject } from '../src/index.js';
import { canonicalLines } from './requests.js';
import { type IngestCase, loadVectors } from './vectors.js';

/** What the Collector takes and these readers refuse, by code, each with the reason. */
const stricter: Record<string, string[]> = {
  // A null that the Collector turns into an empty element, or (in a oneof) into a present default.
  TYPE: [
    'stringValue null',
    'nested null in array',
    'resourceSpans [null]',
    'spans [null]',
    'attributes [null]',
    '"events":[null]',
    'arrayValue null',
    'kvlistValue null',
    'body null',
  ],
  // The Collector keeps the last one, or joins lists: another reader may not.
  DUPLICATE_FIELD: [
    'two members in one value',
    'duplicate JSON member name',
    'duplicate resourceSpans',
    'duplicate attributes member',
  ],
  // The Collector drops them.
  UNKNOWN_FIELD: [
    'unknown field',
    'value unknown member',
    'value member then unknown',
    'kvlistValue a map',
    'StringValue capital',
    'unknown field nested 200 deep',
  ],
  // The Collector puts U+FFFD in their place, or passes the bytes on.
  UTF8: ['lone surrogate', 'raw invalid utf8', 'surrogates in wrong order', 'Latin-1'],
  DUPLICATE_KEY: ['kvlistValue duplicate keys'],
  // Spellings of Go's ParseFloat that neither JSON nor proto3 has.
  VALUE: [
    'doubleValue "nan"',
    'doubleValue "+Infinity"',
    'doubleValue "Inf"',
    'doubleValue "inf"',
    'doubleValue "0x1p-2"',
    'doubleValue "1_000"',
  ],
  DEPTH: [
    'arrays nested 64 deep',
    'arrays nested 200 deep',
    'arrays nested 2000 deep',
    'kvlists nested 200 deep',
  ],
  // The Collector does not look behind the document.
  JSON: ['trailing garbage', 'trailing brace', 'two documents', 'NUL at the end'],
};
const stricterCodes = new Map(
  Object.entries(stricter).flatMap(([code, ids]) => ids.map((id) => [id, `ERR_SPANSEAL_OTLP_${code}`])),
);

/** Where JSON.parse has lost what the text says: the parsed value is then refused, or taken for what is left of it. */
const lostByJsonParse = {
  refused: ['intValue 9007199254740993', 'time 2^64-1'],
  taken: [
    'intValue 1.0',
    'kind 2.0',
    'time 1.0',
    'intValue 1e3',
    'raw invalid utf8',
    'Latin-1',
    'duplicate JSON member name',
    'duplicate resourceSpans',
    'duplicate attributes member',
  ],
};

const all = loadVectors<IngestCase>('otlp-json-ingest');
/** Cases about the body, not about headers or compression. */
const bodies = all.filter(
  ({ headers }) =>
    /^application\/json(;|$)/.test(headers['content-type'] ?? '') && !headers['content-encoding'],
);

function bodyOf({ body, bodyBase64 = '' }: IngestCase): Buffer {
  return body === undefined ? Buffer.from(bodyBase64, 'base64') : Buffer.from(body, 'utf8');
}

/** What a reader makes of a body: the lines of the request, or the code of the refusal. */
function outcome(read: () => string[]): string[] | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof OtlpError) return error.code;
    throw error;
  }
}

describe('Beside a real Collector', () => {
  test('there are enough cases', () => {
    expect(all).toHaveLength(241);
    expect(bodies).toHaveLength(220);
  });

  test.each(bodies.filter(({ expect: { status } }) => status !== 200))(
    'what it refuses is refused: $id',
    (ingest) => {
      expect(outcome(() => canonicalLines(parseTraceRequest(bodyOf(ingest))))).toMatch(/^ERR_SPANSEAL_OTLP_/);
    },
  );

  test.each(bodies.filter(({ expect: { status } }) => status === 200))(
    'what it takes is taken whole, or refused for a reason: $id',
    (ingest) => {
      const { fileProto } = ingest.expect;
      const theirs = fileProto
        ? () => canonicalLines(decodeTraceRequest(Buffer.from(fileProto, 'base64')))
        : () => [];
      const ours = outcome(() => canonicalLines(parseTraceRequest(bodyOf(ingest))));
      expect(ours).toEqual(stricterCodes.get(ingest.id) ?? outcome(theirs));
    },
  );

  test.each(bodies)('a parsed value is judged like its text: $id', (ingest) => {
    const body = bodyOf(ingest);
    let parsed: unknown;
    try {
      parsed = JSON.parse(body.toString('utf8'));
    } catch {
      return;
    }
    const fromValue = outcome(() => canonicalLines(readTraceRequestObject(parsed)));
    if (lostByJsonParse.refused.includes(ingest.id)) expect(fromValue).toBe('ERR_SPANSEAL_OTLP_VALUE');
    else if (lostByJsonParse.taken.includes(ingest.id)) expect(fromValue).toBeInstanceOf(Array);
    else expect(fromValue).toEqual(outcome(() => canonicalLines(parseTraceRequest(body))));
  });
});
