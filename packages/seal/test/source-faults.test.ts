import { describe, expect, test } from '@jest/globals';
import { parseBatch } from '../src/batch-text.js';
import {
  createKeyRing,
  createSpanSealer,
  generateSecret,
  openSpanSealer,
  SealError,
  type StreamKeySource,
} from '../src/index.js';
import { rejectionOf, thrownBy } from './sealing-error.js';

// What is said of a source of one's own, of keys and of headers that cannot be used, word for word.

const random = new Uint8Array(12);

async function failureOf(mac: StreamKeySource['mac'], timeoutMillis = 1000): Promise<SealError> {
  const keyRing = createKeyRing({ primary: { id: 'k', source: { mac } } });
  return rejectionOf(openSpanSealer({ keyRing, startMillis: 0, random, timeoutMillis }));
}

describe('a source of one’s own', () => {
  test.each<[string, unknown, string]>([
    ['31 bytes', new Uint8Array(31), '31 bytes'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a list', [1, 2], 'an array of 2'],
    ['an empty text', '', 'an empty text'],
    ['a text', 'abc', 'a text of 3 characters'],
    ['a number', 7, 'a number'],
    ['NaN', Number.NaN, 'a number that is not finite'],
    ['an object', {}, 'an object'],
    ['true', true, 'boolean'],
  ])('that gives %s is told what came', async (_, answer, got) => {
    const failure = await failureOf(async () => answer as Uint8Array);
    expect(failure.code).toBe('ERR_SPANSEAL_STREAM_KEY_ANSWER');
    expect(failure.faults).toEqual([{ path: 'source', expected: 'a MAC of 32 bytes', got }]);
    expect(failure.message).toBe(`source: expected a MAC of 32 bytes, got ${got}`);
  });

  test('that fails is told that it did', async () => {
    const failure = await failureOf(() => Promise.reject(new Error('hvs.token')));
    expect(failure.code).toBe('ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE');
    expect(failure.faults).toEqual([{ path: 'source', expected: 'a MAC', got: 'an error of the source' }]);
  });

  test('that does not answer in time is told so, and its signal aborts', async () => {
    let given: AbortSignal | undefined;
    const failure = await failureOf((_message, { signal }) => {
      given = signal;
      return new Promise(() => undefined);
    }, 30);
    expect(failure.code).toBe('ERR_SPANSEAL_STREAM_KEY_TIMEOUT');
    expect(failure.faults).toEqual([{ path: 'source', expected: 'an answer within 30 ms', got: 'none' }]);
    expect(given?.aborted).toBe(true);
  });

  test.each([null, 'mac', { mac: 1 }, {}, () => 0])('is none: %p', (source) => {
    expect(() => createKeyRing({ primary: { id: 'k', source } as never })).toThrow(SealError);
  });
});

test('two faults of one call are told in one message', () => {
  const { message, faults } = thrownBy(() => createKeyRing({ primary: { id: '', secret: '' } }));
  expect(faults).toHaveLength(2);
  expect(message).toBe(
    faults.map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`).join('; '),
  );
  expect(message).toContain('; ');
});

describe('the name of an unknown option', () => {
  test.each([
    ['prefix', 'prefix'],
    ['keyIdsToUse', 'keyIdsToUse'],
    ['abcdefghijklmnopqrst', 'abcdefghijklmnopqrst'],
    ['abcdefghijklmnopqrstu', '(an option)'],
    ['Prefix', '(an option)'],
    ['prefiX', '(an option)'],
    ['preFIx', '(an option)'],
    ['prefix1', '(an option)'],
    ['pre fix', '(an option)'],
  ])('%s is shown as %s', (name, shown) => {
    const ring = { primary: { id: 'k', secret: generateSecret() }, [name]: 1 };
    expect(thrownBy(() => createKeyRing(ring as never)).faults.map(({ path }) => path)).toEqual([shown]);
  });
});

describe('a header of a request', () => {
  const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
  const sealer = createSpanSealer({ keyRing, startMillis: 0, random });
  const header = sealer.sealBatch({ body: new Uint8Array(3), format: 'protobuf', first: 0, count: 1 }, 0);
  const fields = header.split('~');
  const withField = (index: number, value: string): string =>
    fields.map((field, at) => (at === index ? value : field)).join('~');

  test('is read as it was written', () => {
    expect(parseBatch(header)).toMatchObject({
      keyId: 'k',
      epoch: 0,
      number: 0,
      first: 0,
      count: 1,
      millis: 0,
    });
  });

  test.each<[string, string]>([
    ['without a MAC', fields.slice(0, -1).join('~')],
    ['with a part too many', `${header}~b`],
    ['longer than any', header + 'b'.repeat(200)],
    ['with no key id', withField(1, '')],
    ['with half a realm', withField(2, 'b')],
    ['with half a stream', withField(3, 'bbbb')],
    ['with an epoch that is none', withField(4, 'a')],
    ['with an epoch past the last', withField(4, 'cbbbbbbb')],
    ['with a number that is none', withField(5, '')],
    ['with a first span that is none', withField(6, '0')],
    ['with a count that is none', withField(7, 'b1')],
    ['with a time that is none', withField(8, 'e')],
    ['with a first span past any', withField(6, 'P'.repeat(11))],
    ['with a MAC too short', withField(9, 'bbbb')],
  ])('%s is malformed', (_, text) => {
    expect(parseBatch(text)).toBe('malformed');
  });

  test('of another version is told apart from what is none', () => {
    expect(parseBatch(withField(0, '2'))).toBe('unsupported-version');
    expect(parseBatch('')).toBe('malformed');
  });
});
