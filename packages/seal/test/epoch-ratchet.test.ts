import { createHash, createHmac } from 'node:crypto';
import { beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';

import { hmacRoom } from '../src/hmac-key.js';
import type { EpochKeys } from '../src/stream-key.js';

type StreamKeyModule = typeof import('../src/stream-key.js');

/** Every node of the tree that was made, with the epochs below it. */
const nodes: { node: Uint8Array; first: number; end: number }[] = [];

jest.mock('../src/stream-key.js', () => {
  const real = jest.requireActual<StreamKeyModule>('../src/stream-key.js');
  const deriveChild: StreamKeyModule['deriveChild'] = (parent, side) => {
    const node = real.deriveChild(parent, side);
    const known = nodes.find((one) => one.node === parent) ?? { first: 0, end: 2 ** real.epochBits };
    const middle = (known.first + known.end) / 2;
    nodes.push(
      side === 'left' ? { node, first: known.first, end: middle } : { node, first: middle, end: known.end },
    );
    return node;
  };
  return { ...real, deriveChild };
});

const { EpochRatchet } =
  jest.requireActual<typeof import('../src/epoch-ratchet.js')>('../src/epoch-ratchet.js');
const { deriveEpochKeys, epochBits } = jest.requireActual<StreamKeyModule>('../src/stream-key.js');

const lastEpoch = 2 ** epochBits - 1;

function rootKey(): Uint8Array {
  return Uint8Array.from(createHash('sha256').update('a stream key').digest());
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** What tells keys apart that do not show themselves: the MAC of nothing. */
function textOf(keys: EpochKeys | undefined): string | undefined {
  return keys?.span.macToLatin1(Buffer.alloc(hmacRoom('sha256')));
}

beforeEach(() => {
  nodes.length = 0;
});

const epochs = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 0, max: lastEpoch }), fc.integer({ min: 0, max: 40 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((list) => list.sort((a, b) => a - b));

// Computed in Python, from the formulas of docs/protocol.md.
test.each([
  [0, '53aa4dcc2ac2c27ceb5d23784a48e2fbb4eb80b97a92dd54e5441ae2ae1216ae'],
  [5, '624bf6b064acccc6d804a0a2a178762467a30e6ad9b594d7ffc03c297c277653'],
  [lastEpoch, 'c9bc1aa460a74d4f14d9abfb2b195f9b058aca61196e750e425945e344a7c4d6'],
])('gives for epoch %i the span key of another implementation', (epoch, expected) => {
  expect(textOf(new EpochRatchet(rootKey(), 'sha256').take(epoch))).toBe(
    createHmac('sha256', Buffer.from(expected, 'hex')).digest('binary'),
  );
});

test('gives the same keys as a verifier derives, however many epochs are left out', () => {
  fc.assert(
    fc.property(epochs, (ascending) => {
      const ratchet = new EpochRatchet(rootKey(), 'sha256');
      for (const epoch of ascending) {
        expect(textOf(ratchet.take(epoch))).toBe(textOf(deriveEpochKeys(rootKey(), epoch, 'sha256')));
      }
    }),
  );
});

test('is derived by a verifier without changing the stream key, from which another epoch is derived', () => {
  const streamKey = rootKey();
  for (const epoch of [5, 0, lastEpoch, 5])
    expect(textOf(deriveEpochKeys(streamKey, epoch, 'sha256'))).toBe(
      textOf(deriveEpochKeys(rootKey(), epoch, 'sha256')),
    );
  expect(streamKey).toEqual(rootKey());
});

test('has overwritten all from which the key of this epoch or an earlier one could be derived', () => {
  fc.assert(
    fc.property(epochs, (ascending) => {
      nodes.length = 0;
      const streamKey = rootKey();
      const ratchet = new EpochRatchet(streamKey, 'sha256');
      for (const epoch of ascending) {
        ratchet.take(epoch);
        expect(isBlank(streamKey)).toBe(true);
        expect(nodes.length).toBeGreaterThanOrEqual(epochBits);
        const alive = nodes.filter(({ node }) => !isBlank(node));
        expect(alive.filter(({ first }) => first <= epoch)).toEqual([]);
        expect(alive.length).toBeLessThanOrEqual(epochBits);
      }
    }),
  );
});

test('does not go back, and gives the keys of an epoch once', () => {
  const ratchet = new EpochRatchet(rootKey(), 'sha256');
  expect(ratchet.take(1000)).toBeDefined();
  expect(ratchet.take(1000)).toBeUndefined();
  expect(ratchet.take(999)).toBeUndefined();
  expect(ratchet.take(0)).toBeUndefined();
  expect(ratchet.take(1001)).toBeDefined();
  expect(ratchet.take(lastEpoch)).toBeDefined();
  expect(ratchet.take(lastEpoch)).toBeUndefined();
});

test('has nothing left after it was closed', () => {
  const ratchet = new EpochRatchet(rootKey(), 'sha256');
  ratchet.take(3);
  expect(nodes.some(({ node }) => !isBlank(node))).toBe(true);
  ratchet.close();
  expect(nodes.filter(({ node }) => !isBlank(node))).toEqual([]);
  expect(ratchet.take(4)).toBeUndefined();
});
