import { describe, expect, test } from '@jest/globals';
import {
  canonicalSpan,
  decodeTraceRequest,
  encodeTraceRequest,
  OtlpError,
  parseTraceRequest,
  type TraceRequest,
} from '../src/index.js';
import { fullRequest, spansOf } from './requests.js';

const protobuf = encodeTraceRequest(fullRequest, { format: 'protobuf' });
const json = encodeTraceRequest(fullRequest, { format: 'json' });

/** Whether damaged input was read; what is read can be written again, and everything else is an OtlpError. */
function survives(read: () => TraceRequest): boolean {
  try {
    const request = read();
    for (const format of ['protobuf', 'json'] as const) encodeTraceRequest(request, { format });
    for (const span of spansOf(request)) canonicalSpan(span);
    return true;
  } catch (error) {
    if (error instanceof OtlpError) return false;
    throw error;
  }
}

function* damaged(bytes: Uint8Array): Generator<Uint8Array> {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    for (let bit = 0; bit < 8; bit++) yield bytes.with(i, byte ^ (1 << bit));
    for (const other of [0x00, 0x7f, 0x80, 0xff]) yield bytes.with(i, other);
  }
}

describe('Damaged input', () => {
  test('cut short anywhere, is refused or is a request', () => {
    let read = 0;
    for (let end = 0; end < protobuf.length; end++) {
      if (survives(() => decodeTraceRequest(protobuf.subarray(0, end)))) read++;
    }
    // The empty request alone.
    expect(read).toBe(1);
    for (let end = 0; end < json.length; end++) {
      expect(survives(() => parseTraceRequest(json.subarray(0, end)))).toBe(false);
    }
  });

  test('with any one byte changed, is refused or is a request', () => {
    let read = 0;
    for (const bytes of damaged(protobuf)) if (survives(() => decodeTraceRequest(bytes))) read++;
    expect(read).toBeGreaterThan(100);
  });

  test('with any one byte changed, in JSON, is refused or is a request', () => {
    let read = 0;
    for (const bytes of damaged(json)) if (survives(() => parseTraceRequest(bytes))) read++;
    expect(read).toBeGreaterThan(100);
  });

  test('with any one byte left out or doubled, is refused or is a request', () => {
    for (const [bytes, read] of [
      [protobuf, decodeTraceRequest] as const,
      [json, parseTraceRequest] as const,
    ]) {
      for (let i = 0; i < bytes.length; i++) {
        const less = Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + 1)]);
        const more = Buffer.concat([bytes.subarray(0, i + 1), bytes.subarray(i)]);
        survives(() => read(less));
        survives(() => read(more));
      }
    }
  });
});
