import { createHash, createHmac, type KeyObject } from 'node:crypto';
import type { Algorithm } from './algorithm.js';
import { frame, writeNumber } from './frame.js';
import { leafHashToLatin1 } from './merkle-tree.js';
import { tagLength } from './seal-text.js';

/** Why spans that were sealed may not have arrived. */
export type LossReason =
  /** The exporter reported a failure, or nothing: they may have arrived all the same. */
  | 'export-failed'
  /** They were given up before any attempt to send them. */
  | 'dropped';

/** In the order of their numbers in a checkpoint. */
export const lossReasons: readonly LossReason[] = ['export-failed', 'dropped'];

/** Spans of a stream that its exporter itself says may be missing: `count` of them, from seq `first`. */
export interface Loss {
  readonly reason: LossReason;
  readonly first: number;
  readonly count: number;
}

/** Bytes of a trace id, its last ones, by which a checkpoint tells which spans are of one trace. */
export const traceTagLength = 6;
/** Bytes of the hash of the checkpoint before. */
export const previousLength = 16;

/** Everything that a checkpoint says but its MAC. Before the MAC was checked, all of it is attacker-controlled. */
export interface CheckpointParts {
  readonly keyId: string;
  readonly realmTag: Uint8Array;
  readonly stream: Uint8Array;
  /** Checkpoints of a stream count from 0, without a gap. */
  readonly number: number;
  /** The epoch that the checkpoint was made in. */
  readonly epoch: number;
  /** It is about `count` spans, from seq `first`: those since the checkpoint before. */
  readonly first: number;
  readonly count: number;
  /** What it is about, in milliseconds since the Unix epoch: from the checkpoint before to this one. */
  readonly fromMillis: number;
  readonly toMillis: number;
  /** RFC 6962 Merkle root over the spans, in the order of their seqs. */
  readonly root: Uint8Array;
  /** Hash of the checkpoint before; zeros for the first one. */
  readonly previous: Uint8Array;
  /** The stream was shut down: nothing comes after this. */
  readonly end: boolean;
  /** Spans that ended and never reached the exporter, as far as it knows. */
  readonly unsealed: number;
  readonly losses: readonly Loss[];
  /** {@link traceTagLength} bytes for each span. */
  readonly traceTags: Uint8Array;
}

/** What the MAC of a checkpoint is computed under. */
export interface CheckpointMacKey {
  readonly algorithm: Algorithm;
  readonly realm: string;
  readonly key: KeyObject;
}

/** The MAC of a checkpoint, over every part of it. (docs/protocol.md, "Checkpoints".) */
export function computeCheckpointMac(
  parts: CheckpointParts,
  { algorithm, realm, key }: CheckpointMacKey,
): Uint8Array {
  const input = frame([
    'spanseal/checkpoint/v1',
    ...[algorithm.name, realm, parts.keyId, parts.stream],
    ...[parts.number, parts.epoch, parts.first, parts.count, parts.fromMillis, parts.toMillis],
    ...[parts.root, parts.previous, parts.end ? 1 : 0, parts.unsealed],
    frame(parts.losses.flatMap(({ reason, first, count }) => [lossReasons.indexOf(reason), first, count])),
    parts.traceTags,
  ]);
  return createHmac(algorithm.hash, key).update(input).digest().subarray(0, tagLength);
}

/** What the next checkpoint says of this one, given its text. */
export function checkpointDigest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest().subarray(0, previousLength);
}

/** The leaf of a span: its seq and its MAC, which has {@link tagLength} bytes and is over all the rest of it. A character for each byte. */
export function spanLeafToLatin1(seq: number, mac: Uint8Array): string {
  writeNumber(leafData, leafSeqAt, seq);
  leafData.set(mac, leafMacAt);
  return leafHashToLatin1(leafData);
}

/** The same as bytes. */
export function spanLeaf(seq: number, mac: Uint8Array): Uint8Array {
  return Buffer.from(spanLeafToLatin1(seq, mac), 'latin1');
}

/** What stands in the leaf of a span, with blanks for its seq and its MAC, behind the byte that a leaf's hash needs. */
const leafData = Buffer.concat([Buffer.alloc(1), frame(['spanseal/leaf/v1', 0, new Uint8Array(tagLength)])]);
const leafMacAt = leafData.length - tagLength;
/** In front of the length of the MAC. */
const leafSeqAt = leafMacAt - 4 - 8;

/** The tag of a trace, in hexadecimal digits: the last ones of its id. */
export function traceTag(traceId: string): string {
  return traceId.slice(-2 * traceTagLength);
}
