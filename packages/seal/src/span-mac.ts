import { createHash, createHmac } from 'node:crypto';
import { canonicalCoreSpan, type Span, sealAttributeKey } from '@spanseal/otlp';
import type { Algorithm } from './algorithm.js';
import { coreEventOrder } from './event-order.js';
import { frame } from './frame.js';
import { type SealParts, tagLength, tailLength } from './seal-text.js';
import type { SpanInRequest } from './span-in-request.js';
import type { SpanContent } from './span-sections.js';
import type { SpanSurroundings } from './span-surroundings.js';
import type { EpochKeys } from './stream-key.js';

/** All of a seal but its MAC. */
export type SealHeader = Omit<SealParts, 'mac'>;

/** What of a span the MAC is about beside the seal. */
export function spanContent(item: SpanInRequest, marks: number, surroundings: SpanSurroundings): SpanContent {
  return { core: canonicalCoreSpan(item.span), origin: surroundings.origin(item, marks) };
}

/** How many attributes of a span a seal is about. */
export function sealedAttributes({ attributes = [] }: Span): number {
  return attributes.filter(({ key }) => key !== sealAttributeKey).length;
}

/** What the MAC is computed under. */
export interface MacKey {
  readonly algorithm: Algorithm;
  readonly realm: string;
  readonly keys: EpochKeys;
}

/**
 * The MAC of a span: every field of the seal, its origin (scope name and version, covered resource attributes), and the
 * span in its core form. (docs/protocol.md, "The MAC of a span".)
 */
export function computeSpanMac(content: SpanContent, header: SealHeader, key: MacKey): Uint8Array {
  const input = frame([
    'spanseal/span/v1',
    key.algorithm.name,
    key.realm,
    header.keyId,
    header.stream,
    header.epoch,
    header.seq,
    header.marks,
    header.attributes,
    header.tail,
    header.sections,
    content.origin,
    content.core,
  ]);
  return createHmac(key.algorithm.hash, key.keys.span).update(input).digest().subarray(0, tagLength);
}

/**
 * Digest of what only the exact profile covers, and what some stores lose: flags, dropped counts, the order of events,
 * link flags, scope attributes, schema URLs. It travels in the seal, under the MAC: so a span whose tail was lost is
 * still `valid-core`.
 */
export function digestTail(item: SpanInRequest, surroundings: SpanSurroundings): Uint8Array {
  const { span } = item;
  const { events = [], links = [] } = span;
  if (events.length > 0 || links.length > 0) return tailOf(item, surroundings);
  // Spans without events and links have few different tails.
  const counts = `${span.flags ?? 0} ${span.droppedAttributesCount ?? 0} ${span.droppedEventsCount ?? 0} ${span.droppedLinksCount ?? 0}`;
  return surroundings.tail(item, counts, () => tailOf(item, surroundings));
}

function tailOf(item: SpanInRequest, surroundings: SpanSurroundings): Uint8Array {
  const { span } = item;
  const input = frame([
    'spanseal/tail/v1',
    span.flags ?? 0,
    span.droppedAttributesCount ?? 0,
    span.droppedEventsCount ?? 0,
    span.droppedLinksCount ?? 0,
    frame(eventTail(span)),
    frame((span.links ?? []).flatMap((link) => [link.flags ?? 0, link.droppedAttributesCount ?? 0])),
    surroundings.scopeTail(item),
  ]);
  return createHash('sha256').update(input).digest().subarray(0, tailLength);
}

/** For each event, its place in the core form's order, and its dropped count. */
function eventTail(span: Span): number[] {
  const order = coreEventOrder(span);
  return (span.events ?? []).flatMap((event, index) => [
    order[index] ?? 0,
    event.droppedAttributesCount ?? 0,
  ]);
}
