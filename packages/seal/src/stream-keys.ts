import { encodeBytes } from './consonants.js';
import type { RingKey } from './key-ring.js';
import type { SealParts } from './seal-text.js';
import { SpanMac } from './span-mac.js';
import { streamStart } from './stream-id.js';
import { deriveEpochKeys, deriveStreamKey, type EpochKeys, epochSeconds } from './stream-key.js';

/** Keys that a verifier keeps at most: a seal is attacker-controlled, and each may name another stream and epoch. */
const capacity = 4096;

/** What the MACs of one epoch of a stream are computed with. */
export interface StreamEpoch {
  readonly keys: EpochKeys;
  readonly mac: SpanMac;
  /** In seconds since the Unix epoch. */
  readonly epochStart: number;
}

/** What was asked for last: the spans of a request are of few streams. */
interface Asked {
  readonly key: RingKey;
  readonly stream: Uint8Array;
  readonly epoch: number;
  readonly answer: StreamEpoch;
}

/** The derived keys of a verifier: the most recent ones are kept. */
export class StreamKeys {
  readonly #realm: string;
  readonly #epochs = new Map<string, StreamEpoch>();
  #last: Asked | undefined;

  constructor(realm: string) {
    this.#realm = realm;
  }

  /** Keys of the epoch that a seal or checkpoint names. */
  at(key: RingKey, { stream, epoch }: Pick<SealParts, 'stream' | 'epoch'>): StreamEpoch {
    const last = this.#last;
    if (last?.key === key && last.stream === stream && last.epoch === epoch) return last.answer;
    const answer = this.#find(key, { stream, epoch });
    this.#last = { key, stream, epoch, answer };
    return answer;
  }

  #find(key: RingKey, { stream, epoch }: Pick<SealParts, 'stream' | 'epoch'>): StreamEpoch {
    const name = `${key.id}~${encodeBytes(stream)}~${epoch}`;
    const known = this.#epochs.get(name);
    if (known !== undefined) return known;
    if (this.#epochs.size >= capacity) {
      const [oldest] = this.#epochs.keys();
      if (oldest !== undefined) this.#epochs.delete(oldest);
    }
    const { algorithm, id: keyId } = key;
    const realm = this.#realm;
    const streamKey = deriveStreamKey(key, realm, stream);
    const keys = deriveEpochKeys(streamKey, epoch, algorithm.hash);
    streamKey.fill(0);
    const epochStart = streamStart(stream) + epoch * epochSeconds;
    const made = { keys, mac: new SpanMac({ algorithm, realm, keyId, stream }), epochStart };
    this.#epochs.set(name, made);
    return made;
  }
}
