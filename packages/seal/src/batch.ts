import { createHmac, type KeyObject } from 'node:crypto';
import type { Algorithm } from './algorithm.js';
import { frame } from './frame.js';
import { sha256 } from './one-shot-hash.js';
import { tagLength } from './seal-text.js';

/** How the body of a request is encoded. */
export type BatchFormat = 'protobuf' | 'json';

/** Everything that the header of a batch says but its MAC. Before the MAC was checked, all of it is attacker-controlled. */
export interface BatchParts {
  readonly keyId: string;
  readonly realmTag: Uint8Array;
  readonly stream: Uint8Array;
  /** The epoch that the batch was made in. */
  readonly epoch: number;
  /** Batches of a stream count from 0. A retry is the same batch. */
  readonly number: number;
  /** The sealed spans in it: `count` of them, from seq `first`. */
  readonly first: number;
  readonly count: number;
  /** When the batch was made, in milliseconds since the Unix epoch. */
  readonly millis: number;
}

/** A header as it travels. */
export interface SignedBatch extends BatchParts {
  readonly mac: Uint8Array;
}

/** The request that a header stands before. */
export interface BatchBody {
  readonly format: BatchFormat;
  /** Without any content coding: it is the one thing that both ends see, whatever compresses between them. */
  readonly body: Uint8Array;
}

/** What the MAC of a batch is computed under. */
export interface BatchMacKey {
  readonly algorithm: Algorithm;
  readonly realm: string;
  readonly key: KeyObject;
}

/** The MAC of a batch, over every part of its header and over the body. (docs/protocol.md, "Batches".) */
export function computeBatchMac(
  parts: BatchParts,
  { format, body }: BatchBody,
  { algorithm, realm, key }: BatchMacKey,
): Uint8Array {
  const input = frame([
    'spanseal/batch/v1',
    ...[algorithm.name, realm, parts.keyId, parts.stream],
    ...[parts.epoch, parts.number, parts.first, parts.count, parts.millis],
    ...[format, sha256(body)],
  ]);
  return createHmac(algorithm.hash, key).update(input).digest().subarray(0, tagLength);
}
