import { spanLeaf } from './checkpoint.js';
import { formatCheckpoint, type SignedCheckpoint } from './checkpoint-text.js';
import { inclusionProof, rootOfProof } from './merkle-tree.js';
import { tagLength } from './seal-text.js';
import type { StreamLedger } from './stream-ledger.js';

/** That a span is one of those that a checkpoint is about: plain data. Bytes are in base64. */
export interface SpanInclusion {
  stream: string;
  /** Hexadecimal. */
  spanId: string;
  seq: number;
  /** The MAC of its seal, of which the leaf is made. */
  mac: string;
  leaf: string;
  /** The place of the leaf among those of the checkpoint, and how many they are. */
  index: number;
  size: number;
  /** The audit path of RFC 6962, from the bottom up. */
  proof: string[];
  root: string;
  /** The text of the checkpoint. */
  checkpoint: string;
}

/** Why there is no proof. */
export type InclusionRefusal =
  /** No span that verified has this id. */
  | 'no-span'
  /** No checkpoint is about it. */
  | 'no-checkpoint'
  /** Other spans of its checkpoint are not there, and the tree needs all of them. */
  | 'spans-missing'
  /** The checkpoint is about other spans: the stream is a fork. */
  | 'fork';

/** The proof for the span with an id, in whichever stream it is. */
export function proveInclusion(
  ledgers: Iterable<StreamLedger>,
  spanId: string,
): SpanInclusion | InclusionRefusal {
  const id = Buffer.from(spanId, 'hex');
  for (const ledger of ledgers) {
    for (const seq of ledger.spans.seqs()) {
      const span = ledger.spans.get(seq);
      if (span !== undefined && Buffer.compare(span.spanId, id) === 0)
        return proofOf(ledger, seq, spanId.toLowerCase());
    }
  }
  return 'no-span';
}

function proofOf(ledger: StreamLedger, seq: number, spanId: string): SpanInclusion | InclusionRefusal {
  const checkpoint = checkpointAbout(ledger, seq);
  if (checkpoint === undefined) return 'no-checkpoint';
  const { first, count, root } = checkpoint;
  const leaves: Uint8Array[] = [];
  for (let at = first; at < first + count; at += 1) {
    const span = ledger.spans.get(at);
    if (span === undefined) return 'spans-missing';
    leaves.push(spanLeaf(at, span.mac));
  }
  const index = seq - first;
  const proof = inclusionProof(leaves, index) ?? [];
  const leaf = leaves[index] ?? new Uint8Array(0);
  const found = rootOfProof({ leaf, index: BigInt(index), size: BigInt(count), proof });
  if (found === undefined || Buffer.compare(found, root) !== 0) return 'fork';
  return {
    ...{ stream: ledger.stream, spanId, seq, mac: base64(ledger.spans.get(seq)?.mac) },
    ...{ leaf: base64(leaf), index, size: count, proof: proof.map(base64), root: base64(root) },
    checkpoint: formatCheckpoint(checkpoint),
  };
}

function checkpointAbout({ checkpoints }: StreamLedger, seq: number): SignedCheckpoint | undefined {
  for (const { checkpoint } of checkpoints.values()) {
    if (seq >= checkpoint.first && seq < checkpoint.first + checkpoint.count) return checkpoint;
  }
  return undefined;
}

function base64(bytes: Uint8Array = new Uint8Array(0)): string {
  return Buffer.from(bytes).toString('base64');
}

/**
 * Whether a proof leads from its leaf to its root. It needs no key; that the root is the stream's, a note of the checkpoint
 * says that somebody trusted has signed.
 *
 * @param inclusion attacker-controlled.
 */
export function checkInclusion(inclusion: SpanInclusion): boolean {
  const { seq, mac, leaf, index, size, proof, root } = inclusion ?? {};
  if (![seq, index, size].every((number) => Number.isSafeInteger(number) && number >= 0)) return false;
  if (!Array.isArray(proof) || ![mac, leaf, root, ...proof].every((text) => typeof text === 'string'))
    return false;
  const bytes = (text: string): Uint8Array => Buffer.from(text, 'base64');
  if (bytes(mac).length !== tagLength || base64(bytes(mac)) !== mac) return false;
  if (base64(spanLeaf(seq, bytes(mac))) !== leaf) return false;
  const found = rootOfProof({
    leaf: bytes(leaf),
    index: BigInt(index),
    size: BigInt(size),
    proof: proof.map(bytes),
  });
  return found !== undefined && base64(found) === root;
}
