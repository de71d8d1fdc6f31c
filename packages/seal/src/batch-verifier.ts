import { type BatchBody, computeBatchMac, type SignedBatch } from './batch.js';
import { parseBatch } from './batch-text.js';
import { isRevoked, sameBytes } from './check-span.js';
import { encodeBytes } from './consonants.js';
import { isOfEpoch } from './epoch-window.js';
import { findKey, isKeyRing, type KeyRing, type RingKey } from './key-ring.js';
import { kindOf, SealError, unknownOptions } from './seal-error.js';
import { deriveRealmTag } from './stream-key.js';
import { StreamKeys } from './stream-keys.js';

/** Batches that are remembered at most. Past it, the oldest go, and nothing as old as they were is accepted any more. */
const mostBatches = 100_000;
const defaultMaxAgeMillis = 300_000;

/** What can be said of a request: a closed set, never a boolean. */
export type BatchVerdict =
  /** As it was sent, and new. */
  | 'valid'
  /** The same batch again: a retry, of which the receiver may have lost the answer. */
  | 'duplicate'
  /** Older than a retry can be, or from the future: recorded and sent again. */
  | 'replay'
  /** Another batch under a number that is already taken. */
  | 'conflict'
  /** The MAC does not hold: body or header were changed, or forged. */
  | 'invalid'
  /** No header. */
  | 'unsigned'
  | 'malformed'
  | 'unsupported-version'
  | 'unknown-key'
  | 'wrong-realm'
  | 'revoked-key'
  /** The MAC holds, but the batch's own time lies outside the epoch whose key it was made with. */
  | 'epoch-mismatch';

/** A request, before anything of it was parsed. */
export interface ReceivedBatch extends BatchBody {
  /** The value of `spanseal-batch`; several of them, or none, as they came. */
  readonly header: string | readonly string[] | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly nowMillis: number;
}

/** The verdict on one request, and what its header says where that could be read. */
export interface BatchCheck {
  readonly verdict: BatchVerdict;
  readonly keyId?: string;
  readonly stream?: string;
  readonly number?: number;
  /** The seqs of the sealed spans in it. */
  readonly first?: number;
  readonly count?: number;
}

export interface BatchVerifierOptions {
  keyRing: KeyRing;
  /** How old a batch may be when it arrives, in milliseconds, and how far its clock may be ahead. Default: 300,000. */
  maxAgeMillis?: number;
}

/** Checks requests before they are parsed. */
export interface BatchVerifier {
  /** Never throws for content. */
  check(received: ReceivedBatch): BatchCheck;
}

/** @throws SealError `ERR_SPANSEAL_VERIFIER` with every fault at once. */
export function createBatchVerifier(options: BatchVerifierOptions): BatchVerifier {
  const { keyRing, maxAgeMillis = defaultMaxAgeMillis } = options ?? {};
  const faults = [
    ...unknownOptions(options ?? {}, ['keyRing', 'maxAgeMillis']),
    ...(isKeyRing(keyRing)
      ? []
      : [{ path: 'keyRing', expected: 'a key ring of createKeyRing()', got: kindOf(keyRing) }]),
    ...(Number.isSafeInteger(maxAgeMillis) && maxAgeMillis >= 0
      ? []
      : [{ path: 'maxAgeMillis', expected: 'whole milliseconds from 0', got: kindOf(maxAgeMillis) }]),
  ];
  if (faults.length > 0) throw new SealError('ERR_SPANSEAL_VERIFIER', faults);
  return new SeenBatches(keyRing, maxAgeMillis);
}

interface SeenBatch {
  readonly mac: Uint8Array;
  readonly millis: number;
}

class SeenBatches implements BatchVerifier {
  readonly #keyRing: KeyRing;
  readonly #maxAgeMillis: number;
  readonly #streamKeys: StreamKeys;
  /** By stream and number, in the order in which they came. Only what verified gets in. */
  readonly #seen = new Map<string, SeenBatch>();
  /** What is as old as this was forgotten, and cannot be told from a replay: also after a clock was set back. */
  #forgottenMillis = -1;

  constructor(keyRing: KeyRing, maxAgeMillis: number) {
    this.#keyRing = keyRing;
    this.#maxAgeMillis = maxAgeMillis;
    this.#streamKeys = new StreamKeys(keyRing.realm);
  }

  check(received: ReceivedBatch): BatchCheck {
    const { header } = received;
    const [text, another] = typeof header === 'string' ? [header] : (header ?? []);
    if (text === undefined) return { verdict: 'unsigned' };
    const batch = another === undefined ? parseBatch(text) : 'malformed';
    if (typeof batch === 'string') return { verdict: batch };
    const { keyId, number, first, count } = batch;
    const stream = encodeBytes(batch.stream);
    return { verdict: this.#judge(batch, received), keyId, stream, number, first, count };
  }

  #judge(batch: SignedBatch, received: ReceivedBatch): BatchVerdict {
    const { realm } = this.#keyRing;
    const key = findKey(this.#keyRing, batch.keyId, batch.stream);
    if (key === undefined) return 'unknown-key';
    if (!sameBytes(deriveRealmTag(key, realm), batch.realmTag)) return 'wrong-realm';
    const { keys, epochStart } = this.#streamKeys.at(key, batch);
    const macKey = { algorithm: key.algorithm, realm, key: keys.batch };
    if (!sameBytes(computeBatchMac(batch, received, macKey), batch.mac)) return 'invalid';
    return this.#judgeSigned(batch, { key, epochStart, nowMillis: received.nowMillis });
  }

  /** Of a batch whose MAC holds. From here on the header is not attacker-controlled any more. */
  #judgeSigned(
    batch: SignedBatch,
    at: { readonly key: RingKey; readonly epochStart: number; readonly nowMillis: number },
  ): BatchVerdict {
    if (isRevoked(at.key, at.epochStart)) return 'revoked-key';
    if (!isOfEpoch(batch.millis, at.epochStart)) return 'epoch-mismatch';
    if (!(Math.abs(at.nowMillis - batch.millis) <= this.#maxAgeMillis)) return 'replay';
    const name = `${encodeBytes(batch.stream)}~${batch.number}`;
    const before = this.#seen.get(name);
    if (before !== undefined) return sameBytes(before.mac, batch.mac) ? 'duplicate' : 'conflict';
    if (batch.millis <= this.#forgottenMillis) return 'replay';
    this.#remember(name, batch, at.nowMillis);
    return 'valid';
  }

  #remember(name: string, { mac, millis }: SignedBatch, nowMillis: number): void {
    this.#seen.set(name, { mac, millis });
    for (const [oldest, seen] of this.#seen) {
      const isPast = seen.millis < nowMillis - this.#maxAgeMillis;
      if (!isPast && this.#seen.size <= mostBatches) return;
      this.#forgottenMillis = Math.max(this.#forgottenMillis, seen.millis);
      this.#seen.delete(oldest);
    }
  }
}
