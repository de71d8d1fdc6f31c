import { createHash } from 'node:crypto';
import { type HashName, hashToLatin1 } from './one-shot-hash.js';

/** Bytes of one block of the hash, B in RFC 2104 §2, and of its digest, L. */
const lengths = { sha256: { block: 64, digest: 32 }, sha512: { block: 128, digest: 64 } };

/** Free bytes that a message needs in front of it. */
export function hmacRoom(hash: HashName): number {
  return lengths[hash].block;
}

/**
 * A key of HMAC (RFC 2104), for messages that stand behind as many free bytes as a block has: the key goes there, and
 * the inner hash is one call. An Hmac object of Node.js costs more than hashing a span does.
 */
export class HmacKey {
  readonly #hash: HashName;
  readonly #inner: Buffer;
  /** With room for the inner digest. */
  readonly #outer: Buffer;

  /** Takes a copy of the key. */
  constructor(hash: HashName, key: Uint8Array) {
    const { block, digest } = lengths[hash];
    this.#hash = hash;
    this.#inner = Buffer.alloc(block, 0x36);
    this.#outer = Buffer.alloc(block + digest, 0x5c);
    const short = key.length > block ? createHash(hash).update(key).digest() : key;
    for (const [at, byte] of short.entries()) {
      this.#inner[at] = byte ^ 0x36;
      this.#outer[at] = byte ^ 0x5c;
    }
  }

  /** The MAC of what stands behind the first {@link hmacRoom} bytes, with a character for each byte. Those first ones are zero afterwards. */
  macToLatin1(bytes: Buffer): string {
    const room = this.#inner.length;
    bytes.set(this.#inner);
    const inner = hashToLatin1(this.#hash, bytes);
    bytes.fill(0, 0, room);
    this.#outer.write(inner, room, 'latin1');
    return hashToLatin1(this.#hash, this.#outer);
  }

  /** Overwrites the key. */
  wipe(): void {
    this.#inner.fill(0);
    this.#outer.fill(0);
  }
}
