import { encodeBytes } from './consonants.js';

/** Streams that a ring remembers at most; the oldest go first. */
const capacity = 10_000;

/** The secrets of the streams that were fetched from remote keys. */
export class FetchedSecrets {
  readonly #secrets = new Map<string, Uint8Array>();

  get(keyId: string, stream: Uint8Array): Uint8Array | undefined {
    return this.#secrets.get(nameOf(keyId, stream));
  }

  set(keyId: string, stream: Uint8Array, secret: Uint8Array): void {
    if (this.#secrets.size >= capacity) {
      const [oldest] = this.#secrets;
      if (oldest !== undefined) {
        oldest[1].fill(0);
        this.#secrets.delete(oldest[0]);
      }
    }
    this.#secrets.set(nameOf(keyId, stream), secret);
  }
}

function nameOf(keyId: string, stream: Uint8Array): string {
  return `${keyId}~${encodeBytes(stream)}`;
}
