import { type ServiceMatch, structuralAttributes, structuralName } from '@spanseal/mask';
import { type AttributeSnapshot, snapshotAttributes } from './attribute-snapshot.js';
import type { ReadableSpan, SpanEvent, SpanLink } from './readable-span.js';
import type { SpanContent } from './span-content.js';

const exceptionType = 'exception.type';

/**
 * What stays of a span that belongs to a sensitive service: its structure. The result still goes through the masker, since
 * an app can put anything into the attributes that stay.
 *
 * @param attributes a snapshot of the span's own.
 */
export function structuralContent(
  span: ReadableSpan,
  { attributes, match }: { readonly attributes: AttributeSnapshot; readonly match: ServiceMatch },
): SpanContent {
  const kept = snapshotAttributes(structuralAttributes(attributes, match));
  const dropped = Object.keys(attributes).length - Object.keys(kept).length;
  return {
    name: structuralName(span.name, kept, match),
    attributes: kept,
    events: span.events.map(structuralEvent),
    links: span.links.map(structuralLink),
    status: { code: span.status.code },
    droppedAttributesCount: span.droppedAttributesCount + dropped,
  };
}

function structuralEvent({ name, time, attributes, droppedAttributesCount = 0 }: SpanEvent): SpanEvent {
  const type = attributes?.[exceptionType];
  const kept = name === 'exception' && type !== undefined ? { [exceptionType]: type } : {};
  const dropped = Object.keys(attributes ?? {}).length - Object.keys(kept).length;
  return {
    name: name === 'exception' ? name : 'event',
    time,
    attributes: kept,
    droppedAttributesCount: droppedAttributesCount + dropped,
  };
}

function structuralLink({ context, attributes = {}, droppedAttributesCount = 0 }: SpanLink): SpanLink {
  return { context, droppedAttributesCount: droppedAttributesCount + Object.keys(attributes).length };
}
