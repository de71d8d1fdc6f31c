import type { CheckContext } from './check-span.js';
import { isRevoked, sameBytes } from './check-span.js';
import { computeCheckpointMac } from './checkpoint.js';
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint-text.js';
import { findKey } from './key-ring.js';
import { streamStart } from './stream-id.js';
import { deriveRealmTag, epochSeconds } from './stream-key.js';
import type { SpanVerdict } from './verdict.js';

/** Clocks differ, and a checkpoint is made a moment after the time that it names. In seconds. */
const skewSeconds = 300;

/** The verdict on one checkpoint by itself, and what it says where that could be read. */
export interface CheckpointCheck {
  readonly verdict: SpanVerdict;
  readonly checkpoint?: SignedCheckpoint;
}

/** Checks one checkpoint: text, key, MAC, revocation, time, in this order. */
export function checkCheckpoint(text: string, context: CheckContext): CheckpointCheck {
  const checkpoint = parseCheckpoint(text);
  if (typeof checkpoint === 'string') return { verdict: checkpoint };
  const { keyRing, streamKeys } = context;
  const key = findKey(keyRing, checkpoint.keyId, checkpoint.stream);
  if (key === undefined) return { verdict: 'unknown-key', checkpoint };
  const { algorithm } = key;
  const { realm } = keyRing;
  if (!sameBytes(deriveRealmTag(key, realm), checkpoint.realmTag))
    return { verdict: 'wrong-realm', checkpoint };
  const macKey = { algorithm, realm, key: streamKeys.at(key, checkpoint).keys.checkpoint };
  if (!sameBytes(computeCheckpointMac(checkpoint, macKey), checkpoint.mac))
    return { verdict: 'invalid', checkpoint };
  const epochStart = streamStart(checkpoint.stream) + checkpoint.epoch * epochSeconds;
  if (isRevoked(key, epochStart)) return { verdict: 'revoked-key', checkpoint };
  return { verdict: isOfEpoch(checkpoint, epochStart) ? 'valid' : 'epoch-mismatch', checkpoint };
}

/** Whoever has the key of today could else sign for yesterday with it. */
function isOfEpoch({ toMillis }: SignedCheckpoint, epochStart: number): boolean {
  const seconds = toMillis / 1000;
  return seconds >= epochStart - skewSeconds && seconds <= epochStart + epochSeconds + skewSeconds;
}
