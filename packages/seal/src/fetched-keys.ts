import { encodeBytes } from './consonants.js';
import type { RingKey } from './key-ring.js';

/** Streams that a ring remembers at most; the oldest go first. */
const capacity = 10_000;

/** Remote keys for the streams that were fetched: each with the secret of its stream. */
export class FetchedKeys {
  readonly #keys = new Map<string, RingKey>();

  get(keyId: string, stream: Uint8Array): RingKey | undefined {
    return this.#keys.get(nameOf(keyId, stream));
  }

  set(stream: Uint8Array, key: RingKey): void {
    if (this.#keys.size >= capacity) {
      const [oldest] = this.#keys;
      if (oldest !== undefined) {
        oldest[1].secret.fill(0);
        this.#keys.delete(oldest[0]);
      }
    }
    this.#keys.set(nameOf(key.id, stream), key);
  }
}

function nameOf(keyId: string, stream: Uint8Array): string {
  return `${keyId}~${encodeBytes(stream)}`;
}
