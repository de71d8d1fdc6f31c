import { isNativeSpan, type SealedCore } from '@spanseal/otlp';
import type { Algorithm } from './algorithm.js';
import { type BatchBody, computeBatchMac } from './batch.js';
import { formatBatch } from './batch-text.js';
import type { Loss } from './checkpoint.js';
import { type Checkpoint, CheckpointChain, joinLosses } from './checkpoint-chain.js';
import { type CheckpointSigner, signerFaults } from './checkpoint-note.js';
import { mostLosses } from './checkpoint-text.js';
import { encodeBytes } from './consonants.js';
import { EpochRatchet } from './epoch-ratchet.js';
import { endSecondsOf, isInWindow, lateMark } from './epoch-window.js';
import { isKeyRing, type KeyRing, primaryKey, type RingKey } from './key-ring.js';
import { OpenStretch } from './open-stretch.js';
import { kindOf, SealError, unknownOptions } from './seal-error.js';
import { anchoredMark, formatSeal, type SealStream, sealBeginning, tagLength } from './seal-text.js';
import type { SpanToSeal } from './span-in-request.js';
import { digestTail, SpanMac, sealedAttributes } from './span-mac.js';
import { sectionTags } from './span-sections.js';
import { SpanSurroundings } from './span-surroundings.js';
import { createStreamId, streamRandomLength, streamStart } from './stream-id.js';
import { deriveRealmTag, deriveStreamKey, type EpochKeys, epochBits, epochSeconds } from './stream-key.js';
import { expectedPatience, isPatience, type SourcePatience } from './stream-key-source.js';

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

/** A request that is about to be sent. */
export interface BatchToSeal extends BatchBody {
  /** The sealed spans in it: `count` of them, from seq `first`. */
  readonly first: number;
  readonly count: number;
}

/** What a caller knows when it takes checkpoints. */
export interface CheckpointOptions {
  /** Milliseconds since the Unix epoch. */
  nowMillis: number;
  /** Sealed spans that may not have arrived, as far as no checkpoint has said so yet. Default: none. */
  losses?: readonly Loss[];
  /** Spans that ended and were never given to be sealed, so far. Default: 0. */
  unsealed?: number;
  /**
   * The first seq that is still on its way: a checkpoint is about none from there on, since they may be lost with the process, and
   * nobody would say so. The end is about all. Default: none is on its way.
   */
  before?: number;
  /** The stream is shut down. Default: false. */
  end?: boolean;
}

/** Seals the spans of one stream: one exporter instance, one key. Makes no I/O and reads no clock. */
export interface SpanSealer {
  /** Id of the stream, as it stands in seals and reports. */
  readonly stream: string;
  /** Spans sealed so far: the seq of the next one. */
  readonly sealed: number;
  /** Whether the key of the stream is still the one that signs: false after a rotation, when a new stream must begin. */
  readonly isCurrent: boolean;
  /**
   * The value of `spanseal.seal` for a span, with the next seq.
   *
   * @param nowMillis the time of sealing, in milliseconds since the Unix epoch: it decides the epoch.
   * @param take is lent the core form with the seal, for `TraceRequestWriter` of @spanseal/otlp. What it throws, `seal()` throws.
   * @throws OtlpError when the span has no canonical form. No seq is used up then.
   */
  seal(item: SpanToSeal, nowMillis: number, take?: (sealed: SealedCore) => void): string;
  /**
   * The value of `spanseal-batch` for a request that carries sealed spans, with the next number of a batch. It is computed once:
   * a retry sends the same body with the same header.
   *
   * @param nowMillis the time of sending, in milliseconds since the Unix epoch.
   */
  sealBatch(batch: BatchToSeal, nowMillis: number): string;
  /** Spans sealed since the last checkpoint; 0 without checkpoints. */
  readonly unanchored: number;
  /** Checkpoints made so far. */
  readonly checkpointed: number;
  /**
   * Signed statements about the spans since the last checkpoint, at least one: one for every 128 spans, and for every eight
   * losses. The last one has the end. None from a sealer that was made without `checkpoints`: it does not know which spans it sealed.
   */
  checkpoint(options: CheckpointOptions): readonly Checkpoint[];
  /** Ends the stream and overwrites its keys: from then on `seal()` throws SealError `ERR_SPANSEAL_SEALER`. */
  close(): void;
}

/**
 * A sealer for a new stream, with the ring's primary key. For a remote key there is `openSpanSealer()`.
 *
 * @throws SealError `ERR_SPANSEAL_SEALER`.
 */
export function createSpanSealer(options: SpanSealerOptions): SpanSealer {
  const stream = newStream(options);
  const key = primaryKey(options.keyRing);
  if ('secret' in key) return new StreamSealer(options.keyRing, key, stream);
  throw new SealError('ERR_SPANSEAL_SEALER', [
    {
      path: 'keyRing',
      expected: 'a ring whose primary key has a secret',
      got: 'one with a source: openSpanSealer() takes it',
    },
  ]);
}

