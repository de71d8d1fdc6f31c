import { type ServiceMatch, structuralAttributes, structuralName } from '@spanseal/mask';
import type { Span, SpanEvent } from '@spanseal/otlp';
import { toAttributes } from './masked-attributes.js';
import { isOwnAttribute } from './own-attribute.js';

/** What a span of a sensitive service keeps. Everything else counts as dropped. */
export function structuralSpan(span: Span, match: ServiceMatch): Span {
  const all = span.attributes ?? [];
  const kept = structuralAttributes(toAttributes(all), match);
  const list = all.filter(({ key }) => key in kept || isOwnAttribute(key));
  return {
    ...span,
    name: structuralName(span.name ?? '', kept, match),
    attributes: list,
    droppedAttributesCount: (span.droppedAttributesCount ?? 0) + all.length - list.length,
    events: (span.events ?? []).map(structuralEvent),
    links: (span.links ?? []).map(({ attributes: dropped = [], ...link }) => ({
      ...link,
      droppedAttributesCount: (link.droppedAttributesCount ?? 0) + dropped.length,
    })),
    ...(span.status?.code !== undefined && { status: { code: span.status.code } }),
  };
}

function structuralEvent(event: SpanEvent): SpanEvent {
  const isException = event.name === 'exception';
  const all = event.attributes ?? [];
  const attributes = isException ? all.filter(({ key }) => key === 'exception.type') : [];
  return {
    ...event,
    name: isException ? 'exception' : 'event',
    attributes,
    droppedAttributesCount: (event.droppedAttributesCount ?? 0) + all.length - attributes.length,
  };
}
