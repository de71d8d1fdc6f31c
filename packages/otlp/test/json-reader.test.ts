import { describe, expect, test } from '@jest/globals';
import { toThrowWithCode } from '@spanseal/test-kit';
import { encodeTraceRequest, OtlpError, parseTraceRequest, readTraceRequestObject } from '../src/index.js';
import { fullRequest, requestOf, spanOf, spansOf, valuePath } from './requests.js';

expect.extend({ toThrowWithCode });

const code = (name: string) => `ERR_SPANSEAL_OTLP_${name}`;
const spanJson = (members: string) => `{"resourceSpans":[{"scopeSpans":[{"spans":[{${members}}]}]}]}`;
const valueJson = (members: string) => spanJson(`"attributes":[{"key":"k","value":{${members}}}]`);
const spanRead = (members: string) => spansOf(parseTraceRequest(spanJson(members)))[0];
const valueRead = (members: string) =>
  spansOf(parseTraceRequest(valueJson(members)))[0]?.attributes?.[0]?.value;

describe('The JSON reader refuses', () => {
  test.each([
    ['nothing', '', 'JSON'],
    ['a byte order mark', `\ufeff${spanJson('')}`, 'JSON'],
    ['text behind the document', `${spanJson('')}x`, 'JSON'],
    ['a second document', '{}{}', 'JSON'],
    ['a comma behind the last member', '{"resourceSpans":[],}', 'JSON'],
    ['a comma behind the last element', '{"resourceSpans":[{},]}', 'JSON'],
    ['a name without quotes', '{resourceSpans:[]}', 'JSON'],
    ['a missing colon', '{"resourceSpans" []}', 'JSON'],
    ['a comment', '{/**/}', 'JSON'],
    ['a bare NaN', valueJson('"doubleValue":NaN'), 'JSON'],
    ['a bare Infinity', valueJson('"doubleValue":-Infinity'), 'JSON'],
    ['a number with a plus', valueJson('"doubleValue":+1'), 'JSON'],
    ['a number with a zero in front', valueJson('"doubleValue":01'), 'JSON'],
    ['a number without digits', valueJson('"intValue":-'), 'JSON'],
    ['an escape that JSON does not have', valueJson('"stringValue":"\\x41"'), 'JSON'],
    ['a line break in a string', valueJson('"stringValue":"\n"'), 'JSON'],
    ['a string without end', '{"resourceSpans', 'JSON'],
    ['a cut word', valueJson('"boolValue":tru'), 'JSON'],
    ['other white space', '\u00a0{}', 'JSON'],
    ['a request that is null', 'null', 'TYPE'],
    ['a request that is an array', '[]', 'TYPE'],
    ['an unknown name', spanJson('"nmae":"x"'), 'UNKNOWN_FIELD'],
    ['a name in another case', spanJson('"Name":"x"'), 'UNKNOWN_FIELD'],
    ['a mixture of both spellings', spanJson('"start_timeUnixNano":"1"'), 'UNKNOWN_FIELD'],
    ['a name of Object.prototype', spanJson('"__proto__":{}'), 'UNKNOWN_FIELD'],
    ['another name of Object.prototype', spanJson('"constructor":{}'), 'UNKNOWN_FIELD'],
    ['keyStrindex', spanJson('"attributes":[{"keyStrindex":1}]'), 'UNKNOWN_FIELD'],
    ['stringValueStrindex', valueJson('"stringValueStrindex":1'), 'UNKNOWN_FIELD'],
    ['a name twice', spanJson('"name":"a","name":"a"'), 'DUPLICATE_FIELD'],
    ['a name twice, once escaped', spanJson('"name":"a","n\\u0061me":"a"'), 'DUPLICATE_FIELD'],
    ['a name in both spellings', spanJson('"traceState":"a","trace_state":"a"'), 'DUPLICATE_FIELD'],
    ['a list twice', spanJson('"events":[],"events":[]'), 'DUPLICATE_FIELD'],
    ['a name twice, once null', spanJson('"status":null,"status":{}'), 'DUPLICATE_FIELD'],
    ['two members of a value', valueJson('"stringValue":"","boolValue":true'), 'DUPLICATE_FIELD'],
    ['a key twice', spanJson('"attributes":[{"key":"a"},{"key":"a"}]'), 'DUPLICATE_KEY'],
    ['a key twice, once absent', spanJson('"attributes":[{"key":""},{}]'), 'DUPLICATE_KEY'],
    ['null for a double, as the stock serializer writes NaN', valueJson('"doubleValue":null'), 'TYPE'],
    ['null for a string of a value', valueJson('"stringValue":null'), 'TYPE'],
    ['null for a list of a value', valueJson('"arrayValue":null'), 'TYPE'],
    ['null for an id', spanJson('"traceId":null'), 'TYPE'],
    ['null in a list', spanJson('"events":[null]'), 'TYPE'],
    ['1e21 for an integer, as the stock serializer writes it', valueJson('"intValue":1e+21'), 'VALUE'],
    ['an integer with a point', valueJson('"intValue":1.0'), 'VALUE'],
    ['an integer of 65 bits', valueJson('"intValue":9223372036854775808'), 'VALUE'],
    ['an integer below 64 bits', valueJson('"intValue":"-9223372036854775809"'), 'VALUE'],
    ['a negative time', spanJson('"endTimeUnixNano":"-1"'), 'VALUE'],
    ['a time of minus zero', spanJson('"endTimeUnixNano":"-0"'), 'VALUE'],
    ['a time beyond 64 bits', spanJson('"endTimeUnixNano":"18446744073709551616"'), 'VALUE'],
    ['a time far beyond 64 bits', spanJson('"endTimeUnixNano":99999999999999999999'), 'VALUE'],
    ['an integer that only an unsigned one could be', valueJson('"intValue":18446744073709551615'), 'VALUE'],
    ['a time of 21 digits', spanJson('"endTimeUnixNano":"000000000000000000001"'), 'VALUE'],
    ['an empty time', spanJson('"endTimeUnixNano":""'), 'VALUE'],
    ['a double out of range', valueJson('"doubleValue":1e999'), 'VALUE'],
    ['a double out of range as text', valueJson('"doubleValue":"1e999"'), 'VALUE'],
    ['a double as text with a space', valueJson('"doubleValue":" 1"'), 'VALUE'],
    ['flags below zero', spanJson('"flags":-1'), 'VALUE'],
    ['flags beyond 32 bits', spanJson('"flags":4294967296'), 'VALUE'],
    ['a kind beyond 32 bits', spanJson('"kind":2147483648'), 'VALUE'],
    ['a kind as digits in text', spanJson('"kind":"2"'), 'VALUE'],
    ['a kind of a name it does not have', spanJson('"kind":"STATUS_CODE_OK"'), 'VALUE'],
    ['a kind named like a member of Object.prototype', spanJson('"kind":"toString"'), 'VALUE'],
    ['base64url', valueJson('"bytesValue":"-_8="'), 'VALUE'],
    ['base64 without padding', valueJson('"bytesValue":"AP8"'), 'VALUE'],
    ['base64 with bits behind the end', valueJson('"bytesValue":"AP9="'), 'VALUE'],
    ['base64 with a space', valueJson('"bytesValue":"AP 8="'), 'VALUE'],
    ['an id that is not hex', spanJson(`"spanId":"${'g'.repeat(16)}"`), 'VALUE'],
    ['an id with other digits', spanJson(`"spanId":"${'１'.repeat(16)}"`), 'VALUE'],
    ['an id of the wrong length', spanJson(`"spanId":"${'1'.repeat(32)}"`), 'VALUE'],
    ['a number for a string', spanJson('"name":1'), 'TYPE'],
    ['a text for a bool', valueJson('"boolValue":"true"'), 'TYPE'],
    ['a lone surrogate', spanJson('"name":"\\ud800"'), 'UTF8'],
    ['a lone surrogate that is not escaped', spanJson('"name":"\udc00"'), 'UTF8'],
    ['a lone surrogate in a key', spanJson('"attributes":[{"key":"\\udc00\\ud800"}]'), 'UTF8'],
    ['bytes that are not UTF-8', Buffer.from(spanJson('"name":"é"'), 'latin1'), 'UTF8'],
    ['UTF-16', Buffer.from(spanJson('"name":"e"'), 'utf16le'), 'JSON'],
    ['5', 5, 'TYPE'],
    ['an object', {}, 'TYPE'],
  ])('%s', (_, document, reason) => {
    expect(() => parseTraceRequest(document as string)).toThrowWithCode(OtlpError, code(reason));
  });

  test('and says where, and what kind of thing came, but not what', () => {
    let fault: unknown;
    try {
      parseTraceRequest(
        valueJson('"kvlistValue":{"values":[{"key":"a"},{"key":"b","value":{"intValue":"hunter2"}}]}'),
      );
    } catch (error) {
      fault = error;
    }
    expect(fault).toMatchObject({
      path: `${valuePath}.kvlistValue.values[1].value.intValue`,
      got: 'another string',
    });
    expect(JSON.stringify(fault) + String(fault) + (fault as Error).stack).not.toContain('hunter2');
  });
});