/**
 * Checks what a stream would begin with, and begins none: for who opens one later, with `openSpanSealer()`.
 *
 * @throws SealError `ERR_SPANSEAL_SEALER`.
 */
export function checkSealerOptions(options: SpanSealerOptions): void {
  newStream(options);
}

/** Of `openSpanSealer()`, too. */
const optionNames: readonly string[] = [
  'keyRing',
  'startMillis',
  'random',
  'checkpoints',
  'signers',
  'timeoutMillis',
];

/** What a stream begins with. */
export interface NewStream {
  readonly id: Uint8Array;
  readonly startMillis: number;
  readonly anchored: boolean;
  readonly signers: readonly CheckpointSigner[];
}

/** @throws SealError `ERR_SPANSEAL_SEALER` for options that no stream can begin with. */
export function newStream(options: SpanSealerOptions): NewStream {
  const given: SpanSealerOptions & SourcePatience = options ?? {};
  const { keyRing, startMillis, random, checkpoints = false, signers = [], timeoutMillis } = given;
  // One that is misspelt would leave the stream without checkpoints.
  const [unknown] = unknownOptions(options, optionNames);
  if (unknown !== undefined) refuse(false, unknown);
  refuse(isKeyRing(keyRing), {
    path: 'keyRing',
    expected: 'a key ring of createKeyRing()',
    got: kindOf(keyRing),
  });
  refuse(random instanceof Uint8Array && random.length === streamRandomLength, {
    path: 'random',
    expected: `${streamRandomLength} random bytes`,
    got: random instanceof Uint8Array ? `${random.length} bytes` : kindOf(random),
  });
  const startSeconds = Math.floor(startMillis / 1000);
  refuse(startSeconds >= 0 && startSeconds < 2 ** 32, {
    path: 'startMillis',
    expected: 'a time since 1970',
    got: kindOf(startMillis),
  });
  refuse(timeoutMillis === undefined || isPatience(timeoutMillis), {
    path: 'timeoutMillis',
    expected: expectedPatience,
    got: kindOf(timeoutMillis),
  });
  const faults = signerFaults(signers);
  if (faults.length > 0) throw new SealError('ERR_SPANSEAL_SEALER', [...faults]);
  return { id: createStreamId(startSeconds, random), startMillis, anchored: checkpoints === true, signers };
}

/** A sealer with the secret that belongs to the stream. */
export class StreamSealer implements SpanSealer {
  readonly stream: string;
  readonly #startSeconds: number;
  readonly #ring: KeyRing;
  readonly #realm: string;
  readonly #keyId: string;
  readonly #algorithm: Algorithm;
  readonly #ratchet: EpochRatchet;
  readonly #mac: SpanMac;
  readonly #surroundings = new SpanSurroundings();
  readonly #anchored: boolean;
  readonly #stream: SealStream;
  /** Of each seal. */
  readonly #beginning: string;
  readonly #open = new OpenStretch();
  readonly #chain: CheckpointChain;
  /** Of the span that was sealed last. */
  readonly #lastMac = Buffer.alloc(tagLength);
  #sealed = 0;
  #batches = 0;
  #epoch = -1;
  #keys: EpochKeys | undefined;
  /** Whether a seal is being handed on: its seq is not counted yet. */
  #isTaking = false;

  constructor(ring: KeyRing, key: RingKey, { id, startMillis, anchored, signers }: NewStream) {
    this.stream = encodeBytes(id);
    this.#startSeconds = streamStart(id);
    this.#anchored = anchored;
    this.#ring = ring;
    this.#realm = ring.realm;
    this.#keyId = key.id;
    this.#algorithm = key.algorithm;
    this.#ratchet = new EpochRatchet(deriveStreamKey(key, ring.realm, id), key.algorithm.hash);
    this.#mac = new SpanMac({ algorithm: key.algorithm, realm: ring.realm, keyId: key.id, stream: id });
    const stream = { keyId: key.id, realmTag: deriveRealmTag(key, ring.realm), stream: id };
    this.#stream = stream;
    this.#beginning = sealBeginning(stream);
    this.#chain = new CheckpointChain(stream, Math.floor(startMillis), signers);
  }

