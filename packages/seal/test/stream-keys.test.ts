import { expect, test } from '@jest/globals';
import { hmacRoom } from '../src/hmac-key.js';
import { primaryKey, type RingKey } from '../src/key-ring.js';
import { StreamKeys } from '../src/stream-keys.js';
import { streamId } from './forger.js';
import { ring } from './sealed-request.js';

test('The keys of 4,096 epochs are kept, the latest ones, and one that went is derived again as it was', () => {
  const { realm } = ring();
  const key = primaryKey(ring()) as RingKey;
  const kept = new StreamKeys(realm);
  const at = (epoch: number) => kept.at(key, { stream: streamId(1), epoch });
  const [first, second] = [at(0), at(1)];
  for (let epoch = 2; epoch < 4096; epoch += 1) at(epoch);
  expect(at(0)).toBe(first);
  const last = at(4096);
  expect([at(1) === second, at(4096) === last]).toEqual([true, true]);
  const again = at(0);
  expect(again).not.toBe(first);
  expect(again.epochStart).toBe(first.epochStart);
  const macs = [first, again].map(({ keys }) => keys.span.macToLatin1(Buffer.alloc(hmacRoom('sha256'))));
  expect(macs[1]).toBe(macs[0]);
  expect(at(1)).not.toBe(second);
  expect(at(4096)).toBe(last);
});

test('Keys are of one key, stream and epoch, also right after another was asked for', () => {
  const key = primaryKey(ring()) as RingKey;
  const kept = new StreamKeys(ring().realm);
  const [one, other] = [streamId(1), streamId(2)];
  const asked = [
    kept.at(key, { stream: one, epoch: 0 }),
    kept.at(key, { stream: other, epoch: 0 }),
    kept.at(key, { stream: other, epoch: 1 }),
    kept.at({ ...key, id: 'k-other' }, { stream: other, epoch: 1 }),
  ];
  expect(new Set(asked).size).toBe(4);
  expect(kept.at(key, { stream: Uint8Array.from(one), epoch: 0 })).toBe(asked[0]);
});
