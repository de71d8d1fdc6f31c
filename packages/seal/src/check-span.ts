import { timingSafeEqual } from 'node:crypto';
import { OtlpError, type PlainSpan, sealAttributeKey } from '@spanseal/otlp';
import type { TrialBudget } from './added-attributes.js';
import { endSecondsOf, isInWindow, lateMark } from './epoch-window.js';
import { findKey, type KeyRing, type RingKey } from './key-ring.js';
import { parseSeal, type SealParts, tagLength } from './seal-text.js';
import { diagnose } from './span-diagnosis.js';
import type { SpanInRequest } from './span-in-request.js';
import { digestTail } from './span-mac.js';
import type { SectionName } from './span-sections.js';
import { hasLongUrl, type SpanSurroundings } from './span-surroundings.js';
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
  if (!isOfRealm(key, seal, context.keyRing.realm)) return { verdict: 'wrong-realm', seal };
  if (!isReadable(item, seal, context.surroundings)) return { verdict: 'malformed', seal };
  return { ...judge({ item, seal, key }, context), seal };
}

/**
 * The verdict on a span that was not taken apart, when its MAC holds. Undefined when it does not, or cannot be computed: why, is for
 * {@link checkSpan} to say.
 *
 * @param item what stands around the span, and the parts of it that were read.
 */
export function checkPlainSpan(
  plain: PlainSpan,
  item: SpanInRequest,
  context: CheckContext,
): SpanCheck | undefined {
  const text = plain.seal;
  const seal = text === undefined ? 'malformed' : parseSeal(text);
  if (typeof seal === 'string') return undefined;
  const { keyRing, streamKeys, surroundings } = context;
  const key = findKey(keyRing, seal.keyId, seal.stream);
  if (key === undefined || !isOfRealm(key, seal, keyRing.realm)) return undefined;
  if (!isReadable(item, seal, surroundings)) return undefined;
  const { keys, mac, epochStart } = streamKeys.at(key, seal);
  try {
    const computed = mac.withPlainContent(plain, surroundings.origin(item, seal.marks), (content) =>
      mac.toLatin1(content, seal, keys),
    );
    if (!isMac(computed, seal.mac)) return undefined;
    return { verdict: judgeSealed({ item, seal, key, epochStart, eventPlaces: [] }, context), seal };
  } catch (error) {
    // A scope or a resource without a canonical form: checkSpan() says so.
    if (error instanceof OtlpError) return undefined;
    throw error;
  }
}

/** Whether what stands around the span is something that one seal can be about. */
function isReadable(item: SpanInRequest, { marks }: SealParts, surroundings: SpanSurroundings): boolean {
  return !surroundings.repeatsKey(item) && surroundings.affordsOrigin(item, marks);
}

function readSeal(item: SpanInRequest): SealParts | SpanVerdict {
  const [seal, another] = (item.span.attributes ?? []).filter(({ key }) => key === sealAttributeKey);
  if (seal === undefined) return 'unsigned';
  const text = seal.value?.stringValue;
  return another !== undefined || text === undefined ? 'malformed' : parseSeal(text);
}

interface SealedSpan {
  readonly item: SpanInRequest;
  readonly seal: SealParts;
  readonly key: RingKey;
}

interface JudgedSpan extends SealedSpan {
  /** In seconds since the Unix epoch. */
  readonly epochStart: number;
  /** Of each event, its place in the core form. */
  readonly eventPlaces: readonly number[];
}

function judge(sealed: SealedSpan, context: CheckContext): SpanCheck {
  const { item, seal, key } = sealed;
  const { surroundings, streamKeys, trials: budget } = context;
  const { keys, mac, epochStart } = streamKeys.at(key, seal);
  try {
    return mac.withContent(item.span, surroundings.origin(item, seal.marks), (content) => {
      const { eventPlaces } = content.marks;
      if (isMac(mac.toLatin1(content, seal, keys), seal.mac))
        return { verdict: judgeSealed({ ...sealed, epochStart, eventPlaces }, context) };
      const check = diagnose({ item, content }, seal, { keys, mac, budget });
      return check.verdict === 'additions'
        ? judgeAdditions(check, { ...sealed, epochStart, eventPlaces }, context)
        : check;
    });
  } catch (error) {
    // A span without a canonical form (a key that stands twice …) was never sealed like this.
    if (error instanceof OtlpError) return { verdict: 'malformed' };
    throw error;
  }
}

/** Of a span whose MAC holds without what was added: it may have been sealed too late all the same. */
function judgeAdditions(check: SpanCheck, sealed: JudgedSpan, context: CheckContext): SpanCheck {
  const verdict = judgeSealed(sealed, context);
  return verdict === 'valid' || verdict === 'valid-core' ? check : { verdict };
}

/** Of a span whose MAC holds. From here on the seal is not attacker-controlled any more. */
function judgeSealed(
  { item, seal, key, epochStart, eventPlaces }: JudgedSpan,
  { acceptLate, surroundings }: CheckContext,
): SpanVerdict {
  if (isRevoked(key, epochStart)) return 'revoked-key';
  if (!isInWindow(endSecondsOf(item.span), epochStart)) {
    if (!(seal.marks & lateMark) || !acceptLate) return 'epoch-mismatch';
  }
  if (hasLongUrl(item)) return 'valid-core';
  return isSame(digestTail(item.span, eventPlaces, { around: item, surroundings }), seal.tail)
    ? 'valid'
    : 'valid-core';
}

/** The tag is public: it decides nothing but what is said of a span that could not verify. */
function isOfRealm(key: RingKey, { realmTag }: SealParts, realm: string): boolean {
  return isSame(deriveRealmTag(key, realm), realmTag);
}

/** Of a few bytes that are no secret: a loop takes a tenth of what a call does. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}

/** The whole epoch counts as sealed at its end, so that no seal of the revocation's time or later passes. */
export function isRevoked(key: RingKey, epochStartSeconds: number): boolean {
  return key.revokedFrom !== undefined && (epochStartSeconds + epochSeconds) * 1000 > key.revokedFrom;
}

/** Whether a MAC, with a character for each byte, is the one that a seal says. */
export function isMac(computed: string, said: Uint8Array): boolean {
  return computedMac.write(computed, 'latin1') === tagLength && sameBytes(computedMac, said);
}

const computedMac = Buffer.alloc(tagLength);

/** In constant time. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
