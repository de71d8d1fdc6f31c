import { createHmac, hkdfSync } from 'node:crypto';
import { bytesOf, hex } from './hex.js';
import type { KeyInput } from './key-ring-input.js';
import { protocolFrame } from './protocol-frame.js';

/** Where a key is derived for. */
export interface KeyPlace {
  readonly key: KeyInput;
  readonly realm: string;
  readonly stream_id: string;
  readonly epoch: number;
}

/** The keys of an epoch, and the steps to them. */
export interface DerivedKeys {
  readonly stream_key: string;
  /** N₂₀: the leaf of the tree of epochs. */
  readonly node: string;
  readonly span_key: string;
  readonly checkpoint_key: string;
  readonly batch_key: string;
  readonly section_key: string;
  readonly realm_tag: string;
}

const treeDepth = 20;

/** The key schedule written out plainly, so that its steps can be published; what it gives must be what the sealer seals with. */
export function deriveKeys({ key, realm, stream_id, epoch }: KeyPlace): DerivedKeys {
  const info = protocolFrame('spanseal/stream/v1', key.algorithm, key.id, realm);
  const streamKey = hkdf(key.secret, { salt: bytesOf(stream_id), info, length: 32 });
  let node = streamKey;
  for (let bit = treeDepth - 1; bit >= 0; bit -= 1) {
    node = hmac(node, (epoch >>> bit) & 1 ? 'spanseal/right/v1' : 'spanseal/left/v1');
  }
  const realmInfo = protocolFrame('spanseal/realm/v1', realm);
  return {
    stream_key: hex(streamKey),
    node: hex(node),
    span_key: hex(hmac(node, 'spanseal/span-key/v1')),
    checkpoint_key: hex(hmac(node, 'spanseal/checkpoint-key/v1')),
    batch_key: hex(hmac(node, 'spanseal/batch-key/v1')),
    section_key: hex(hmac(node, 'spanseal/section-key/v1').subarray(0, 16)),
    realm_tag: hex(hkdf(key.secret, { salt: new Uint8Array(), info: realmInfo, length: 2 })),
  };
}

/** The frame that a key service is given for a stream of a remote key, and the secret that it answers. */
export function deriveStreamSecret({ key, realm, stream_id }: KeyPlace): { frame: string; secret: string } {
  const frame = protocolFrame('spanseal/stream-secret/v1', key.algorithm, key.id, realm, bytesOf(stream_id));
  return { frame: hex(frame), secret: hex(hmac(bytesOf(key.secret), frame)) };
}

function hkdf(
  secret: string,
  { salt, info, length }: { salt: Uint8Array; info: Uint8Array; length: number },
): Buffer {
  return Buffer.from(hkdfSync('sha256', bytesOf(secret), salt, info, length));
}

function hmac(key: Uint8Array, message: Uint8Array | string): Buffer {
  return createHmac('sha256', key).update(message).digest();
}
