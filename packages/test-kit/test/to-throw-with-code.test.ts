import { expect, test } from '@jest/globals';
import { toThrowWithCode } from '../src/index.js';

expect.extend({ toThrowWithCode });

class ReadError extends Error {
  readonly code: string;
  constructor(code: string) {
    super('cannot read');
    this.code = code;
  }
}

const fail = () => {
  throw new ReadError('ERR_READ');
};

test('passes for the class and the code', async () => {
  expect(fail).toThrowWithCode(ReadError, 'ERR_READ');
  await expect((async () => fail())()).rejects.toThrowWithCode(Error, 'ERR_READ');
});

test.each([
  ['another code', fail, 'Error with code ERR_READ'],
  ['no error', () => undefined, 'no error'],
  ['an error of another class', () => Buffer.alloc(-1), 'RangeError with code ERR_OUT_OF_RANGE'],
  ['something that is no error', () => Promise.reject.call(undefined), 'TypeError with no code'],
])('fails for %s and says what came', (_, action, got) => {
  expect(() => expect(action).toThrowWithCode(ReadError, 'ERR_OTHER')).toThrow(got);
});
