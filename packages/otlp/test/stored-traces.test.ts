import { describe, expect, test } from '@jest/globals';
import { toThrowWithCode } from '@spanseal/test-kit';
import fc from 'fast-check';
import {
  canonicalCoreSpan,
  decodeTraceRequest,
  encodeTraceRequest,
  OtlpError,
  parseStoredTraces,
  parseTraceRequest,
  type Span,
  type StoredTraces,
} from '../src/index.js';
import { canonicalLines, fullRequest, hexOf, spansOf } from './requests.js';

expect.extend({ toThrowWithCode });

const code = (name: string) => `ERR_SPANSEAL_OTLP_${name}`;
const read = (answer: unknown): StoredTraces => parseStoredTraces(JSON.stringify(answer));
const codesOf = ({ notes }: StoredTraces) => notes.map((note) => note.code);

type Json = Record<string, unknown>;
const tag = (key: string, value: unknown, type = 'string'): Json => ({ key, type, value });

const jaegerSpan: Json = {
  traceID: '0102030405060708090a0b0c0d0e0f10',
  spanID: '1112131415161718',
  operationName: 'GET /orders/{id}',
  references: [
    { refType: 'CHILD_OF', traceID: '0102030405060708090a0b0c0d0e0f10', spanID: '2122232425262728' },
  ],
  startTime: 1767225600000000,
  duration: 12345,
  tags: [
    tag('s', 'x'),
    tag('b', false, 'bool'),
    tag('i', '-9007199254740993', 'int64'),
    tag('d', 0.5, 'float64'),
    tag('y', 'AP8=', 'binary'),
    tag('span.kind', 'client'),
    tag('otel.status_code', 'ERROR'),
    tag('otel.status_description', 'no'),
    tag('error', true, 'bool'),
    tag('otel.scope.name', 'lib'),
    tag('otel.scope.version', '1.0.0'),
    tag('w3c.tracestate', 'a=1'),
  ],
  logs: [{ timestamp: 1767225600000001, fields: [tag('event', 'retry'), tag('n', 1, 'int64')] }],
  processID: 'p1',
  warnings: null,
};

function jaeger(change: Json = {}, process: Json = {}): Json {
  const p1 = { serviceName: 'shop', tags: [tag('host.name', 'web-1')], ...process };
  const trace = { traceID: '0102030405060708090a0b0c0d0e0f10', spans: [{ ...jaegerSpan, ...change }] };
  return {
    data: [{ ...trace, processes: { p1 }, warnings: null }],
    ...{ total: 0, limit: 0, offset: 0, errors: null },
  };
}

const theSpan = ({ request }: StoredTraces): Span => spansOf(request)[0] ?? {};
const jaegerPath = (place: string) => `data[0].spans[0].${place}`;

