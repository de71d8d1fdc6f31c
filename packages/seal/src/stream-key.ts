import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { frame } from './frame.js';
import { HmacKey } from './hmac-key.js';
import type { RingKey } from './key-ring.js';
import type { HashName } from './one-shot-hash.js';
import { SectionPads } from './span-sections.js';

/** Epochs of one stream: 2^20 of them, ten years of five minutes each. */
export const epochBits = 20;
/** Length of an epoch, in seconds. Fixed in version 1. */
export const epochSeconds = 300;

const aesKeyLength = 16;

/** Keys of one epoch of one stream, by use. */
export interface EpochKeys {
  readonly span: HmacKey;
  readonly checkpoint: KeyObject;
  readonly batch: KeyObject;
  readonly sections: SectionPads;
}

/** The key that all keys of one stream come from: HKDF-SHA256 (RFC 5869), salt = stream id, realm and key id in the info. */
export function deriveStreamKey(key: RingKey, realm: string, stream: Uint8Array): Uint8Array {
  const info = frame(['spanseal/stream/v1', key.algorithm.name, key.id, realm]);
  return new Uint8Array(hkdfSync('sha256', key.secret, stream, info, 32));
}

/**
 * Four letters' worth of the realm, under the root secret: lets a verifier say `wrong-realm` where it could only say
 * `invalid`. It decides nothing else.
 */
export function deriveRealmTag(key: RingKey, realm: string): Uint8Array {
  const known = realmTags.get(key);
  if (known?.realm === realm) return known.tag;
  const tag = new Uint8Array(
    hkdfSync('sha256', key.secret, new Uint8Array(0), frame(['spanseal/realm/v1', realm]), 2),
  );
  realmTags.set(key, { realm, tag });
  return tag;
}

/** A ring has one realm, and asks for its tag with each span. */
const realmTags = new WeakMap<RingKey, { readonly realm: string; readonly tag: Uint8Array }>();

/**
 * Keys of an epoch. The epoch keys are the leaves of a binary tree under the stream key (Goldreich, Goldwasser,
 * Micali): one HMAC per bit, so a verifier reaches any epoch in 20 steps, whatever a seal claims, and a process that
 * keeps only the sub-trees still to come cannot go back.
 */
export function deriveEpochKeys(streamKey: Uint8Array, epoch: number, hash: HashName): EpochKeys {
  let node = streamKey;
  for (let bit = epochBits - 1; bit >= 0; bit--) {
    const child = deriveChild(node, (epoch >>> bit) & 1 ? 'right' : 'left');
    if (node !== streamKey) node.fill(0);
    node = child;
  }
  const keys = toEpochKeys(node, hash);
  node.fill(0);
  return keys;
}

/** One step down the tree of epoch keys. */
export function deriveChild(node: Uint8Array, side: 'left' | 'right'): Uint8Array {
  return createHmac('sha256', node).update(`spanseal/${side}/v1`).digest();
}

/** The keys of the epoch that a leaf of the tree stands for. `hash`: of the algorithm that the key has. */
export function toEpochKeys(leaf: Uint8Array, hash: HashName): EpochKeys {
  return {
    span: usedFor(leaf, 'spanseal/span-key/v1', (key) => new HmacKey(hash, key)),
    checkpoint: usedFor(leaf, 'spanseal/checkpoint-key/v1', (key) => createSecretKey(key)),
    batch: usedFor(leaf, 'spanseal/batch-key/v1', (key) => createSecretKey(key)),
    sections: usedFor(
      leaf,
      'spanseal/section-key/v1',
      (key) => new SectionPads(createSecretKey(key.subarray(0, aesKeyLength))),
    ),
  };
}

function usedFor<Key>(leaf: Uint8Array, label: string, make: (key: Buffer) => Key): Key {
  const key = createHmac('sha256', leaf).update(label).digest();
  try {
    return make(key);
  } finally {
    key.fill(0);
  }
}
