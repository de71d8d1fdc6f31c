import { createHmac } from 'node:crypto';
import {
  type CheckpointOptions,
  createKeyRing,
  type KeyRing,
  openSpanSealer,
  type SpanSealer,
} from '@spanseal/seal';
import { batchSteps } from './batch-steps.js';
import { checkpointSteps } from './checkpoint-steps.js';
import { bytesOf } from './hex.js';
import { type DerivedKeys, deriveKeys, deriveStreamSecret, type KeyPlace } from './key-derivation.js';
import { hs256Key, hs512Key, type KeyInput, realm, secret } from './key-ring-input.js';
import { epochMillis, plainItem, sealedBy } from './sealed-span.js';
import { spanSteps } from './span-steps.js';
import type { VectorCase, VectorFile } from './vector-file.js';

export interface KeyScheduleInput extends KeyPlace {
  /** The secret is in a key service, which computes the secret of the stream. */
  readonly remote: boolean;
  /** Whether the batch key is asked for as well: in cases of format 2 it is. */
  readonly with_batch_key?: boolean;
}

export interface KeyScheduleExpected extends Omit<DerivedKeys, 'batch_key'> {
  readonly batch_key?: string;
  /** Of a remote key: what the service is given, and what it answers. */
  readonly stream_secret_frame?: string;
  readonly stream_secret?: string;
}

type KeyScheduleCase = VectorCase<KeyScheduleInput, KeyScheduleExpected>;

const streamId = '6b015d90090909090909090909090909';

export async function keyScheduleVectors(): Promise<VectorFile> {
  return {
    topic: 'key-schedule',
    about:
      'The keys of an epoch of a stream, and the steps to them. node is the leaf of the tree of epochs. The secret of a remote key is the one that its service has.',
    cases: await Promise.all(rows().map(caseOf)),
  };
}

/** The keys with which the sealer of this implementation seals and signs. @throws Error when they are not the derived ones. */
export async function keyScheduleOf({
  remote,
  with_batch_key = false,
  ...place
}: KeyScheduleInput): Promise<KeyScheduleExpected> {
  const derived = deriveStreamSecret(place);
  const key = remote ? { ...place.key, secret: derived.secret } : place.key;
  const startMillis = Number.parseInt(place.stream_id.slice(0, 8), 16) * 1000;
  const nowMillis = startMillis + place.epoch * epochMillis;
  const sealer = await openSpanSealer({
    keyRing: remote ? remoteRing(place) : localRing(place),
    startMillis,
    random: bytesOf(place.stream_id).slice(4),
    checkpoints: true,
  });
  // Each throws when what was sealed is not under the derived keys.
  const sealing = { key, realm: place.realm };
  spanSteps(sealedBy(sealer, plainItem, nowMillis), sealing);
  checkpointSteps(checkpointOf(sealer, { nowMillis }), sealing);
  const request = { body: '', format: 'protobuf' } as const;
  const batch = { body: bytesOf(request.body), format: request.format, first: 0, count: 0 };
  batchSteps({ text: sealer.sealBatch(batch, nowMillis), ...request }, sealing);
  const { batch_key, ...keys } = deriveKeys({ ...place, key });
  return {
    ...keys,
    ...(with_batch_key ? { batch_key } : {}),
    ...(remote ? { stream_secret_frame: derived.frame, stream_secret: derived.secret } : {}),
  };
}

function checkpointOf(sealer: SpanSealer, options: CheckpointOptions): string {
  return sealer.checkpoint(options)[0]?.text ?? '';
}

function localRing({ key: { id, algorithm, secret: root }, realm: given }: KeyPlace): KeyRing {
  return createKeyRing({ realm: given, primary: { id, algorithm, secret: `hex:${root}` } });
}

function remoteRing({ key: { id, algorithm, secret: root }, realm: given }: KeyPlace): KeyRing {
  const mac = async (message: Uint8Array): Promise<Uint8Array> =>
    createHmac('sha256', bytesOf(root)).update(message).digest();
  return createKeyRing({ realm: given, primary: { id, algorithm, source: { mac } } });
}

interface Row {
  readonly id: string;
  readonly says: string;
  readonly key?: Partial<KeyInput>;
  readonly place?: Partial<Omit<KeyScheduleInput, 'key'>>;
}

async function caseOf({ id, says, key, place }: Row): Promise<KeyScheduleCase> {
  const input = {
    key: { ...hs256Key, ...key },
    realm,
    stream_id: streamId,
    epoch: 0,
    remote: false,
    ...place,
  } satisfies KeyScheduleInput;
  const expected = await keyScheduleOf(input);
  const made = { id, kind: 'positive' as const, says, input, expected };
  return input.with_batch_key === true ? { ...made, minFormatVersion: 2 } : made;
}

function rows(): readonly Row[] {
  return [...withoutBatchKey(), ...withBatchKey()];
}

/** An answer has one member more than a validator of format 1 gives. */
function withBatchKey(): readonly Row[] {
  const place = { with_batch_key: true };
  return [
    { id: 'batch-key', says: 'The batch key of the first epoch, beside the others.', place },
    { id: 'batch-key-hs512', says: 'The same for HMAC-SHA-512.', key: hs512Key, place },
    {
      id: 'batch-key-epoch-682',
      says: 'The batch key of a later epoch.',
      place: { ...place, epoch: 682 },
    },
    {
      id: 'batch-key-remote',
      says: 'The batch key of a stream of a remote key.',
      key: { id: 'remote', secret: '07'.repeat(32) },
      place: { ...place, remote: true },
    },
  ];
}

function withoutBatchKey(): readonly Row[] {
  const long = 'a5'.repeat(100);
  return [
    { id: 'hs256', says: 'The first epoch of a stream: twenty steps to the left.' },
    {
      id: 'hs512',
      says: 'The algorithm is in the stream key, and changes none of the steps.',
      key: hs512Key,
    },
    { id: 'epoch-1', says: 'The last step is to the right.', place: { epoch: 1 } },
    {
      id: 'epoch-half',
      says: 'The first step is to the right: the most significant bit.',
      place: { epoch: 524_288 },
    },
    { id: 'epoch-682', says: 'Left and right in turn.', place: { epoch: 682 } },
    { id: 'epoch-largest', says: 'The last epoch: twenty steps to the right.', place: { epoch: 1_048_575 } },
    { id: 'realm-empty', says: 'An empty realm is a part of the frame all the same.', place: { realm: '' } },
    { id: 'realm-not-ascii', says: 'A realm is text in UTF-8.', place: { realm: 'ünïcode/😀' } },
    { id: 'realm-longest', says: 'A realm of 255 bytes.', place: { realm: 'r'.repeat(255) } },
    { id: 'secret-long', says: 'A secret longer than a block of the hash.', key: { secret: long } },
    { id: 'other-stream', says: 'Another stream.', place: { stream_id: '6b015d90000000000000000000000000' } },
    { id: 'other-kid', says: 'Another kid under the same secret.', key: { id: 'k-2' } },
    {
      id: 'remote',
      says: 'A remote key: the secret of the stream stands where a local key has its root secret.',
      key: { id: 'remote', secret: '07'.repeat(32) },
      place: { remote: true },
    },
    {
      id: 'remote-hs512',
      says: 'What the service computes is HMAC-SHA-256 for every algorithm.',
      key: { ...hs512Key, secret },
      place: { remote: true, epoch: 5 },
    },
    {
      id: 'remote-long',
      says: 'The longest frame that a service is given: 357 bytes.',
      key: { id: 'k'.repeat(32), secret: long },
      place: { remote: true, realm: 'r'.repeat(255) },
    },
  ];
}
