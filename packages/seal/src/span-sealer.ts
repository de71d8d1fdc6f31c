import { encodeBytes } from './consonants.js';
import { coveredBitsOf } from './covered-resource.js';
import { isInWindow, lateMark } from './epoch-window.js';
import { isKeyRing, type KeyRing, primaryKey } from './key-ring.js';
import { kindOf, SealError } from './seal-error.js';
import { formatSeal } from './seal-text.js';
import type { SpanInRequest } from './span-in-request.js';
import { computeSpanMac, digestTail } from './span-mac.js';
import { SpanSurroundings } from './span-surroundings.js';
import { createStreamId, streamRandomLength } from './stream-id.js';
import {
  deriveEpochKeys,
  deriveRealmTag,
  deriveStreamKey,
  type EpochKeys,
  epochBits,
  epochSeconds,
} from './stream-key.js';

export interface SpanSealerOptions {
  keyRing: KeyRing;
  /** When the stream begins, in milliseconds since the Unix epoch. */
  startMillis: number;
  /** 12 random bytes, never used for another stream. */
  random: Uint8Array;
}

/** Seals the spans of one stream: one exporter instance, one key. Makes no I/O and reads no clock. */
export interface SpanSealer {
  /** Id of the stream, as it stands in seals and reports. */
  readonly stream: string;
  /** Spans sealed so far: the seq of the next one. */
  readonly sealed: number;
  /**
   * The value of `spanseal.seal` for a span, with the next seq.
   *
   * @param nowMillis the time of sealing, in milliseconds since the Unix epoch: it decides the epoch.
   * @throws OtlpError when the span has no canonical form. No seq is used up then.
   */
  seal(item: SpanInRequest, nowMillis: number): string;
}

/**
 * A sealer for a new stream, with the ring's primary key.
 *
 * @throws SealError `ERR_SPANSEAL_SEALER`.
 */
export function createSpanSealer(options: SpanSealerOptions): SpanSealer {
  const { keyRing, startMillis, random } = options;
  refuse(isKeyRing(keyRing), {
    path: 'keyRing',
    expected: 'a key ring of createKeyRing()',
    got: kindOf(keyRing),
  });
  refuse(random instanceof Uint8Array && random.length === streamRandomLength, {
    path: 'random',
    expected: `${streamRandomLength} random bytes`,
    got: kindOf(random),
  });
  const start = Math.floor(startMillis / 1000);
  refuse(start >= 0 && start < 2 ** 32, {
    path: 'startMillis',
    expected: 'a time since 1970',
    got: kindOf(startMillis),
  });
  return new StreamSealer(keyRing, createStreamId(start, random), start);
}

class StreamSealer implements SpanSealer {
  readonly stream: string;
  readonly #id: Uint8Array;
  readonly #startSeconds: number;
  readonly #ring: KeyRing;
  readonly #streamKey: Uint8Array;
  readonly #realmTag: Uint8Array;
  readonly #surroundings = new SpanSurroundings();
  #sealed = 0;
  #epoch = -1;
  #keys: EpochKeys | undefined;

  constructor(ring: KeyRing, id: Uint8Array, startSeconds: number) {
    const key = primaryKey(ring);
    this.stream = encodeBytes(id);
    this.#id = id;
    this.#startSeconds = startSeconds;
    this.#ring = ring;
    this.#streamKey = deriveStreamKey(key, ring.realm, id);
    this.#realmTag = deriveRealmTag(key, ring.realm);
  }

  get sealed(): number {
    return this.#sealed;
  }

  seal(item: SpanInRequest, nowMillis: number): string {
    const { id: keyId, algorithm } = primaryKey(this.#ring);
    const keys = this.#keysAt(nowMillis);
    const sealTime = { startSeconds: this.#startSeconds, epoch: this.#epoch };
    const late = isInWindow(item.span, sealTime) ? 0 : lateMark;
    const header = {
      keyId,
      realmTag: this.#realmTag,
      stream: this.#id,
      epoch: this.#epoch,
      seq: this.#sealed,
      marks: late | coveredBitsOf(item.resource?.attributes ?? []),
      tail: digestTail(item, this.#surroundings),
    };
    const mac = computeSpanMac(item, header, {
      algorithm,
      realm: this.#ring.realm,
      keys,
      surroundings: this.#surroundings,
    });
    this.#sealed += 1;
    return formatSeal({ ...header, mac });
  }

  #keysAt(nowMillis: number): EpochKeys {
    const elapsed = Math.floor((nowMillis / 1000 - this.#startSeconds) / epochSeconds);
    // A clock that was set back must not bring an earlier epoch back.
    const epoch = Math.min(Math.max(elapsed, this.#epoch, 0), 2 ** epochBits - 1);
    if (this.#keys === undefined || epoch !== this.#epoch) {
      this.#keys = deriveEpochKeys(this.#streamKey, epoch);
      this.#epoch = epoch;
    }
    return this.#keys;
  }
}

function refuse(holds: boolean, fault: { path: string; expected: string; got: string }): void {
  if (!holds) throw new SealError('ERR_SPANSEAL_SEALER', [fault]);
}
