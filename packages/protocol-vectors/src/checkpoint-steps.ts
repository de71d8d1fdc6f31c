import { createHash, createHmac } from 'node:crypto';
import { bytesOf, hex } from './hex.js';
import { deriveKeys } from './key-derivation.js';
import { protocolFrame } from './protocol-frame.js';
import { spelledBytes, spelledNumber, spelledOutBytes, spelledOutNumber } from './seal-letters.js';
import type { SealingKey } from './span-steps.js';

/** A stretch of seqs that the sealer says may not have arrived. */
export interface LossParts {
  /** 0: the export failed or its outcome is unknown; 1: given up unsent. */
  readonly reason: number;
  readonly first_seq: number;
  readonly count: number;
}

/** What a checkpoint says, part by part. Bytes are in hexadecimal. */
export interface CheckpointParts {
  readonly key_id: string;
  readonly realm_tag: string;
  readonly stream_id: string;
  readonly number: number;
  readonly epoch: number;
  readonly first_seq: number;
  readonly count: number;
  readonly from_millis: number;
  readonly to_millis: number;
  readonly root: string;
  readonly previous: string;
  readonly end: number;
  readonly unsealed: number;
  readonly losses: readonly LossParts[];
  readonly trace_tags: string;
  readonly mac: string;
}

/** How the MAC and the note of a checkpoint come about. */
export interface CheckpointSteps {
  readonly checkpoint: CheckpointParts;
  /** What the MAC is over. */
  readonly message: string;
  /** What the next checkpoint says of this one. */
  readonly hash: string;
  /** With the signature line of the MAC, and no other. */
  readonly note: string;
}

/** The steps to the MAC of a checkpoint that holds. @throws Error when they lead to another MAC than the sealer's. */
export function checkpointSteps(text: string, by: SealingKey): CheckpointSteps {
  const checkpoint = checkpointParts(text);
  if (macOf(checkpoint, by) !== checkpoint.mac || checkpointText(checkpoint) !== text) {
    throw new Error('the steps of docs/protocol.md do not lead to what the sealer signed');
  }
  return {
    checkpoint,
    message: hex(messageOf(checkpoint, by)),
    hash: hex(sha256(text).subarray(0, 16)),
    note: noteOf(checkpoint),
  };
}

/** The text that a holder of the key could write, who says what no sealer would. */
export function checkpointTextSaying(
  text: string,
  { by, says }: { by: SealingKey; says: Partial<CheckpointParts> },
): string {
  const parts = { ...checkpointParts(text), ...says };
  return checkpointText({ ...parts, mac: macOf(parts, by) });
}

/** The parts of a text that a sealer wrote. */
export function checkpointParts(text: string): CheckpointParts {
  const parts = text.split('~');
  const bytes = (place: number): string => hex(spelledOutBytes(parts[place] ?? ''));
  const number = (place: number): number => spelledOutNumber(parts[place] ?? '');
  return {
    key_id: parts[1] ?? '',
    realm_tag: bytes(2),
    stream_id: bytes(3),
    number: number(4),
    epoch: number(5),
    first_seq: number(6),
    count: number(7),
    from_millis: number(8),
    to_millis: number(9),
    root: bytes(10),
    previous: bytes(11),
    end: number(12),
    unsealed: number(13),
    losses: lossesOf(parts[14] ?? ''),
    trace_tags: bytes(15),
    mac: bytes(16),
  };
}

function lossesOf(text: string): readonly LossParts[] {
  const numbers = text === '' ? [] : text.split('_').map(spelledOutNumber);
  return Array.from({ length: numbers.length / 3 }, (_, place) => {
    const [reason = 0, first_seq = 0, count = 0] = numbers.slice(3 * place);
    return { reason, first_seq, count };
  });
}

function checkpointText(parts: CheckpointParts): string {
  const bytes = (member: string): string => spelledBytes(bytesOf(member));
  const losses = parts.losses.flatMap(({ reason, first_seq, count }) => [reason, first_seq, count]);
  return [
    '1',
    parts.key_id,
    bytes(parts.realm_tag),
    bytes(parts.stream_id),
    ...[parts.number, parts.epoch, parts.first_seq, parts.count, parts.from_millis, parts.to_millis].map(
      spelledNumber,
    ),
    bytes(parts.root),
    bytes(parts.previous),
    spelledNumber(parts.end),
    spelledNumber(parts.unsealed),
    losses.map(spelledNumber).join('_'),
    bytes(parts.trace_tags),
    bytes(parts.mac),
  ].join('~');
}

function macOf(parts: CheckpointParts, by: SealingKey): string {
  const keys = deriveKeys({ ...by, stream_id: parts.stream_id, epoch: parts.epoch });
  const hash = by.key.algorithm === 'hs512' ? 'sha512' : 'sha256';
  const mac = createHmac(hash, bytesOf(keys.checkpoint_key)).update(messageOf(parts, by)).digest();
  return hex(mac.subarray(0, 16));
}

function messageOf(parts: CheckpointParts, { key, realm }: SealingKey): Buffer {
  return protocolFrame(
    'spanseal/checkpoint/v1',
    key.algorithm,
    realm,
    key.id,
    bytesOf(parts.stream_id),
    parts.number,
    parts.epoch,
    parts.first_seq,
    parts.count,
    parts.from_millis,
    parts.to_millis,
    bytesOf(parts.root),
    bytesOf(parts.previous),
    parts.end,
    parts.unsealed,
    protocolFrame(...parts.losses.flatMap(({ reason, first_seq, count }) => [reason, first_seq, count])),
    bytesOf(parts.trace_tags),
  );
}

function noteOf(parts: CheckpointParts): string {
  const lines = [
    `spanseal/checkpoint/v1/${spelledBytes(bytesOf(parts.stream_id))}`,
    parts.first_seq + parts.count,
    base64(parts.root),
    `number ${parts.number}`,
    `epoch ${parts.epoch}`,
    `spans ${parts.first_seq} ${parts.count}`,
    `time ${parts.from_millis} ${parts.to_millis}`,
    `previous ${base64(parts.previous)}`,
    `realm ${base64(parts.realm_tag)}`,
    `unsealed ${parts.unsealed}`,
    ...parts.losses.map(({ reason, first_seq, count }) => {
      return `lost ${reason === 0 ? 'export-failed' : 'dropped'} ${first_seq} ${count}`;
    }),
    ...(parts.count > 0 ? [`traces ${base64(parts.trace_tags)}`] : []),
    ...(parts.end === 1 ? ['end'] : []),
  ];
  const name = `spanseal/${parts.key_id}`;
  const keyHash = sha256(`${name}\n\u{ff}spanseal/checkpoint-mac/v1`, 'latin1').subarray(0, 4);
  return `${lines.join('\n')}\n\n\u2014 ${name} ${base64(hex(keyHash) + parts.mac)}\n`;
}

function base64(bytes: string): string {
  return Buffer.from(bytesOf(bytes)).toString('base64');
}

function sha256(text: string, encoding: BufferEncoding = 'utf8'): Buffer {
  return createHash('sha256').update(Buffer.from(text, encoding)).digest();
}
