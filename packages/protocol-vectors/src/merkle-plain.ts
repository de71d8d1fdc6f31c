import { createHash } from 'node:crypto';
import { protocolFrame } from './protocol-frame.js';

/** The leaf of a span. */
export function plainLeaf(seq: number, mac: Uint8Array): Buffer {
  return sha256(Uint8Array.of(0), protocolFrame('spanseal/leaf/v1', seq, mac));
}

/** The tree hash of RFC 6962 section 2.1, word for word. */
export function plainRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0] ?? sha256();
  const half = splitOf(leaves.length);
  return sha256(Uint8Array.of(1), plainRoot(leaves.slice(0, half)), plainRoot(leaves.slice(half)));
}

/** The audit path of RFC 6962 section 2.1.1, word for word: from the bottom up. */
export function plainPath(index: number, leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  if (leaves.length <= 1) return [];
  const half = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  return index < half
    ? [...plainPath(index, left), plainRoot(right)]
    : [...plainPath(index - half, right), plainRoot(left)];
}

/** The largest power of two below. */
function splitOf(size: number): number {
  return 2 ** Math.ceil(Math.log2(size) - 1);
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}
