import { describe, expect, test } from '@jest/globals';
import { toThrowWithCode } from '@spanseal/test-kit';
import {
  canonicalAnyValue,
  canonicalKeyValues,
  canonicalSpan,
  decodeTraceRequest,
  type EncodeOptions,
  encodeTraceRequest,
  OtlpError,
  type Span,
  type TraceRequest,
} from '../src/index.js';
import { fullRequest, requestOf, valuePath } from './requests.js';

expect.extend({ toThrowWithCode });

const spanPath = 'resourceSpans[0].scopeSpans[0].spans[0]';
const ofSpan = (span: unknown) => requestOf(span as Span);
const ofValue = (value: unknown) => ofSpan({ attributes: [{ key: 'k', value }] });

function faultOf(run: () => unknown): { code: string; path: string; got: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof OtlpError)
      return { code: error.code.slice('ERR_SPANSEAL_OTLP_'.length), path: error.path, got: error.got };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe.each(['protobuf', 'json'] as const)('Encoding as %s refuses', (format) => {
  test.each<[string, unknown, string, string, string]>([
    ['no request', undefined, 'TYPE', '', 'undefined'],
    ['an array for a request', [], 'TYPE', '', 'array'],
    ['an unknown member of the request', { spans: [] }, 'UNKNOWN_FIELD', '', 'another name'],
    ['a list that is an object', { resourceSpans: {} }, 'TYPE', 'resourceSpans', 'object'],
    ['a list that is null', { resourceSpans: null }, 'TYPE', 'resourceSpans', 'null'],
    ['null in a list', { resourceSpans: [null] }, 'TYPE', 'resourceSpans[0]', 'null'],
    [
      'a resource that is text',
      { resourceSpans: [{ resource: 'r', scopeSpans: [] }] },
      'TYPE',
      'resourceSpans[0].resource',
      'string',
    ],
    [
      'an id key that is a number',
      { resourceSpans: [{ resource: { entityRefs: [{ idKeys: ['a', 1] }] }, scopeSpans: [] }] },
      'TYPE',
      'resourceSpans[0].resource.entityRefs[0].idKeys[1]',
      'number',
    ],
    [
      'a hole in a list of spans',
      { resourceSpans: [{ scopeSpans: [{ spans: new Array(1) }] }] },
      'TYPE',
      spanPath,
      'undefined',
    ],
    ['an unknown member of a span', ofSpan({ nmae: 'x' }), 'UNKNOWN_FIELD', spanPath, 'another name'],
    ['a member in snake_case', ofSpan({ trace_state: 'x' }), 'UNKNOWN_FIELD', spanPath, 'another name'],
    ['a name that is a number', ofSpan({ name: 5 }), 'TYPE', `${spanPath}.name`, 'number'],
    ['a name that is null', ofSpan({ name: null }), 'TYPE', `${spanPath}.name`, 'null'],
    ['a name that is a String object', ofSpan({ name: Object('x') }), 'TYPE', `${spanPath}.name`, 'object'],
    ['a lone surrogate', ofSpan({ name: 'a\ud800' }), 'UTF8', `${spanPath}.name`, 'a lone surrogate'],
    [
      'one in a long text',
      ofSpan({ name: `${'x'.repeat(99)}\udc00` }),
      'UTF8',
      `${spanPath}.name`,
      'a lone surrogate',
    ],
    [
      'an id of the wrong length',
      ofSpan({ traceId: '12' }),
      'VALUE',
      `${spanPath}.traceId`,
      'another string',
    ],
    [
      'an id that is not hex',
      ofSpan({ spanId: 'x'.repeat(16) }),
      'VALUE',
      `${spanPath}.spanId`,
      'another string',
    ],
    [
      'an id of wide digits',
      ofSpan({ spanId: '１'.repeat(16) }),
      'VALUE',
      `${spanPath}.spanId`,
      'another string',
    ],
    ['an id that is bytes', ofSpan({ spanId: new Uint8Array(8) }), 'TYPE', `${spanPath}.spanId`, 'bytes'],
    ['a kind by name', ofSpan({ kind: 'SPAN_KIND_SERVER' }), 'VALUE', `${spanPath}.kind`, 'another string'],
    ['a kind that is no integer', ofSpan({ kind: 1.5 }), 'VALUE', `${spanPath}.kind`, 'another number'],
    ['flags below zero', ofSpan({ flags: -1 }), 'VALUE', `${spanPath}.flags`, 'another number'],
    ['flags that are NaN', ofSpan({ flags: Number.NaN }), 'VALUE', `${spanPath}.flags`, 'another number'],
    [
      'a time below zero',
      ofSpan({ endTimeUnixNano: -1 }),
      'VALUE',
      `${spanPath}.endTimeUnixNano`,
      'another number',
    ],
    [
      'a time that has lost digits',
      ofSpan({ startTimeUnixNano: 1.7e18 }),
      'VALUE',
      `${spanPath}.startTimeUnixNano`,
      'another number',
    ],
    [
      'a time beyond 64 bits',
      ofSpan({ startTimeUnixNano: 2n ** 64n }),
      'VALUE',
      `${spanPath}.startTimeUnixNano`,
      'another bigint',
    ],
    [
      'a time that is a Date',
      ofSpan({ endTimeUnixNano: new Date(0) }),
      'TYPE',
      `${spanPath}.endTimeUnixNano`,
      'object',
    ],
    ['a status that is an array', ofSpan({ status: [] }), 'TYPE', `${spanPath}.status`, 'array'],
    [
      'a status code by name',
      ofSpan({ status: { code: '2' } }),
      'VALUE',
      `${spanPath}.status.code`,
      'another string',
    ],
    ['attributes as a map', ofSpan({ attributes: { k: 'v' } }), 'TYPE', `${spanPath}.attributes`, 'object'],
    ['null among attributes', ofSpan({ attributes: [null] }), 'TYPE', `${spanPath}.attributes[0]`, 'null'],
    [
      'an attribute without a key',
      ofSpan({ attributes: [{}] }),
      'TYPE',
      `${spanPath}.attributes[0].key`,
      'undefined',
    ],
    [
      'a key that is a number',
      ofSpan({ attributes: [{ key: 1 }] }),
      'TYPE',
      `${spanPath}.attributes[0].key`,
      'number',
    ],
    [
      'another member of an attribute',
      ofSpan({ attributes: [{ key: 'k', valeu: {} }] }),
      'UNKNOWN_FIELD',
      `${spanPath}.attributes[0]`,
      'another name',
    ],
    [
      'a lone surrogate in a key',
      ofSpan({ attributes: [{ key: '\ud800' }] }),
      'UTF8',
      `${spanPath}.attributes[0].key`,
      'a lone surrogate',
    ],
    ['an event that is a number', ofSpan({ events: [{}, 1] }), 'TYPE', `${spanPath}.events[1]`, 'number'],
    ['a bad event', ofSpan({ events: [{ name: 1 }] }), 'TYPE', `${spanPath}.events[0].name`, 'number'],
    [
      'a bad link',
      ofSpan({ links: [{ flags: 2 ** 32 }] }),
      'VALUE',
      `${spanPath}.links[0].flags`,
      'another number',
    ],
    ['a value that is text', ofValue('x'), 'TYPE', valuePath, 'string'],
    ['a value that is null', ofValue(null), 'TYPE', valuePath, 'null'],
    ['an unknown kind of value', ofValue({ dateValue: 1 }), 'UNKNOWN_FIELD', valuePath, 'another name'],
    [
      'a value with two members',
      ofValue({ stringValue: '', intValue: 1 }),
      'DUPLICATE_FIELD',
      valuePath,
      'a second one',
    ],
    ['text in a bool', ofValue({ boolValue: 'true' }), 'TYPE', `${valuePath}.boolValue`, 'string'],
    ['a fraction in an int', ofValue({ intValue: 1.5 }), 'VALUE', `${valuePath}.intValue`, 'another number'],
    [
      'an int of 65 bits',
      ofValue({ intValue: '9223372036854775808' }),
      'VALUE',
      `${valuePath}.intValue`,
      'another string',
    ],
    ['an unsafe int', ofValue({ intValue: 2 ** 53 }), 'VALUE', `${valuePath}.intValue`, 'another number'],
    ['null in a double', ofValue({ doubleValue: null }), 'TYPE', `${valuePath}.doubleValue`, 'null'],
    [
      'text in a double',
      ofValue({ doubleValue: '1' }),
      'VALUE',
      `${valuePath}.doubleValue`,
      'another string',
    ],
    ['base64url', ofValue({ bytesValue: '-_8=' }), 'VALUE', `${valuePath}.bytesValue`, 'another string'],
    ['numbers for bytes', ofValue({ bytesValue: [1, 2] }), 'TYPE', `${valuePath}.bytesValue`, 'array'],
    ['a bare list', ofValue({ arrayValue: [] }), 'TYPE', `${valuePath}.arrayValue`, 'array'],
    [
      'bare text in a list',
      ofValue({ arrayValue: { values: [{}, 'x'] } }),
      'TYPE',
      `${valuePath}.arrayValue.values[1]`,
      'string',
    ],
    [
      'a bad value in a map in a list',
      ofValue({
        arrayValue: { values: [{ kvlistValue: { values: [{ key: 'a', value: { intValue: 'x' } }] } }] },
      }),
      'VALUE',
      `${valuePath}.arrayValue.values[0].kvlistValue.values[0].value.intValue`,
      'another string',
    ],
  ])('%s', (_, request, code, path, got) => {
    const fault = faultOf(() => encodeTraceRequest(request as TraceRequest, { format }));
    expect(fault).toEqual({ code, path, got });
  });

  test('and works as before after it has refused', () => {
    const before = encodeTraceRequest(fullRequest, { format });
    expect(() => encodeTraceRequest(ofSpan({ name: 'x'.repeat(9), flags: -1 }), { format })).toThrow(
      OtlpError,
    );
    expect(encodeTraceRequest(fullRequest, { format })).toEqual(before);
  });
});