describe('The JSON reader takes', () => {
  test('integers beyond 2^53 with every digit, as numbers and as text', () => {
    for (const digits of [
      '9007199254740993',
      '-9007199254740993',
      '9223372036854775807',
      '-9223372036854775808',
    ]) {
      expect(valueRead(`"intValue":${digits}`)).toEqual({ intValue: digits });
      expect(valueRead(`"intValue":"${digits}"`)).toEqual({ intValue: digits });
    }
    const { startTimeUnixNano } = spanRead('"startTimeUnixNano":18446744073709551615') ?? {};
    expect(startTimeUnixNano).toBe('18446744073709551615');
  });

  test('other spellings, and gives the model’s own', () => {
    expect(valueRead('"intValue":"-0"')).toEqual({ intValue: '0' });
    expect(valueRead('"int_value":"007"')).toEqual({ intValue: '7' });
    expect(valueRead('"doubleValue":"1.5e1"')).toEqual({ doubleValue: 15 });
    expect(valueRead('"doubleValue":-0.0')).toEqual({ doubleValue: -0 });
    expect(valueRead('"doubleValue":1e-400')).toEqual({ doubleValue: 0 });
    expect(valueRead('"doubleValue":"NaN"')).toEqual({ doubleValue: 'NaN' });
    expect(spanRead(`"trace_id":"${'AB'.repeat(16)}"`)).toEqual({ traceId: 'ab'.repeat(16) });
    expect(spanRead('"kind":"SPAN_KIND_CONSUMER","status":{"code":"STATUS_CODE_ERROR"}')).toEqual({
      kind: 5,
      status: { code: 2 },
    });
    expect(spanRead('"flags":"257","droppedEventsCount":"3"')).toEqual({ flags: 257, droppedEventsCount: 3 });
  });

  test('null and defaults for absent members', () => {
    const members =
      '"name":null,"traceState":"","attributes":null,"events":[],"status":null,"kind":0,"flags":0';
    expect(spanRead(`${members},"traceId":"","startTimeUnixNano":"0","endTimeUnixNano":0`)).toEqual({});
    expect(parseTraceRequest('{"resourceSpans":null}')).toEqual({ resourceSpans: [] });
    expect(spanRead('"attributes":[{"key":null,"value":null}]')).toEqual({ attributes: [{ key: '' }] });
  });

  test('white space and escapes', () => {
    const document = ' \n\r\t{ "resourceSpans" : [ ] } \n';
    expect(parseTraceRequest(document)).toEqual({ resourceSpans: [] });
    expect(spanRead('"name":"\\u0000\\/\\b\\ud83d\\ude00\\\\\\""')).toEqual({ name: '\u0000/\b😀\\"' });
  });

  test('names of Object.prototype as keys of attributes', () => {
    expect(spanRead('"attributes":[{"key":"__proto__"},{"key":"constructor"}]')).toEqual({
      attributes: [{ key: '__proto__' }, { key: 'constructor' }],
    });
  });

  test('a megabyte about as fast per byte as a kilobyte', () => {
    const time = (spans: number) => {
      const scopeSpans = [
        {
          spans: Array.from(
            { length: spans },
            () => fullRequest.resourceSpans[0]?.scopeSpans[0]?.spans[0] ?? {},
          ),
        },
      ];
      const text = Buffer.from(
        encodeTraceRequest({ resourceSpans: [{ scopeSpans }] }, { format: 'json' }),
      ).toString();
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 5; i++) {
        const start = performance.now();
        parseTraceRequest(text);
        best = Math.min(best, performance.now() - start);
      }
      return best / text.length;
    };
    time(50);
    expect(time(2000)).toBeLessThan(10 * time(50));
  });
});

