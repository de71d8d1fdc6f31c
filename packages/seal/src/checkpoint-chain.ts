import {
  type CheckpointMacKey,
  type CheckpointParts,
  checkpointDigest,
  computeCheckpointMac,
  type Loss,
  previousLength,
} from './checkpoint.js';
import { type CheckpointSigner, checkpointNote } from './checkpoint-note.js';
import { formatCheckpoint } from './checkpoint-text.js';
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

/** The same losses, ascending, those that touch put together: none of them is about a span that was not lost. */
export function joinLosses(losses: readonly Loss[]): readonly Loss[] {
  const joined: Loss[] = [];
  for (const loss of [...losses].sort((one, other) => one.first - other.first)) {
    const last = joined.at(-1);
    const touches = last?.reason === loss.reason && loss.first <= last.first + last.count;
    if (last === undefined || !touches) joined.push(loss);
    else {
      const end = Math.max(last.first + last.count, loss.first + loss.count);
      joined.splice(-1, 1, { ...last, count: end - last.first });
    }
  }
  return joined;
}
