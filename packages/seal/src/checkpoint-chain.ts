import {
  type CheckpointMacKey,
  type CheckpointParts,
  checkpointDigest,
  computeCheckpointMac,
  type Loss,
  previousLength,
} from './checkpoint.js';
import { type CheckpointSigner, checkpointNote } from './checkpoint-note.js';
import { formatCheckpoint, mostLosses } from './checkpoint-text.js';
import { encodeBytes } from './consonants.js';
import type { StretchParts } from './open-stretch.js';

/** A signed statement about a stretch of a stream, ready to be sent. */
export interface Checkpoint {
  readonly stream: string;
  readonly number: number;
  /** It is about `count` spans, from seq `first`. */
  readonly first: number;
  readonly count: number;
  readonly end: boolean;
  /** What travels in the attribute `spanseal.checkpoint`. */
  readonly text: string;
  /** The same as a signed note (C2SP signed-note), for people and witnesses. */
  readonly note: string;
}

/** What of a checkpoint does not change in a stream. */
type StreamParts = Pick<CheckpointParts, 'keyId' | 'realmTag' | 'stream'>;

/** What a checkpoint says beside the spans that it is about. */
export type StatedParts = Pick<CheckpointParts, 'epoch' | 'toMillis' | 'end' | 'unsealed' | 'losses'>;

/** Makes the checkpoints of one stream, each with the hash of the one before. */
export class CheckpointChain {
  readonly #stream: StreamParts;
  readonly #signers: readonly CheckpointSigner[];
  #number = 0;
  #previous: Uint8Array = new Uint8Array(previousLength);
  #fromMillis: number;

  constructor(stream: StreamParts, startMillis: number, signers: readonly CheckpointSigner[]) {
    this.#stream = stream;
    this.#signers = signers;
    this.#fromMillis = startMillis;
  }

  /** Checkpoints made so far. */
  get length(): number {
    return this.#number;
  }

  next(stretch: StretchParts, stated: StatedParts, key: CheckpointMacKey): Checkpoint {
    const parts: CheckpointParts = {
      ...this.#stream,
      ...stretch,
      ...stated,
      losses: fewLosses(stated.losses),
      number: this.#number,
      fromMillis: this.#fromMillis,
      // A clock that was set back does not turn time around.
      toMillis: Math.max(this.#fromMillis, stated.toMillis),
      previous: this.#previous,
    };
    const checkpoint = { ...parts, mac: computeCheckpointMac(parts, key) };
    const text = formatCheckpoint(checkpoint);
    const note = checkpointNote(checkpoint, this.#signers);
    this.#number += 1;
    this.#previous = checkpointDigest(text);
    this.#fromMillis = parts.toMillis;
    const { number, first, count, end } = parts;
    return { stream: encodeBytes(parts.stream), number, first, count, end, text, note };
  }
}

/** At most {@link mostLosses}: of more, those next to each other become one, over what lies between as well. */
function fewLosses(losses: readonly Loss[]): readonly Loss[] {
  const sorted = [...losses].sort((one, other) => one.first - other.first);
  while (sorted.length > mostLosses) {
    const at = closestPair(sorted);
    const [one, other] = [sorted[at], sorted[at + 1]] as [Loss, Loss];
    const end = Math.max(one.first + one.count, other.first + other.count);
    sorted.splice(at, 2, { reason: one.reason, first: one.first, count: end - one.first });
  }
  return sorted;
}

function closestPair(sorted: readonly Loss[]): number {
  let closest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { first }] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before === undefined) continue;
    const gap = first - before.first - before.count;
    if (gap < least) [least, closest] = [gap, index - 1];
  }
  return closest;
}
