import { createHash, createHmac } from 'node:crypto';
import type { BatchFormat } from '@spanseal/seal';
import { bytesOf, hex } from './hex.js';
import { deriveKeys } from './key-derivation.js';
import { protocolFrame } from './protocol-frame.js';
import { spelledBytes, spelledNumber, spelledOutBytes, spelledOutNumber } from './seal-letters.js';
import type { SealingKey } from './span-steps.js';

/** What the header of a batch says, part by part. Bytes are in hexadecimal. */
export interface BatchTextParts {
  readonly key_id: string;
  readonly realm_tag: string;
  readonly stream_id: string;
  readonly epoch: number;
  readonly number: number;
  readonly first_seq: number;
  readonly count: number;
  readonly time_millis: number;
  readonly mac: string;
}

/** The header of a batch and the request behind it. */
export interface BatchInput {
  readonly text: string;
  /** In hexadecimal. */
  readonly body: string;
  readonly format: BatchFormat;
}

/** How the MAC of a batch comes about. */
export interface BatchSteps {
  readonly batch: BatchTextParts;
  readonly batch_key: string;
  readonly body_hash: string;
  /** What the MAC is over. */
  readonly message: string;
}

/** The steps to the MAC of a batch that holds. @throws Error when they lead to another MAC than the sealer's. */
export function batchSteps({ text, ...request }: BatchInput, by: SealingKey): BatchSteps {
  const batch = batchParts(text);
  const { mac, steps } = signedAs(batch, request, by);
  if (mac !== batch.mac || batchText(batch) !== text) {
    throw new Error('the steps of docs/protocol.md do not lead to what the sealer signed');
  }
  return steps;
}

/** The text that a holder of the key could write, who says what no sealer would. */
export function batchTextSaying(
  { text, ...request }: BatchInput,
  { by, says }: { by: SealingKey; says: Partial<BatchTextParts> },
): string {
  const batch = { ...batchParts(text), ...says };
  return batchText({ ...batch, mac: signedAs(batch, request, by).mac });
}

function batchParts(text: string): BatchTextParts {
  const parts = text.split('~');
  const bytes = (place: number): string => hex(spelledOutBytes(parts[place] ?? ''));
  const number = (place: number): number => spelledOutNumber(parts[place] ?? '');
  return {
    key_id: parts[1] ?? '',
    realm_tag: bytes(2),
    stream_id: bytes(3),
    epoch: number(4),
    number: number(5),
    first_seq: number(6),
    count: number(7),
    time_millis: number(8),
    mac: bytes(9),
  };
}

function batchText({ key_id, realm_tag, stream_id, mac, ...numbers }: BatchTextParts): string {
  const { epoch, number, first_seq, count, time_millis } = numbers;
  return [
    '1',
    key_id,
    spelledBytes(bytesOf(realm_tag)),
    spelledBytes(bytesOf(stream_id)),
    ...[epoch, number, first_seq, count, time_millis].map(spelledNumber),
    spelledBytes(bytesOf(mac)),
  ].join('~');
}

function signedAs(
  batch: BatchTextParts,
  { body, format }: Omit<BatchInput, 'text'>,
  { key, realm }: SealingKey,
): { steps: BatchSteps; mac: string } {
  const { batch_key } = deriveKeys({ key, realm, stream_id: batch.stream_id, epoch: batch.epoch });
  const bodyHash = createHash('sha256').update(bytesOf(body)).digest();
  const message = protocolFrame(
    'spanseal/batch/v1',
    key.algorithm,
    realm,
    key.id,
    bytesOf(batch.stream_id),
    batch.epoch,
    batch.number,
    batch.first_seq,
    batch.count,
    batch.time_millis,
    format,
    bodyHash,
  );
  const hash = key.algorithm === 'hs512' ? 'sha512' : 'sha256';
  const mac = createHmac(hash, bytesOf(batch_key)).update(message).digest().subarray(0, 16);
  return {
    steps: { batch, batch_key, body_hash: hex(bodyHash), message: hex(message) },
    mac: hex(mac),
  };
}
