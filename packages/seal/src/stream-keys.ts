import { encodeBytes } from './consonants.js';
import type { RingKey } from './key-ring.js';
import type { SealParts } from './seal-text.js';
import { deriveEpochKeys, deriveStreamKey, type EpochKeys } from './stream-key.js';

/** Keys that a verifier keeps at most: a seal is attacker-controlled, and each may name another stream and epoch. */
const capacity = 4096;

/** The derived keys of a verifier: the most recent ones are kept. */
export class StreamKeys {
  readonly #realm: string;
  readonly #keys = new Map<string, EpochKeys>();

  constructor(realm: string) {
    this.#realm = realm;
  }

  /** Keys of the epoch that a seal or checkpoint names. */
  at(key: RingKey, seal: Pick<SealParts, 'stream' | 'epoch'>): EpochKeys {
    const name = `${key.id}~${encodeBytes(seal.stream)}~${seal.epoch}`;
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    if (this.#keys.size >= capacity) {
      const [oldest] = this.#keys.keys();
      if (oldest !== undefined) this.#keys.delete(oldest);
    }
    const streamKey = deriveStreamKey(key, this.#realm, seal.stream);
    const keys = deriveEpochKeys(streamKey, seal.epoch);
    streamKey.fill(0);
    this.#keys.set(name, keys);
    return keys;
  }
}
