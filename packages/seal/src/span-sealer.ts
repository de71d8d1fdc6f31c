import type { Loss } from './checkpoint.js';
import { type Checkpoint, CheckpointChain } from './checkpoint-chain.js';
import { type CheckpointSigner, signerFaults } from './checkpoint-note.js';
import { encodeBytes } from './consonants.js';
import { coveredBitsOf } from './covered-resource.js';
import { isInWindow, lateMark } from './epoch-window.js';
import { isKeyRing, type KeyRing, primaryKey } from './key-ring.js';
import { OpenStretch } from './open-stretch.js';
import { kindOf, SealError } from './seal-error.js';
import { anchoredMark, formatSeal } from './seal-text.js';
import type { SpanInRequest } from './span-in-request.js';
import { computeSpanMac, digestTail, sealedAttributes, spanContent } from './span-mac.js';
import { sectionTags } from './span-sections.js';
import { SpanSurroundings } from './span-surroundings.js';
import { createStreamId, streamRandomLength, streamStart } from './stream-id.js';
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
  /** Whether the caller takes checkpoints, which every seal then says. Default: false. */
  checkpoints?: boolean;
  /** Who signs the notes of checkpoints besides. Default: nobody. */
  signers?: readonly CheckpointSigner[];
}

/** What a caller knows when it takes checkpoints. */
export interface CheckpointOptions {
  /** Milliseconds since the Unix epoch. */
  nowMillis: number;
  /** Sealed spans that may not have arrived, as far as no checkpoint has said so yet. Default: none. */
  losses?: readonly Loss[];
  /** Spans that ended and were never given to be sealed, so far. Default: 0. */
  unsealed?: number;
  /** The stream is shut down. Default: false. */
  end?: boolean;
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
  /** Spans sealed since the last checkpoint; 0 without checkpoints. */
  readonly unanchored: number;
  /** Checkpoints made so far. */
  readonly checkpointed: number;
  /**
   * Signed statements about all spans since the last checkpoint, at least one: one for every 256 spans. The first has the
   * losses, the last one the end.
   */
  checkpoint(options: CheckpointOptions): readonly Checkpoint[];
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
  const { signers = [] } = options;
  const faults = signerFaults(signers);
  if (faults.length > 0) throw new SealError('ERR_SPANSEAL_SEALER', [...faults]);
  return new StreamSealer(keyRing, {
    signers,
    id: createStreamId(start, random),
    startMillis,
    anchored: options.checkpoints === true,
  });
}

interface NewStream {
  readonly id: Uint8Array;
  readonly startMillis: number;
  readonly anchored: boolean;
  readonly signers: readonly CheckpointSigner[];
}

class StreamSealer implements SpanSealer {
  readonly stream: string;
  readonly #id: Uint8Array;
  readonly #startSeconds: number;
  readonly #ring: KeyRing;
  readonly #streamKey: Uint8Array;
  readonly #realmTag: Uint8Array;
  readonly #surroundings = new SpanSurroundings();
  readonly #anchored: boolean;
  readonly #open = new OpenStretch();
  readonly #chain: CheckpointChain;
  #sealed = 0;
  #epoch = -1;
  #keys: EpochKeys | undefined;

  constructor(ring: KeyRing, { id, startMillis, anchored, signers }: NewStream) {
    const key = primaryKey(ring);
    this.stream = encodeBytes(id);
    this.#id = id;
    this.#startSeconds = streamStart(id);
    this.#anchored = anchored;
    this.#ring = ring;
    this.#streamKey = deriveStreamKey(key, ring.realm, id);
    this.#realmTag = deriveRealmTag(key, ring.realm);
    const stream = { keyId: key.id, realmTag: this.#realmTag, stream: id };
    this.#chain = new CheckpointChain(stream, Math.floor(startMillis), signers);
  }

  get sealed(): number {
    return this.#sealed;
  }

  get unanchored(): number {
    return this.#open.count;
  }

  get checkpointed(): number {
    return this.#chain.length;
  }

  seal(item: SpanInRequest, nowMillis: number): string {
    const { id: keyId, algorithm } = primaryKey(this.#ring);
    const keys = this.#keysAt(nowMillis);
    const sealTime = { startSeconds: this.#startSeconds, epoch: this.#epoch };
    const late = isInWindow(item.span, sealTime) ? 0 : lateMark;
    const marks = late | (this.#anchored ? anchoredMark : 0) | coveredBitsOf(item.resource?.attributes ?? []);
    const content = spanContent(item, marks, this.#surroundings);
    const header = {
      keyId,
      realmTag: this.#realmTag,
      stream: this.#id,
      epoch: this.#epoch,
      seq: this.#sealed,
      marks,
      attributes: sealedAttributes(item.span),
      tail: digestTail(item, this.#surroundings),
      sections: sectionTags(content, keys.sections.at(this.#sealed)),
    };
    const mac = computeSpanMac(content, header, { algorithm, realm: this.#ring.realm, keys });
    if (this.#anchored) this.#open.add(this.#sealed, mac, item.span.traceId ?? '');
    this.#sealed += 1;
    return formatSeal({ ...header, mac });
  }

  checkpoint({
    nowMillis,
    losses = [],
    unsealed = 0,
    end = false,
  }: CheckpointOptions): readonly Checkpoint[] {
    const { algorithm } = primaryKey(this.#ring);
    const { checkpoint: key } = this.#keysAt(nowMillis);
    const macKey = { algorithm, realm: this.#ring.realm, key };
    const made: Checkpoint[] = [];
    do {
      const stretch = this.#open.take();
      const stated = {
        epoch: this.#epoch,
        toMillis: Math.floor(nowMillis),
        end: end && this.#open.count === 0,
        unsealed,
        losses: made.length === 0 ? losses : [],
      };
      made.push(this.#chain.next(stretch, stated, macKey));
    } while (this.#open.count > 0);
    return made;
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
