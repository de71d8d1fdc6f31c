import type { HashName } from './one-shot-hash.js';
import { deriveChild, type EpochKeys, epochBits, toEpochKeys } from './stream-key.js';

/** A node of the tree of epoch keys, and the epochs below it: `first` to `first + 2^height - 1`. */
interface Subtree {
  readonly node: Uint8Array;
  readonly height: number;
  readonly first: number;
}

/**
 * The epoch keys of a stream, forwards only. It keeps no more than the sub-trees that are still to come, one for each
 * level, and overwrites the rest: whoever takes the process's memory cannot seal for an epoch that has passed. (What a
 * KeyObject held is OpenSSL's to clear; JavaScript can promise no more than to let go of it.)
 */
export class EpochRatchet {
  /** The last one comes first. */
  readonly #ahead: Subtree[];
  readonly #hash: HashName;

  /** Takes the stream key over, and overwrites it when it is used up. */
  constructor(streamKey: Uint8Array, hash: HashName) {
    this.#hash = hash;
    this.#ahead = [{ node: streamKey, height: epochBits, first: 0 }];
  }

  /** Keys of an epoch; undefined for one that was passed or already taken. Epochs before it are gone for good. */
  take(epoch: number): EpochKeys | undefined {
    let next = this.#ahead.pop();
    while (next !== undefined && next.first + 2 ** next.height <= epoch) {
      next.node.fill(0);
      next = this.#ahead.pop();
    }
    if (next === undefined) return undefined;
    if (epoch < next.first) {
      this.#ahead.push(next);
      return undefined;
    }
    return this.#descend(next, epoch);
  }

  /** Overwrites everything that is left. */
  close(): void {
    for (const { node } of this.#ahead.splice(0)) node.fill(0);
  }

  #descend(from: Subtree, epoch: number): EpochKeys {
    let { node, height, first } = from;
    while (height > 0) {
      height -= 1;
      const middle = first + 2 ** height;
      const right = deriveChild(node, 'right');
      const parent = node;
      if (epoch < middle) {
        this.#ahead.push({ node: right, height, first: middle });
        node = deriveChild(parent, 'left');
      } else {
        node = right;
        first = middle;
      }
      parent.fill(0);
    }
    const keys = toEpochKeys(node, this.#hash);
    node.fill(0);
    return keys;
  }
}
