import { checkInclusion } from '@spanseal/seal';
import { checkpointParts } from './checkpoint-steps.js';
import { bytesOf, hex } from './hex.js';
import { inclusionOf } from './inclusion-proof.js';
import { plainLeaf, plainPath, plainRoot } from './merkle-plain.js';
import { sealParts } from './seal-parts.js';
import { plainItem, plainSpan, sealerOf, startMillis, withSpan } from './sealed-span.js';
import type { VectorCase, VectorFile } from './vector-file.js';

export interface MerkleInput {
  /** In the order of their seqs. */
  readonly spans: readonly { readonly seq: number; readonly mac: string }[];
}

export interface MerkleExpected {
  readonly leaves: readonly string[];
  readonly root: string;
}

const sizes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 31, 33, 127, 128];

export function merkleRootVectors(): VectorFile {
  return {
    topic: 'merkle-root',
    about: 'The leaves of the spans of a checkpoint, and their Merkle root.',
    cases: sizes.map(caseOf),
  };
}

/** The root to which this implementation lets a proof lead from every leaf. @throws Error when one of them does not. */
export function merkleRootOf({ spans }: MerkleInput): MerkleExpected {
  const leaves = spans.map(({ seq, mac }) => plainLeaf(seq, bytesOf(mac)));
  const root = hex(plainRoot(leaves));
  for (const [index, { seq, mac }] of spans.entries()) {
    const audit_path = plainPath(index, leaves).map(hex);
    const holds = checkInclusion(inclusionOf({ seq, mac, index, size: spans.length, audit_path, root }));
    if (!holds) throw new Error('a proof of the tree of RFC 6962 does not hold');
  }
  return { leaves: leaves.map(hex), root };
}

/** Spans of a sealer and the root of its checkpoint: the second one, so that the seqs do not begin at 0. */
function caseOf(size: number): VectorCase<MerkleInput, MerkleExpected> {
  const sealer = sealerOf({ checkpoints: true });
  sealer.seal(plainItem, startMillis);
  sealer.checkpoint({ nowMillis: startMillis });
  const spans = Array.from({ length: size }, (_, place) => {
    const { seq, mac } = sealParts(sealer.seal(withSpan(plainItem, plainSpan(place)), startMillis));
    return { seq, mac };
  });
  const [checkpoint] = sealer.checkpoint({ nowMillis: startMillis });
  const leaves = spans.map(({ seq, mac }) => hex(plainLeaf(seq, bytesOf(mac))));
  const { root } = checkpointParts(checkpoint?.text ?? '');
  const says = size === 0 ? 'No span: the hash of nothing.' : `A checkpoint about ${size} of its spans.`;
  return { id: `size-${size}`, kind: 'positive', says, input: { spans }, expected: { leaves, root } };
}
