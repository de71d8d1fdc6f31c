import { expect, test } from '@jest/globals';
import { waitFor } from '../src/patience.js';

test('a step that is never done is given up, and says so', async () => {
  const never = new Promise<void>(() => undefined);
  await expect(waitFor(never, 20)).rejects.toMatchObject({
    code: 'ERR_SPANSEAL_EXPORT',
    message: 'exporter: expected an exporter that is done within 0.02 seconds, got none',
  });
});

test('a step that is done, or fails, is waited for', async () => {
  await expect(waitFor(Promise.resolve(), 1_000)).resolves.toBeUndefined();
  await expect(waitFor(Promise.reject(new Error('x')), 1_000)).rejects.toThrow('x');
});