describe('Encoding', () => {
  test.each([undefined, null, {}, { format: 'xml' }, 'json'])('refuses the options %p', (options) => {
    const run = () => encodeTraceRequest({ resourceSpans: [] }, options as EncodeOptions);
    expect(run).toThrowWithCode(OtlpError, 'ERR_SPANSEAL_OTLP_OPTION');
  });

  test('writes JSON as the mapping says, in the order of the fields', () => {
    const span = {
      flags: 1,
      name: 'n',
      kind: 0,
      startTimeUnixNano: 5n,
      attributes: [
        { key: 'z', value: { doubleValue: -0 } },
        { value: { bytesValue: Uint8Array.of(0, 255) }, key: 'a' },
        { key: '', value: { intValue: 0 } },
      ],
      traceId: 'AB'.repeat(16),
      links: [],
    };
    const text = Buffer.from(
      encodeTraceRequest({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }, { format: 'json' }),
    );
    expect(text.toString()).toBe(
      `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${'ab'.repeat(16)}","name":"n","startTimeUnixNano":"5",` +
        '"attributes":[{"key":"z","value":{"doubleValue":-0}},{"key":"a","value":{"bytesValue":"AP8="}},' +
        '{"key":"","value":{"intValue":"0"}}],"flags":1}]}]}]}',
    );
  });

  test('keeps the order of attributes in protobuf, too', () => {
    const attributes = [{ key: 'b' }, { key: 'a' }, { key: 'c' }];
    const bytes = encodeTraceRequest(ofSpan({ attributes }), { format: 'protobuf' });
    expect(decodeTraceRequest(bytes)).toEqual(ofSpan({ attributes }));
  });

  test('takes undefined members for absent ones', () => {
    const span = { name: undefined, attributes: undefined, status: undefined, flags: undefined };
    for (const format of ['protobuf', 'json'] as const) {
      expect(encodeTraceRequest(ofSpan(span), { format })).toEqual(
        encodeTraceRequest(ofSpan({}), { format }),
      );
      expect(encodeTraceRequest(ofValue({ stringValue: undefined, intValue: 1 }), { format })).toEqual(
        encodeTraceRequest(ofValue({ intValue: 1 }), { format }),
      );
    }
  });

  test('of canonical parts names the place from the part on', () => {
    const bad = [{ key: 'a' }, { key: 'b', value: { intValue: 'x' } }];
    expect(faultOf(() => canonicalSpan({ attributes: bad })).path).toBe('attributes[1].value.intValue');
    expect(faultOf(() => canonicalKeyValues(bad)).path).toBe('values[1].value.intValue');
    expect(faultOf(() => canonicalAnyValue({ intValue: 'x' })).path).toBe('intValue');
    const twice = [{ key: 'a' }, { key: 'b' }, { key: 'a' }];
    expect(faultOf(() => canonicalSpan({ attributes: twice })).path).toBe('attributes[2].key');
    expect(faultOf(() => canonicalSpan({ attributes: [{ key: 'a' }, 5 as never] }))).toMatchObject({
      path: 'attributes[1]',
      got: 'number',
    });
  });
});