describe('The answer of Jaeger’s /api/traces', () => {
  test('is read as the span that was sent, with its tags where OTLP has members for them', () => {
    const stored = read(jaeger());
    expect(stored.request.resourceSpans[0]?.resource?.attributes).toEqual([
      { key: 'service.name', value: { stringValue: 'shop' } },
      { key: 'host.name', value: { stringValue: 'web-1' } },
    ]);
    expect(stored.request.resourceSpans[0]?.scopeSpans[0]?.scope).toEqual({ name: 'lib', version: '1.0.0' });
    expect(theSpan(stored)).toEqual({
      traceId: '0102030405060708090a0b0c0d0e0f10',
      spanId: '1112131415161718',
      traceState: 'a=1',
      parentSpanId: '2122232425262728',
      name: 'GET /orders/{id}',
      kind: 3,
      startTimeUnixNano: '1767225600000000000',
      endTimeUnixNano: '1767225600012345000',
      attributes: [
        { key: 's', value: { stringValue: 'x' } },
        { key: 'b', value: { boolValue: false } },
        { key: 'i', value: { intValue: '-9007199254740993' } },
        { key: 'd', value: { doubleValue: 0.5 } },
        { key: 'y', value: { bytesValue: 'AP8=' } },
      ],
      events: [
        {
          timeUnixNano: '1767225600000001000',
          name: 'retry',
          attributes: [{ key: 'n', value: { intValue: '1' } }],
        },
      ],
      status: { code: 2, message: 'no' },
    });
    expect(stored.cuts).toEqual([['span', 'events']]);
    expect(stored.notes).toEqual([{ code: 'STORE_MICROSECONDS', path: jaegerPath('startTime'), count: 1 }]);
  });

  test('may spell ids without leading zeros, in capitals, or in base64', () => {
    const ids = (traceID: string, spanID: string) => {
      const { traceId, spanId } = theSpan(read(jaeger({ traceID, spanID })));
      return [traceId, spanId];
    };
    expect(ids('A1', 'B2')).toEqual(['a1'.padStart(32, '0'), 'b2'.padStart(16, '0')]);
    const bytes = Buffer.from('0102030405060708090a0b0c0d0e0f10', 'hex');
    expect(ids(bytes.toString('base64'), bytes.subarray(0, 8).toString('base64'))).toEqual([
      '0102030405060708090a0b0c0d0e0f10',
      '0102030405060708',
    ]);
  });

  test('has links and a parent among its references', () => {
    const other = { traceID: 'aa'.repeat(16), spanID: 'bb'.repeat(8) };
    const references = [
      { refType: 'FOLLOWS_FROM', ...other },
      { refType: 'CHILD_OF', ...other },
      ...(jaegerSpan['references'] as Json[]),
    ];
    const stored = read(jaeger({ references }));
    const link = { traceId: 'aa'.repeat(16), spanId: 'bb'.repeat(8) };
    expect(theSpan(stored)).toMatchObject({ parentSpanId: '2122232425262728', links: [link, link] });
    expect(stored.cuts[0]).toContain('links');
    expect(codesOf(stored)).toContain('STORE_LINKS');
  });

  test.each<[string, Json, Json, string, string]>([
    ['warnings', { warnings: ['clock skew'] }, {}, 'STORE_NO_PLACE', jaegerPath('warnings')],
    ['flags', { flags: 1 }, {}, 'STORE_NO_PLACE', jaegerPath('flags')],
    ['a text like a list', { tags: [tag('k', '["a"]')] }, {}, 'STORE_TEXT', jaegerPath('tags[0]')],
    ['an empty text', { tags: [tag('k', '')] }, {}, 'STORE_TEXT', jaegerPath('tags[0]')],
    [
      'a kind twice',
      { tags: [tag('span.kind', 'client'), tag('span.kind', 'server')] },
      {},
      'STORE_AMBIGUOUS',
      jaegerPath('tags[1]'),
    ],
    [
      'a kind that Jaeger does not write',
      { tags: [tag('span.kind', 'x')] },
      {},
      'STORE_AMBIGUOUS',
      jaegerPath('tags[0]'),
    ],
    [
      'an event’s name twice',
      { logs: [{ timestamp: 1, fields: [tag('event', 'a'), tag('event', 'b')] }] },
      {},
      'STORE_AMBIGUOUS',
      jaegerPath('logs[0].fields'),
    ],
    [
      'a service name that Jaeger made up',
      {},
      { serviceName: 'missing-service-name' },
      'STORE_FILLED_IN',
      'data[0].processes[0].serviceName',
    ],
    [
      'a service name twice',
      {},
      { tags: [tag('service.name', 'x')] },
      'STORE_AMBIGUOUS',
      'data[0].processes[0].serviceName',
    ],
  ])('does not pass over %s in silence', (_, span, process, noteCode, path) => {
    expect(read(jaeger(span, process)).notes).toContainEqual({ code: noteCode, path, count: 1 });
  });

  test('keeps an attribute `error` that is not Jaeger’s', () => {
    for (const tags of [
      [tag('error', true, 'bool')],
      [tag('otel.status_code', 'ERROR'), tag('error', 'yes')],
    ]) {
      expect(theSpan(read(jaeger({ tags }))).attributes).toMatchObject([{ key: 'error' }]);
    }
  });

  test.each<[string, Json, string, string]>([
    ['an unknown member', { extra: 1 }, 'UNKNOWN_FIELD', 'data[0].spans[0]'],
    ['a type of a tag', { tags: [tag('k', 1, 'int32')] }, 'VALUE', jaegerPath('tags[0].type')],
    ['a value of a tag', { tags: [tag('k', 'x', 'int64')] }, 'VALUE', jaegerPath('tags[0].value')],
    ['a lost value', { tags: [tag('k', null, 'int64')] }, 'TYPE', jaegerPath('tags[0].value')],
    [
      'an integer beyond 64 bits',
      { tags: [tag('k', '9223372036854775808', 'int64')] },
      'VALUE',
      jaegerPath('tags[0].value'),
    ],
    ['base64', { tags: [tag('k', '!', 'binary')] }, 'VALUE', jaegerPath('tags[0].value')],
    ['a nested value', { tags: [tag('k', [1])] }, 'TYPE', jaegerPath('tags[0].value')],
    ['a key twice', { tags: [tag('k', 'a'), tag('k', 'b')] }, 'DUPLICATE_KEY', jaegerPath('tags[1].key')],
    ['an id', { spanID: 'xyz' }, 'VALUE', jaegerPath('spanID')],
    ['a long id', { spanID: '1'.repeat(17) }, 'VALUE', jaegerPath('spanID')],
    ['no id', { spanID: null }, 'VALUE', jaegerPath('spanID')],
    [
      'a kind of reference',
      { references: [{ refType: 'PARENT' }] },
      'VALUE',
      jaegerPath('references[0].refType'),
    ],
    ['two parents', { parentSpanID: '01' }, 'VALUE', jaegerPath('parentSpanID')],
    ['a process', { processID: 'p2' }, 'VALUE', jaegerPath('processID')],
    ['a negative time', { startTime: -1 }, 'VALUE', jaegerPath('startTime')],
    ['a time with a fraction', { startTime: 1.5 }, 'VALUE', jaegerPath('startTime')],
    ['an end beyond 2^64', { startTime: '18446744073709551', duration: 1 }, 'VALUE', jaegerPath('duration')],
    ['a time beyond 2^64', { startTime: '18446744073709552' }, 'VALUE', jaegerPath('startTime')],
  ])('is refused for %s, with code and path, and without the value', (_, change, name, path) => {
    const answer = jaeger(change);
    expect(() => read(answer)).toThrowWithCode(OtlpError, code(name));
    expect(() => read(answer)).toThrow(expect.objectContaining({ path }));
    expect(() => read(answer)).not.toThrow(/PARENT|xyz|p2|9223372036854775808/);
  });

  test('is refused for a process that stands twice, of which JSON.parse would keep one', () => {
    const text = JSON.stringify(jaeger()).replace('"processes":{', '"processes":{"p1":{"tags":[]},');
    expect(() => parseStoredTraces(text)).toThrowWithCode(OtlpError, code('DUPLICATE_FIELD'));
  });

  test('knows a process by any name, also one that objects inherit, and by no other', () => {
    const text = JSON.stringify(jaeger({ processID: '__proto__' })).replace('"p1":', '"__proto__":');
    expect(theSpan(parseStoredTraces(text)).spanId).toBe('1112131415161718');
    expect(() => read(jaeger({ processID: 'constructor' }))).toThrowWithCode(OtlpError, code('VALUE'));
  });

  test('is bounded in spans, elements and depth', () => {
    const text = JSON.stringify(jaeger());
    for (const limits of [{ maxSpans: 0 }, { maxElements: 10 }, { maxListLength: 3 }, { maxBytes: 100 }]) {
      expect(() => parseStoredTraces(text, limits)).toThrowWithCode(OtlpError, code('SIZE'));
    }
    const deep = JSON.stringify(jaeger()).replace('"errors":null', `"errors":${'['.repeat(100_000)}`);
    expect(() => parseStoredTraces(deep)).toThrowWithCode(OtlpError, code('DEPTH'));
  });
});