  get isCurrent(): boolean {
    return primaryKey(this.#ring).id === this.#keyId;
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

  seal(item: SpanToSeal, nowMillis: number, take?: (sealed: SealedCore) => void): string {
    if (this.#isTaking) refuseCall('a call after the one before has returned', 'one while a seal is taken');
    const keys = this.#keysAt(nowMillis);
    const parts = isNativeSpan(item.span) ? item.span.parts : item.span;
    const epochStart = this.#startSeconds + this.#epoch * epochSeconds;
    const late = isInWindow(endSecondsOf(parts), epochStart) ? 0 : lateMark;
    const marks = late | (this.#anchored ? anchoredMark : 0) | this.#surroundings.coveredBits(item);
    const origin = this.#surroundings.origin(item, marks);
    const where = { around: item, surroundings: this.#surroundings };
    const seal = this.#mac.withContent(item.span, origin, (content) => {
      const attributes = sealedAttributes(parts);
      const tail = digestTail(parts, content.marks.eventPlaces, where);
      // A getter of the span can have sealed another one, or closed the stream, by now: those keys are zeros then.
      if (this.#keys !== keys) refuseCall('a span that ends no epoch while it is read', 'one that does');
      const sections = sectionTags(content, keys.sections.at(this.#sealed));
      const header = { epoch: this.#epoch, seq: this.#sealed, marks, attributes, tail, sections };
      const mac = this.#lastMac;
      mac.write(this.#mac.toLatin1(content, header, keys), 'latin1');
      const text = formatSeal(header, mac, this.#beginning);
      if (take !== undefined) this.#handOn(take, { bytes: content.core, marks: content.marks, seal: text });
      if (this.#anchored) this.#open.add(this.#sealed, mac, parts.traceId ?? '');
      return text;
    });
    this.#sealed += 1;
    return seal;
  }

  #handOn(take: (sealed: SealedCore) => void, sealed: SealedCore): void {
    this.#isTaking = true;
    try {
      take(sealed);
    } finally {
      this.#isTaking = false;
    }
  }

  sealBatch({ first, count, ...content }: BatchToSeal, nowMillis: number): string {
    const { batch: key } = this.#keysAt(nowMillis);
    const epochStart = 1000 * (this.#startSeconds + this.#epoch * epochSeconds);
    // A clock that was set back leaves the epoch as it is, and a batch is of the time of its epoch.
    const millis = Math.max(Math.floor(nowMillis), epochStart);
    const { keyId, realmTag, stream } = this.#stream;
    const parts = {
      keyId,
      realmTag,
      stream,
      epoch: this.#epoch,
      number: this.#batches,
      first,
      count,
      millis,
    };
    const mac = computeBatchMac(parts, content, { algorithm: this.#algorithm, realm: this.#realm, key });
    this.#batches += 1;
    return formatBatch(parts, mac);
  }

  checkpoint({
    nowMillis,
    losses = [],
    unsealed = 0,
    before = Number.POSITIVE_INFINITY,
    end = false,
  }: CheckpointOptions): readonly Checkpoint[] {
    const { checkpoint: key } = this.#keysAt(nowMillis);
    if (!this.#anchored) return [];
    const macKey = { algorithm: this.#algorithm, realm: this.#realm, key };
    // A clock that was set back leaves the epoch as it is, and a checkpoint is of the time of its epoch.
    const epochStart = 1000 * (this.#startSeconds + this.#epoch * epochSeconds);
    const made: Checkpoint[] = [];
    const untold = [...joinLosses(losses)];
    const bound = end ? Number.POSITIVE_INFINITY : before;
    do {
      const stretch = this.#open.take(bound);
      const told = untold.splice(0, mostLosses);
      const stated = {
        epoch: this.#epoch,
        toMillis: Math.min(Math.max(Math.floor(nowMillis), epochStart), epochStart + 1000 * epochSeconds),
        end: end && this.#open.count === 0 && untold.length === 0,
        unsealed,
        losses: told,
      };
      made.push(this.#chain.next(stretch, stated, macKey));
    } while (this.#open.countBelow(bound) > 0 || untold.length > 0);
    return made;
  }

  close(): void {
    this.#keys?.span.wipe();
    this.#keys = undefined;
    this.#ratchet.close();
  }

  #keysAt(nowMillis: number): EpochKeys {
    const elapsed = Math.floor((nowMillis / 1000 - this.#startSeconds) / epochSeconds);
    // A clock that was set back must not bring an earlier epoch back.
    const epoch = Math.min(Math.max(elapsed, this.#epoch, 0), 2 ** epochBits - 1);
    if (epoch !== this.#epoch) {
      this.#keys?.span.wipe();
      this.#keys = this.#ratchet.take(epoch);
      this.#epoch = epoch;
    }
    if (this.#keys !== undefined) return this.#keys;
    return refuseCall('an open stream', 'one that was closed');
  }
}

function refuse(holds: boolean, fault: { path: string; expected: string; got: string }): void {
  if (!holds) throw new SealError('ERR_SPANSEAL_SEALER', [fault]);
}

function refuseCall(expected: string, got: string): never {
  throw new SealError('ERR_SPANSEAL_SEALER', [{ path: 'seal', expected, got }]);
}
