import type { CheckContext } from './check-span.js';
import { isRevoked, sameBytes } from './check-span.js';
import { computeCheckpointMac } from './checkpoint.js';
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint-text.js';
import { isOfEpoch } from './epoch-window.js';
import { findKey } from './key-ring.js';
import { deriveRealmTag } from './stream-key.js';
import type { SpanVerdict } from './verdict.js';

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
  const { keys, epochStart } = streamKeys.at(key, checkpoint);
  const macKey = { algorithm, realm, key: keys.checkpoint };
  if (!sameBytes(computeCheckpointMac(checkpoint, macKey), checkpoint.mac))
    return { verdict: 'invalid', checkpoint };
  if (isRevoked(key, epochStart)) return { verdict: 'revoked-key', checkpoint };
  return { verdict: isOfEpoch(checkpoint.toMillis, epochStart) ? 'valid' : 'epoch-mismatch', checkpoint };
}
