import { sha256 } from './one-shot-hash.js';

/** Bytes of every hash of the tree: SHA-256. */
export const hashLength = 32;

// The two prefixes keep a node from passing for a leaf (RFC 6962 §2.1).
const leafPrefix = 0;
const nodePrefix = 1;

/** The hash of a leaf's data. */
export function leafHash(data: Uint8Array): Uint8Array {
  const input = Buffer.allocUnsafe(1 + data.length);
  input[0] = leafPrefix;
  input.set(data, 1);
  return sha256(input);
}

/** The hash of an inner node. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = Buffer.allocUnsafe(1 + left.length + right.length);
  input[0] = nodePrefix;
  input.set(left, 1);
  input.set(right, 1 + left.length);
  return sha256(input);
}

/** The Merkle tree hash over leaf hashes, in order (RFC 6962 §2.1). Of no leaves: the hash of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves;
  while (level.length > 1) level = nextLevel(level);
  return level[0] ?? sha256(new Uint8Array());
}

/** The audit path of the leaf at `index`, from the bottom up (RFC 6962 §2.1.1); undefined when there is no such leaf. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] | undefined {
  if (!(index >= 0 && index < leaves.length)) return undefined;
  const proof: Uint8Array[] = [];
  let at = index;
  for (let level = leaves; level.length > 1; level = nextLevel(level)) {
    const sibling = level[at ^ 1];
    // The last node of an odd level goes up alone.
    if (sibling !== undefined) proof.push(sibling);
    at >>= 1;
  }
  return proof;
}

function nextLevel(level: readonly Uint8Array[]): Uint8Array[] {
  const next: Uint8Array[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const left = level[at] as Uint8Array;
    const right = level[at + 1];
    next.push(right === undefined ? left : nodeHash(left, right));
  }
  return next;
}

/** A leaf, its place in a tree, and its audit path. All of it may be attacker-controlled. */
export interface Inclusion {
  readonly leaf: Uint8Array;
  readonly index: bigint;
  readonly size: bigint;
  readonly proof: readonly Uint8Array[];
}

/** The root that an audit path leads to (RFC 9162 §2.1.3.2); undefined when the path does not have the tree's shape. */
export function rootOfProof({ leaf, index, size, proof }: Inclusion): Uint8Array | undefined {
  if (index < 0n || index >= size || leaf.length !== hashLength) return undefined;
  let at = index;
  let last = size - 1n;
  let root = leaf;
  for (const sibling of proof) {
    if (last === 0n || sibling.length !== hashLength) return undefined;
    if ((at & 1n) === 1n || at === last) {
      root = nodeHash(sibling, root);
      while ((at & 1n) === 0n && at !== 0n) {
        at >>= 1n;
        last >>= 1n;
      }
    } else {
      root = nodeHash(root, sibling);
    }
    at >>= 1n;
    last >>= 1n;
  }
  return last === 0n ? root : undefined;
}
