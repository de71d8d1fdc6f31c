import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeRetryDelay, decodeTraceResponse, OtlpError, parseTraceResponse } from '../src/index.js';

const readers = { decodeTraceResponse, parseTraceResponse, decodeRetryDelay };

/** Whether input was read; whatever else comes of it must be an OtlpError, which holds nothing of it. */
function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof OtlpError) return false;
    throw error;
  }
}

function block(field: number, content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from([(field << 3) | 2, bytes.length]), bytes]);
}

const partial = Buffer.concat([Buffer.from([0x08, 0x83, 0x01]), block(2, 'wörds')]);
const response = Buffer.concat([block(1, partial), Buffer.from([0x28, 1, 0x35, 1, 2, 3, 4])]);
const retryInfo = block(1, Buffer.from([0x08, 2, 0x10, 0x80, 0xca, 0xb5, 0xee, 0x01]));
const detail = Buffer.concat([block(1, 'type.googleapis.com/google.rpc.RetryInfo'), block(2, retryInfo)]);
const other = Buffer.concat([block(1, 'type.googleapis.com/google.rpc.DebugInfo'), block(2, 'x')]);
const status = Buffer.concat([Buffer.from([0x08, 8]), block(2, 'slow'), block(3, other), block(3, detail)]);
const json = '{"partialSuccess":{"rejectedSpans":"131","errorMessage":"wörds"},"later":{}}';

test('an answer says how many spans were refused, and why', () => {
  const told = { rejectedSpans: 131, errorMessage: 'wörds' };
  expect(decodeTraceResponse(response)).toEqual(told);
  expect(parseTraceResponse(Buffer.from(json))).toEqual(told);
});

test('an answer with nothing in it says that none was', () => {
  const none = { rejectedSpans: 0, errorMessage: '' };
  for (const bytes of [[], [0x0a, 0], [0x0a, 2, 8, 0]])
    expect(decodeTraceResponse(new Uint8Array(bytes))).toEqual(none);
  for (const text of [
    '{}',
    '{"partialSuccess":{}}',
    '{"partialSuccess":null}',
    '{"partialSuccess":{"rejectedSpans":null}}',
  ])
    expect(parseTraceResponse(Buffer.from(text))).toEqual(none);
});

test('fewer than none is no answer', () => {
  const negative = Buffer.from([0x08, ...Array(9).fill(0xff), 0x01]);
  expect(isRead(() => decodeTraceResponse(block(1, negative)))).toBe(false);
  const text = '{"partialSuccess":{"rejectedSpans":-1}}';
  expect(isRead(() => parseTraceResponse(Buffer.from(text)))).toBe(false);
});

test('a message that stands twice is one, as protobuf has it', () => {
  const bytes = Uint8Array.of(0x0a, 2, 8, 5, 0x0a, 3, 0x12, 1, 0x61);
  expect(decodeTraceResponse(bytes)).toEqual({ rejectedSpans: 5, errorMessage: 'a' });
});

test('a RetryInfo says when, among other details or without any time', () => {
  expect(decodeRetryDelay(status)).toBe(2500);
  expect(decodeRetryDelay(block(3, other))).toBeUndefined();
  expect(decodeRetryDelay(new Uint8Array())).toBeUndefined();
  expect(decodeRetryDelay(block(3, block(1, 'x/google.rpc.RetryInfo')))).toBe(0);
});

test('what is no answer is refused', () => {
  const texts = [
    '',
    '[]',
    '1',
    'null',
    '"x"',
    '<html>',
    '{"partialSuccess":[]}',
    '{"partialSuccess":{"rejectedSpans":{}}}',
  ];
  const numbers = ['1.5', '1e400', '"x"', '""', 'true', '[3]', '"12345678901234567890"'];
  for (const text of [...texts, ...numbers.map((each) => `{"partialSuccess":{"rejectedSpans":${each}}}`)])
    expect([text, isRead(() => parseTraceResponse(Buffer.from(text)))]).toEqual([text, false]);
  expect(isRead(() => parseTraceResponse(Buffer.from('{"partialSuccess":{"errorMessage":1}}')))).toBe(false);
  const bytes = [
    [0x00, 0],
    [0x0b],
    [0x0c],
    [0x0e],
    [0x0a, 5, 1],
    [0x0a, 3, 0x12, 1, 0xff],
    [0x08],
    [0x80, 0x00],
  ];
  for (const each of bytes)
    expect([each, isRead(() => decodeTraceResponse(new Uint8Array(each)))]).toEqual([each, false]);
  for (const page of ['<!doctype html><html></html>', 'OK', '{}'])
    expect(isRead(() => decodeTraceResponse(Buffer.from(page)))).toBe(false);
});

test('cut short anywhere, or with any byte changed, it is read or refused', () => {
  let read = 0;
  for (const [bytes, decode] of [
    [response, decodeTraceResponse],
    [status, decodeRetryDelay],
    [Buffer.from(json), parseTraceResponse],
  ] as const) {
    for (let at = 0; at < bytes.length; at += 1) {
      if (isRead(() => decode(bytes.subarray(0, at)))) read += 1;
      for (const byte of [0x00, 0x0a, 0x7f, 0x80, 0xff])
        if (isRead(() => decode(bytes.with(at, byte)))) read += 1;
      for (let bit = 1; bit < 256; bit *= 2)
        if (isRead(() => decode(bytes.with(at, (bytes[at] ?? 0) ^ bit)))) read += 1;
    }
  }
  expect(read).toBeGreaterThan(100);
});

test.each(Object.entries(readers))('%s reads or refuses whatever bytes it is given', (_, decode) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      isRead(() => decode(bytes));
    }),
    { numRuns: 2000, seed: 7 },
  );
});

test('time grows with the length, and depth is no matter', () => {
  const size = 2_000_000;
  const fields = new Uint8Array(size).fill(0x10);
  for (let at = 1; at < size; at += 2) fields[at] = 1;
  const details = Buffer.concat(Array.from({ length: 30_000 }, () => block(3, other)));
  const nested = `{"partialSuccess":{"rejectedSpans":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
  const start = process.cpuUsage();
  expect(decodeTraceResponse(fields).rejectedSpans).toBe(0);
  expect(decodeRetryDelay(fields)).toBeUndefined();
  expect(decodeRetryDelay(details)).toBeUndefined();
  expect(isRead(() => parseTraceResponse(Buffer.from(nested)))).toBe(false);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(10);
});
