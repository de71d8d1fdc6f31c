import { describe, expect, test } from '@jest/globals';
import { decodeTraceRequest, encodeTraceRequest, type Span } from '@spanseal/otlp';
import { searchSecrets } from '../src/leak-search.js';
import { readReceived } from '../src/received.js';
import { changeOneCharacter, deleteSpan } from '../src/tamper.js';

const first: Span = {
  traceId: '0123456789abcdef0123456789abcdef',
  spanId: '0000000000000001',
  name: 'first',
  kind: 1,
  startTimeUnixNano: '1',
  endTimeUnixNano: '2',
  attributes: [
    { key: 'client.address', value: { stringValue: '127.0.0.1' } },
    { key: 'list', value: { arrayValue: { values: [{ intValue: '1' }, { boolValue: true }] } } },
  ],
  events: [
    { timeUnixNano: '1', name: 'exception', attributes: [{ key: 'why', value: { stringValue: 'so' } }] },
  ],
  status: { code: 2, message: 'failed' },
};
const second: Span = { ...first, spanId: '0000000000000002', name: 'second' };
const stored = [
  encodeTraceRequest(
    { resourceSpans: [{ scopeSpans: [{ spans: [first, second] }] }] },
    { format: 'protobuf' },
  ),
];

const spansIn = (requests: readonly Uint8Array[]): Span[] =>
  requests
    .flatMap((bytes) => decodeTraceRequest(bytes).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans);

describe('tampering', () => {
  test('changes one byte, of one span', () => {
    const change = changeOneCharacter(stored, { spanId: '0000000000000001', key: 'client.address' });
    expect(change).toMatchObject({ was: '127.0.0.1', is: '127.0.0.9', bytesChanged: 1 });
    const [changed, other] = spansIn(change.requests);
    expect(changed?.attributes?.[0]?.value?.stringValue).toBe('127.0.0.9');
    expect(other).toEqual(spansIn(stored)[1]);
  });

  test('refuses a text that is not there', () => {
    expect(() => changeOneCharacter(stored, { spanId: '0000000000000001', key: 'none' })).toThrow(
      'no text none',
    );
    expect(() => changeOneCharacter(stored, { spanId: '9'.repeat(16), key: 'list' })).toThrow('no text list');
  });

  test('deletes one span and leaves the other as it was', () => {
    expect(spansIn(deleteSpan(stored, '0000000000000001'))).toEqual([spansIn(stored)[1]]);
  });
});

test('a received span is read as a person would', () => {
  expect(readReceived(stored).get('0000000000000001')).toEqual({
    spanId: '0000000000000001',
    name: 'first',
    fields: [
      ['client.address', '127.0.0.1'],
      ['list', '[1,true]'],
      ['status message', 'failed'],
      ['why', 'so'],
    ],
  });
});

describe('the search for secrets', () => {
  const secret = { label: 'it', value: 'to be "hidden"/' };
  const found = (text: string): boolean =>
    searchSecrets([Buffer.from('x'), Buffer.from(text)], [secret]).length === 1;

  test.each([
    ['as it is', 'a to be "hidden"/ b'],
    ['without spaces', 'tobe"hidden"/'],
    ['percent-encoded', '?q=to%20be%20%22hidden%22%2F'],
    ['escaped', '{"a":"to be \\"hidden\\"/"}'],
    ['in base64', Buffer.from(secret.value).toString('base64')],
    ['in hex', Buffer.from(secret.value).toString('hex')],
  ])('finds it %s', (_how, text) => {
    expect(found(text)).toBe(true);
  });

  test('does not find what is not there', () => {
    expect(found('to be **** / hidden')).toBe(false);
    expect(searchSecrets([], [secret])).toEqual([]);
  });
});
