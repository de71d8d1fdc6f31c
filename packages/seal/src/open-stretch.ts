import { type CheckpointParts, spanLeafToLatin1, traceTag, traceTagLength } from './checkpoint.js';
import { mostCheckpointSpans } from './checkpoint-text.js';
import { merkleRoot } from './merkle-tree.js';

/** What a checkpoint says of the spans that it is about. */
export type StretchParts = Pick<CheckpointParts, 'first' | 'count' | 'root' | 'traceTags'>;

/** Both in hexadecimal digits. */
interface OpenSpan {
  readonly leaf: string;
  readonly tag: string;
}

/** The spans of a stream that no checkpoint is about yet. */
export class OpenStretch {
  #first = 0;
  #spans: OpenSpan[] = [];

  get count(): number {
    return this.#spans.length;
  }

  add(seq: number, mac: Uint8Array, traceId: string): void {
    this.#spans.push({ leaf: spanLeafToLatin1(seq, mac), tag: traceTag(traceId) });
  }

  /** How many of them have a seq below `before`. */
  countBelow(before: number): number {
    return Math.min(Math.max(0, before - this.#first), this.#spans.length);
  }

  /** Takes out as many below `before` as fit into a checkpoint, the first ones first; it may be none. */
  take(before: number): StretchParts {
    const taken = this.#spans.slice(0, Math.min(mostCheckpointSpans, this.countBelow(before)));
    this.#spans = this.#spans.slice(taken.length);
    const first = this.#first;
    this.#first += taken.length;
    const traceTags = Buffer.alloc(taken.length * traceTagLength);
    for (const [index, { tag }] of taken.entries()) traceTags.write(tag, index * traceTagLength, 'hex');
    return { first, count: taken.length, root: merkleRoot(taken.map(({ leaf }) => leaf)), traceTags };
  }
}
