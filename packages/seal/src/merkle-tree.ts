import { hashToLatin1, sha256 } from './one-shot-hash.js';

/** Bytes of every hash of the tree: SHA-256. */
export const hashLength = 32;

// The two prefixes keep a node from passing for a leaf (RFC 6962 §2.1).
const leafPrefix = 0;
const nodePrefix = 1;

/** The hash of a leaf's data, which stands behind one byte that is free to be written; a character for each byte. */
export function leafHashToLatin1(data: Uint8Array): string {
  data[0] = leafPrefix;
  return hashToLatin1('sha256', data);
}

/** What an inner node's hash is over. */
const node = Buffer.alloc(1 + 2 * hashLength, nodePrefix);

/** The hash of an inner node, all with a character for each byte: no buffer is made for any of the thousand nodes of a tree. */
function nodeHashToLatin1(left: string, right: string): string {
  node.write(left, 1, 'latin1');
  node.write(right, 1 + hashLength, 'latin1');
  return hashToLatin1('sha256', node);
}

/** The hash of an inner node. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([Uint8Array.of(nodePrefix), left, right]));
}

/** The Merkle tree hash over leaf hashes with a character for each byte, in order (RFC 6962 §2.1). Of no leaves: the hash of nothing. */
export function merkleRoot(leaves: readonly string[]): Uint8Array {
  let level = leaves;
  while (level.length > 1) level = nextLevel(level, nodeHashToLatin1);
  const [root] = level;
  return root === undefined ? sha256(new Uint8Array()) : Buffer.from(root, 'latin1');
}

/** The audit path of the leaf at `index`, from the bottom up (RFC 6962 §2.1.1); undefined when there is no such leaf. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] | undefined {
  if (!(index >= 0 && index < leaves.length)) return undefined;
  const proof: Uint8Array[] = [];
  let at = index;
  for (let level = leaves; level.length > 1; level = nextLevel(level, nodeHash)) {
    const sibling = level[at ^ 1];
    // The last node of an odd level goes up alone.
    if (sibling !== undefined) proof.push(sibling);
    at >>= 1;
  }
  return proof;
}

function nextLevel<Hash>(level: readonly Hash[], join: (left: Hash, right: Hash) => Hash): Hash[] {
  const next: Hash[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const left = level[at] as Hash;
    const right = level[at + 1];
    next.push(right === undefined ? left : join(left, right));
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