describe('The answers of Tempo, and of Jaeger’s /api/v3', () => {
  const model = parseTraceRequest(encodeTraceRequest(fullRequest, { format: 'json' }));
  const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
  /** As protobuf's own JSON spells ids. */
  const inBase64 = (text: string) =>
    text.replace(
      /("(?:traceId|spanId|parentSpanId)":)"([0-9a-f]+)"/g,
      (_, name, id) => `${name}"${base64(id)}"`,
    );
  const groups = JSON.stringify(model.resourceSpans);

  test.each([
    ['{batches} with ids in base64', `{"batches":${inBase64(groups)}}`],
    ['{trace} with ids in base64', `{"trace":{"resourceSpans":${inBase64(groups)}},"status":"COMPLETE"}`],
    ['{batches} with ids in hex', `{"batches":${groups}}`],
    ['{result}', `{"result":{"resourceSpans":${groups}}}`],
    ['OTLP', `{"resourceSpans":${groups}}`],
  ])('are read as OTLP: %s', (_, text) => {
    const { request, notes } = parseStoredTraces(text);
    expect(request).toEqual(model);
    expect(notes).toEqual([]);
  });

  test('only there ids may be base64', () => {
    expect(() => parseTraceRequest(`{"resourceSpans":${inBase64(groups)}}`)).toThrowWithCode(
      OtlpError,
      code('VALUE'),
    );
    const unpadded = inBase64(groups).replaceAll('=', '');
    expect(() => parseStoredTraces(`{"batches":${unpadded}}`)).toThrowWithCode(OtlpError, code('VALUE'));
  });

  test('say when they are not all, and what is no trace', () => {
    const partial = read({
      trace: {},
      status: 'PARTIAL',
      message: 'too large',
      metrics: { inspectedBytes: '1' },
    });
    expect(codesOf(partial)).toEqual(['STORE_NO_PLACE', 'STORE_PARTIAL']);
    expect(codesOf(read({ batches: [], metrics: {}, message: '' }))).toEqual([]);
  });

  test('are refused with two lists of traces, of which one would be lost', () => {
    expect(() => read({ batches: [{ scopeSpans: [] }], ...jaeger() })).toThrowWithCode(
      OtlpError,
      code('DUPLICATE_FIELD'),
    );
    expect(() => read({ batches: [], other: [] })).toThrowWithCode(OtlpError, code('UNKNOWN_FIELD'));
  });

  test('have the warnings of Jaeger apart from the attributes of a span', () => {
    const warned = (text: string) => ({
      key: '@jaeger@warnings',
      value: { arrayValue: { values: [{ stringValue: text }] } },
    });
    const answer = (text: string) => ({
      result: { resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'n', attributes: [warned(text)] }] }] }] },
    });
    const stored = read(answer('Negative duration detected, sanitizing end timestamp. …'));
    expect(theSpan(stored)).toEqual({ name: 'n' });
    expect(stored.cuts).toEqual([['span']]);
    expect(codesOf(stored)).toEqual(['STORE_NO_PLACE']);
    expect(read(answer('anything else')).cuts).toEqual([[]]);
  });
});

