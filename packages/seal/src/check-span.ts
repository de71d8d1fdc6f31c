import { timingSafeEqual } from 'node:crypto';
import { OtlpError, sealAttributeKey } from '@spanseal/otlp';
import type { TrialBudget } from './added-attributes.js';
import { isInWindow, lateMark } from './epoch-window.js';
import { findKey, type KeyRing, type RingKey } from './key-ring.js';
import { parseSeal, type SealParts } from './seal-text.js';
import { diagnose } from './span-diagnosis.js';
import type { SpanInRequest } from './span-in-request.js';
import { digestTail } from './span-mac.js';
import type { SectionName } from './span-sections.js';
import type { SpanSurroundings } from './span-surroundings.js';
import { streamStart } from './stream-id.js';
import { deriveRealmTag, epochSeconds } from './stream-key.js';
import type { StreamKeys } from './stream-keys.js';
import type { SpanVerdict } from './verdict.js';

/** What a check needs beside the span. */
export interface CheckContext {
  readonly keyRing: KeyRing;
  readonly streamKeys: StreamKeys;
  readonly surroundings: SpanSurroundings;
  /** Whether a span that was knowingly sealed long after its end is accepted. */
  readonly acceptLate: boolean;
  readonly trials: TrialBudget;
}

/** The verdict on one span by itself, and what its seal says where one could be read. */
export interface SpanCheck {
  readonly verdict: SpanVerdict;
  readonly seal?: SealParts;
  /** The sections that changed, where they can be told. */
  readonly sections?: readonly SectionName[];
  /** Keys of the attributes that were added, where they can be told. */
  readonly added?: readonly string[];
}

/** Checks one span: seal, key, MAC, tail, time, revocation, in this order. */
export function checkSpan(item: SpanInRequest, context: CheckContext): SpanCheck {
  const seal = readSeal(item);
  if (typeof seal === 'string') return { verdict: seal };
  const key = findKey(context.keyRing, seal.keyId, seal.stream);
  if (key === undefined) return { verdict: 'unknown-key', seal };
  if (!sameBytes(deriveRealmTag(key, context.keyRing.realm), seal.realmTag))
    return { verdict: 'wrong-realm', seal };
  if (context.surroundings.repeatsKey(item)) return { verdict: 'malformed', seal };
  return { ...judge(item, seal, { ...context, key }), seal };
}

function readSeal(item: SpanInRequest): SealParts | SpanVerdict {
  const [seal, another] = (item.span.attributes ?? []).filter(({ key }) => key === sealAttributeKey);
  if (seal === undefined) return 'unsigned';
  const text = seal.value?.stringValue;
  return another !== undefined || text === undefined ? 'malformed' : parseSeal(text);
}

interface KeyedContext extends CheckContext {
  readonly key: RingKey;
}

function judge(item: SpanInRequest, seal: SealParts, context: KeyedContext): SpanCheck {
  const { surroundings } = context;
  const { keys, mac } = context.streamKeys.at(context.key, seal);
  try {
    return mac.withContent(item, surroundings.origin(item, seal.marks), (content) => {
      if (isMac(mac.toHex(content, seal, keys), seal.mac))
        return { verdict: judgeSealed(item, seal, context) };
      return diagnose({ item, content }, seal, { keys, mac, budget: context.trials });
    });
  } catch (error) {
    // A span without a canonical form (a key that stands twice …) was never sealed like this.
    if (error instanceof OtlpError) return { verdict: 'malformed' };
    throw error;
  }
}

/** Of a span whose MAC holds. From here on the seal is not attacker-controlled any more. */
function judgeSealed(item: SpanInRequest, seal: SealParts, context: KeyedContext): SpanVerdict {
  const startSeconds = streamStart(seal.stream);
  if (isRevoked(context.key, startSeconds + seal.epoch * epochSeconds)) return 'revoked-key';
  if (!isInWindow(item.span, { startSeconds, epoch: seal.epoch })) {
    if (!(seal.marks & lateMark) || !context.acceptLate) return 'epoch-mismatch';
  }
  return sameBytes(digestTail(item, context.surroundings), seal.tail) ? 'valid' : 'valid-core';
}

/** The whole epoch counts as sealed at its end, so that no seal of the revocation's time or later passes. */
export function isRevoked(key: RingKey, epochStartSeconds: number): boolean {
  return key.revokedFrom !== undefined && (epochStartSeconds + epochSeconds) * 1000 > key.revokedFrom;
}

/** Whether a MAC, in hexadecimal digits, is the one that a seal says. */
export function isMac(computed: string, said: Uint8Array): boolean {
  return sameBytes(Buffer.from(computed, 'hex'), said);
}

/** In constant time. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