describe('A parsed value', () => {
  test('is refused where JSON.parse may have lost digits', () => {
    const lost = JSON.parse(valueJson('"intValue":9007199254740993'));
    expect(() => readTraceRequestObject(lost)).toThrowWithCode(OtlpError, code('VALUE'));
    expect(readTraceRequestObject(requestOf(spanOf({ intValue: 9007199254740991 })))).toEqual(
      requestOf(spanOf({ intValue: '9007199254740991' })),
    );
  });

  test.each([
    [Number.NaN, 'VALUE'],
    [Number.POSITIVE_INFINITY, 'VALUE'],
    [1n, 'TYPE'],
    [Symbol('s'), 'TYPE'],
    [() => 1, 'TYPE'],
    [new Uint8Array(1), 'TYPE'],
  ])('is refused when it holds what JSON cannot: %p', (doubleValue, reason) => {
    const request = requestOf(spanOf({ doubleValue: doubleValue as number }));
    expect(() => readTraceRequestObject(request)).toThrowWithCode(OtlpError, code(reason));
  });

  test('has no member where the value is undefined, and own members only', () => {
    const inherited = Object.create({ name: 'x' });
    expect(readTraceRequestObject({ resourceSpans: undefined })).toEqual({ resourceSpans: [] });
    expect(readTraceRequestObject(requestOf(inherited))).toEqual(requestOf({}));
    expect(() => readTraceRequestObject(JSON.parse('{"__proto__":1}'))).toThrowWithCode(
      OtlpError,
      code('UNKNOWN_FIELD'),
    );
  });
});