describe('Whatever the text', () => {
  const runs = { seed: 20261128, numRuns: 300 };
  const whole = JSON.stringify(jaeger());

  test('reading ends with traces or with an OtlpError, at every place where it is cut off', () => {
    for (let end = 0; end < whole.length; end += 3) {
      expect(() => parseStoredTraces(whole.slice(0, end))).toThrow(OtlpError);
    }
  });

  test('and with any character changed, no value of a tag is in the error', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.string({ minLength: 1, maxLength: 3 }), (at, text) => {
        const damaged = whole.replaceAll('web-1', 'hunter2') as string;
        try {
          parseStoredTraces(damaged.slice(0, at) + text + damaged.slice(at + 1));
        } catch (error) {
          expect(error).toBeInstanceOf(OtlpError);
          expect(String(error)).not.toContain('hunter2');
        }
      }),
      runs,
    );
  });

  test('tags of every type come back as they were sent, but for texts that may be something else', () => {
    const value = fc.oneof(
      fc.record({ type: fc.constant('string'), value: fc.string({ unit: 'grapheme' }) }),
      fc.record({ type: fc.constant('bool'), value: fc.boolean() }),
      fc.record({ type: fc.constant('int64'), value: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map(String) }),
      fc.record({ type: fc.constant('float64'), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    );
    const members = { string: 'stringValue', bool: 'boolValue', int64: 'intValue', float64: 'doubleValue' };
    fc.assert(
      fc.property(fc.uniqueArray(value, { maxLength: 8 }), (values) => {
        const tags = values.map((each, index) => ({ key: `k${index}`, ...each }));
        const attributes = tags.map(({ key, type, value }) => ({
          key,
          value: { [members[type as keyof typeof members]]: value },
        }));
        const stored = read(jaeger({ tags }));
        const sent = { attributes };
        expect(hexOf(canonicalCoreSpan({ attributes: theSpan(stored).attributes ?? [] }))).toBe(
          hexOf(canonicalCoreSpan(sent)),
        );
      }),
      runs,
    );
  });

  test('what is read can be written and read again', () => {
    const { request } = read(jaeger());
    const again = decodeTraceRequest(encodeTraceRequest(request, { format: 'protobuf' }));
    expect(canonicalLines(again)).toEqual(canonicalLines(request));
  });

  test('ten times the spans take about ten times as long', () => {
    const many = (count: number) => {
      const [trace] = jaeger()['data'] as { spans: Json[] }[];
      return JSON.stringify({ data: [{ ...trace, spans: Array.from({ length: count }, () => jaegerSpan) }] });
    };
    const [few, lots] = [many(500), many(5000)];
    const timed = (text: string) => {
      const times = [1, 2, 3].map(() => {
        const before = process.cpuUsage().user;
        parseStoredTraces(text);
        return process.cpuUsage().user - before;
      });
      return Math.min(...times);
    };
    timed(few);
    expect(timed(lots)).toBeLessThan(40 * timed(few));
  });
});
