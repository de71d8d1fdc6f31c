import { describe, expect, test } from '@jest/globals';
import { type AwsKmsClient, awsKmsSource } from '../src/aws-kms/index.js';
import type { SealError } from '../src/index.js';
import { faultsOf, rejectionOf } from './sealing-error.js';

// What a source for a KMS key says of each thing that can go wrong, word for word: users look for these texts.

const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const message = Buffer.from('a message');

async function failureOf(client: AwsKmsClient): Promise<SealError> {
  const { signal } = new AbortController();
  return rejectionOf(awsKmsSource({ keyId, client }).mac(message, { signal }));
}

const answering = (answer: unknown): AwsKmsClient => ({ send: async () => answer });
const failing = (error: unknown): AwsKmsClient => ({ send: () => Promise.reject(error) });

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'Mac'],
  ['an object without a MAC', {}],
  ['a MAC in base64', { Mac: Buffer.alloc(32).toString('base64') }],
  ['a MAC of 31 bytes', { Mac: new Uint8Array(31) }],
  ['a list of 32 numbers', { Mac: new Array(32).fill(0) }],
])('an answer that is %s is none', async (_, answer) => {
  expect(await failureOf(answering(answer))).toMatchObject({
    code: 'ERR_SPANSEAL_STREAM_KEY_ANSWER',
    faults: [{ path: 'aws-kms', expected: 'a Mac of 32 bytes', got: 'an answer without one' }],
  });
});

describe('an error of the client is told by its name, if that can be one', () => {
  test.each<[string, unknown, string, string]>([
    ['that it was aborted', { name: 'AbortError' }, 'TIMEOUT', 'AbortError'],
    ['that it took too long', { name: 'TimeoutError' }, 'TIMEOUT', 'TimeoutError'],
    ['of a longer name', { name: 'AbortErrorOfMine' }, 'UNAVAILABLE', 'AbortErrorOfMine'],
    ['of another beginning', { name: 'NotAbortError' }, 'UNAVAILABLE', 'NotAbortError'],
    ['of 60 letters', { name: 'E'.repeat(60) }, 'UNAVAILABLE', 'E'.repeat(60)],
    ['of 61 letters', { name: 'E'.repeat(61) }, 'UNAVAILABLE', 'an error'],
    ['with a space in its name', { name: 'Error of AKIA1' }, 'UNAVAILABLE', 'an error'],
    ['that begins with a digit', { name: '1Error' }, 'UNAVAILABLE', 'an error'],
    ['that ends with a digit', { name: 'Error1' }, 'UNAVAILABLE', 'an error'],
    ['without a name', {}, 'UNAVAILABLE', 'an error'],
    ['with a number for a name', { name: 7 }, 'UNAVAILABLE', 'an error'],
    ['that is null', null, 'UNAVAILABLE', 'an error'],
    ['that is a text', 'AccessDenied', 'UNAVAILABLE', 'an error'],
    ['that is nothing', undefined, 'UNAVAILABLE', 'an error'],
    ['with null for its metadata', { name: 'A', $metadata: null }, 'UNAVAILABLE', 'A'],
    ['of the status 399', { name: 'A', $metadata: { httpStatusCode: 399 } }, 'UNAVAILABLE', 'A'],
    ['of the status 400', { name: 'A', $metadata: { httpStatusCode: 400 } }, 'REFUSED', 'A'],
    ['of the status 499', { name: 'A', $metadata: { httpStatusCode: 499 } }, 'REFUSED', 'A'],
    ['of the status 500', { name: 'A', $metadata: { httpStatusCode: 500 } }, 'UNAVAILABLE', 'A'],
  ])('one %s', async (_, error, reason, got) => {
    expect(await failureOf(failing(error))).toMatchObject({
      code: `ERR_SPANSEAL_STREAM_KEY_${reason}`,
      faults: [{ path: 'aws-kms', expected: 'a MAC of GenerateMac', got }],
    });
  });
});

test('the client gets the signal of the caller', async () => {
  const { signal } = new AbortController();
  const given: unknown[] = [];
  const client: AwsKmsClient = {
    send: async (_command, options) => {
      given.push(options?.abortSignal);
      return { Mac: new Uint8Array(32) };
    },
  };
  await awsKmsSource({ keyId, client }).mac(message, { signal });
  expect(given).toEqual([signal]);
});

describe('options', () => {
  test('are told with what was expected and what came', () => {
    const options = { keyId: 'alias/x', client: {}, region: '', endpoint: 'nowhere', regoin: 'r' };
    expect(faultsOf(() => awsKmsSource(options as never))).toEqual([
      { path: 'regoin', expected: 'only keyId, client, region, endpoint', got: 'an unknown option' },
      { path: 'keyId', expected: 'the id or ARN of a KMS key, and no alias', got: 'a text of 7 characters' },
      { path: 'client', expected: 'a KMSClient', got: 'an object' },
      { path: 'region', expected: 'a region', got: 'an empty text' },
      { path: 'endpoint', expected: 'a URL', got: 'a text of 7 characters' },
    ]);
  });

  test.each<[unknown, string]>([
    [null, 'null'],
    [[{ keyId }], 'an array of 1'],
    ['x', 'a text of 1 characters'],
  ])('that are %j are none', (options, got) => {
    expect(faultsOf(() => awsKmsSource(options as never))).toContainEqual({
      path: 'options',
      expected: 'an object',
      got,
    });
  });

  test.each<unknown>([null, 'client', { send: 1 }, Object.assign(() => 0, { send: () => 0 })])(
    'take no client that cannot send: %p',
    (client) => {
      expect(faultsOf(() => awsKmsSource({ keyId, client } as never))).toMatchObject([{ path: 'client' }]);
    },
  );

  test('take a key whose name has the word alias in it', () => {
    expect(
      faultsOf(() =>
        awsKmsSource({ keyId: 'my-alias/x', endpoint: 'https://kms.test', region: 'r' } as never),
      ),
    ).toEqual([]);
  });
});
