import { describe, expect, test } from '@jest/globals';
import { toThrowWithCode } from '@spanseal/test-kit';
import { decodeTraceRequest, OtlpError, type ReadLimits } from '../src/index.js';
import { spansOf } from './requests.js';

expect.extend({ toThrowWithCode });

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const lengthOf = (body: string) => {
  const length = body.replaceAll(' ', '').length / 2;
  return Buffer.from(length < 128 ? [length] : [(length & 127) | 128, length >> 7]).toString('hex');
};
const message = (tag: string, body: string) => `${tag}${lengthOf(body)}${body}`;
/** A request of one span with these fields. */
const spanBytes = (fields: string) => bytes(message('0a', message('12', message('12', fields))));
/** A request of one span with one attribute, whose value has these fields. */
const valueBytes = (fields: string) => spanBytes(message('4a', message('12', fields)));
/** A request of one ScopeSpans with these fields. */
const inScope = (fields: string) => bytes(message('0a', message('12', fields)));
const code = (name: string) => `ERR_SPANSEAL_OTLP_${name}`;

function faultOf(input: Uint8Array, limits?: ReadLimits): OtlpError {
  try {
    decodeTraceRequest(input, limits);
  } catch (error) {
    if (error instanceof OtlpError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('The protobuf reader refuses', () => {
  test.each([
    ['an unknown field of the request', bytes('1200'), 'UNKNOWN_FIELD'],
    ['field number 0', bytes('0200'), 'UNKNOWN_FIELD'],
    ['deprecated instrumentation_library_spans', bytes(message('0a', 'c23e00')), 'UNKNOWN_FIELD'],
    ['an unknown field of a span', spanBytes('8a0100'), 'UNKNOWN_FIELD'],
    ['KeyValue.key_strindex', spanBytes(message('4a', '1801')), 'UNKNOWN_FIELD'],
    ['AnyValue.string_value_strindex', valueBytes('4001'), 'UNKNOWN_FIELD'],
    ['an unknown group', spanBytes('c30cc40c'), 'WIRE_TYPE'],
    ['a group in a known field', spanBytes('2b2c'), 'WIRE_TYPE'],
    ['an end of a group', spanBytes('0c'), 'WIRE_TYPE'],
    ['a string with the wire type of a number', spanBytes('2801'), 'WIRE_TYPE'],
    ['a fixed64 as a varint', spanBytes('3801'), 'WIRE_TYPE'],
    ['fixed32 flags as a varint', spanBytes('800101'), 'WIRE_TYPE'],
    ['a double of 32 bits', valueBytes('2500000000'), 'WIRE_TYPE'],
    ['a packed number', spanBytes('320102'), 'WIRE_TYPE'],
    ['a length behind the end', bytes('0a01'), 'TRUNCATED'],
    ['a length behind the enclosing message', spanBytes('2a0561'), 'TRUNCATED'],
    ['a cut fixed64', spanBytes('3901'), 'TRUNCATED'],
    ['a cut fixed32', spanBytes('8501010101'), 'TRUNCATED'],
    ['a cut double', valueBytes('21000000'), 'TRUNCATED'],
    ['a cut varint', spanBytes('3080'), 'TRUNCATED'],
    ['a varint that runs on behind its message', inScope('12023080 1a0161'), 'TRUNCATED'],
    ['a number that stands behind its message', inScope('120130 1a0161'), 'TRUNCATED'],
    ['a count that stands behind its message', inScope('120150 1a0161'), 'TRUNCATED'],
    ['a text that stands behind its message', inScope('12012a 1a0161'), 'TRUNCATED'],
    ['a cut tag', spanBytes('80'), 'TRUNCATED'],
    ['trailing bytes', Buffer.concat([spanBytes('2a0161'), Buffer.from([0x00])]), 'UNKNOWN_FIELD'],
    ['a tag longer than needed', bytes('8a0000'), 'VARINT'],
    ['a length longer than needed', bytes('0a8000'), 'VARINT'],
    ['a number longer than needed', spanBytes('308200'), 'VARINT'],
    ['a varint of eleven bytes', valueBytes(`18${'80'.repeat(10)}01`), 'VARINT'],
    ['a varint beyond 64 bits', valueBytes(`18${'ff'.repeat(9)}02`), 'VARINT'],
    ['a length beyond 32 bits', bytes('0a808080808001'), 'VALUE'],
    ['a length of 4 GiB', bytes('0affffffff0f'), 'TRUNCATED'],
    ['a uint32 beyond 32 bits', spanBytes('50808080808001'), 'VALUE'],
    ['an enum beyond 32 bits', spanBytes('308080808010'), 'VALUE'],
    ['a negative enum cut to 32 bits', spanBytes('30ffffffff0f'), 'VALUE'],
    ['a bool of 2', valueBytes('1002'), 'VALUE'],
    ['a trace id of 15 bytes', spanBytes(`0a0f${'01'.repeat(15)}`), 'VALUE'],
    ['a trace id of 8 bytes', spanBytes(`0a08${'01'.repeat(8)}`), 'VALUE'],
    ['a span id of 16 bytes', spanBytes(`1210${'01'.repeat(16)}`), 'VALUE'],
    ['a name twice', spanBytes('2a01612a0161'), 'DUPLICATE_FIELD'],
    ['flags twice', spanBytes('8501010000008501 01000000'), 'DUPLICATE_FIELD'],
    ['a status twice', spanBytes('7a007a00'), 'DUPLICATE_FIELD'],
    ['a value with two members', valueBytes('0a0161 1001'), 'DUPLICATE_FIELD'],
    ['a value with a member twice', valueBytes('0a0161 0a0161'), 'DUPLICATE_FIELD'],
    ['a value twice', spanBytes(message('4a', '0a016b 1200 1200')), 'DUPLICATE_FIELD'],
    ['a key twice', spanBytes('4a030a0161 4a030a0161'), 'DUPLICATE_KEY'],
    ['an empty key twice', spanBytes('4a00 4a00'), 'DUPLICATE_KEY'],
    ['a key twice in a map', valueBytes(message('32', '0a030a0161 0a030a0161')), 'DUPLICATE_KEY'],
    ['a name that is not UTF-8', spanBytes('2a02c328'), 'UTF8'],
    ['a long name that is not UTF-8', spanBytes(`2a64${'61'.repeat(99)}ff`), 'UTF8'],
    ['a surrogate in UTF-8', spanBytes('2a03eda080'), 'UTF8'],
    ['an overlong form in UTF-8', spanBytes('2a02c080'), 'UTF8'],
    ['a key that is not UTF-8', spanBytes(message('4a', '0a0180')), 'UTF8'],
  ])('%s', (_, input, reason) => {
    expect(() => decodeTraceRequest(input)).toThrowWithCode(OtlpError, code(reason));
  });

  test.each(['', null, undefined, [], {}, 'abc', new ArrayBuffer(4)])('what is not bytes: %p', (input) => {
    const untyped = (bytes: unknown) => decodeTraceRequest(bytes as Uint8Array);
    expect(() => untyped(input)).toThrowWithCode(OtlpError, code('TYPE'));
  });

  test('and says where, what it expected and what kind of thing came', () => {
    const fault = faultOf(spanBytes(`2a0161 4a0c0a016b1207 3205 ${'0a030a0180'}`));
    expect(fault.path).toBe(
      'resourceSpans[0].scopeSpans[0].spans[0].attributes[0].value.kvlistValue.values[0].key',
    );
    expect([fault.expected, fault.got]).toEqual(['UTF-8', 'other bytes']);
    expect(fault.message).toBe(`${fault.path}: expected UTF-8, got other bytes`);
    expect(fault.name).toBe('OtlpError');
  });
});

describe('The protobuf reader takes', () => {
  test('no bytes, a view into a longer buffer, and a Buffer', () => {
    expect(decodeTraceRequest(new Uint8Array())).toEqual({ resourceSpans: [] });
    const inner = spanBytes('2a0161');
    const outer = Buffer.concat([Buffer.from('ff', 'hex'), inner, Buffer.from('ff', 'hex')]);
    const view = new Uint8Array(outer.buffer, outer.byteOffset + 1, inner.length);
    expect(spansOf(decodeTraceRequest(view))).toEqual([{ name: 'a' }]);
  });

  test('explicit defaults, which the stock serializer writes, for absent ones', () => {
    const zeros =
      '0a00 1200 1a00 2200 2a00 3000 390000000000000000 410000000000000000 5000 6000 7000 850100000000';
    expect(spansOf(decodeTraceRequest(spanBytes(`${zeros} 7a0412001800`)))).toEqual([{ status: {} }]);
  });

  test('fields in any order, and numbers it has no name for', () => {
    const [span] = spansOf(decodeTraceRequest(spanBytes('30ffffffffffffffffff01 2a0161 7a021863')));
    expect(span).toEqual({ name: 'a', kind: -1, status: { code: 99 } });
  });

  test('a key twice when told to keep both', () => {
    const keep = { duplicateKeys: 'keep' } as const;
    const [span] = spansOf(decodeTraceRequest(spanBytes('4a030a0161 4a030a0161'), keep));
    expect(span?.attributes).toEqual([{ key: 'a' }, { key: 'a' }]);
  });

  test('names of Object.prototype as plain data', () => {
    const key = Buffer.from('__proto__').toString('hex');
    const [span] = spansOf(decodeTraceRequest(spanBytes(message('4a', `0a09${key} 12030a0178`))));
    expect(span?.attributes).toEqual([{ key: '__proto__', value: { stringValue: 'x' } }]);
    expect(Object.getPrototypeOf(span?.attributes?.[0])).toBe(Object.prototype);
  });
});
