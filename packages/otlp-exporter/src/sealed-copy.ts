import { type Span, type SpanEvent, type SpanLink, sealAttributeKey } from '@spanseal/otlp';
import type { Link, ReadableSpan, TimedEvent } from './readable-span.js';
import { sdkAttributes } from './sdk-value.js';
import { type SealableContext, sdkTime } from './sealable-context.js';
import type { SealableSpan } from './sealable-span.js';

/**
 * A span as the SDK has it, of which every serializer makes the model that was sealed. Without a seal it has none: one that the
 * app itself set leaves in neither case.
 */
export function sealedCopy(sealable: SealableSpan, seal: string | undefined): ReadableSpan {
  const { item, own, parent, links, resource, scope } = sealable;
  const { span } = item;
  const attributes = sdkAttributes(span.attributes ?? []);
  if (seal === undefined) delete attributes[sealAttributeKey];
  else attributes[sealAttributeKey] = seal;
  return {
    ...contentOf(span),
    spanContext: () => own.context,
    parentSpanContext: parent?.context,
    attributes: { ...attributes },
    links: (span.links ?? []).map((link, index) => sdkLink(link, links[index])),
    duration: sdkTime(sealable.duration),
    ended: true,
    resource,
    instrumentationScope: scope,
  };
}

function contentOf(span: Span) {
  const { name = '', kind = 1, status, events = [] } = span;
  return {
    name,
    kind: kind - 1,
    startTime: sdkTime(String(span.startTimeUnixNano)),
    endTime: sdkTime(String(span.endTimeUnixNano)),
    status: { code: status?.code ?? 0, message: status?.message ?? '' },
    events: events.map(sdkEvent),
    droppedAttributesCount: span.droppedAttributesCount ?? 0,
    droppedEventsCount: span.droppedEventsCount ?? 0,
    droppedLinksCount: span.droppedLinksCount ?? 0,
  };
}

function sdkEvent({
  name = '',
  timeUnixNano,
  attributes = [],
  droppedAttributesCount = 0,
}: SpanEvent): TimedEvent {
  return {
    name,
    time: sdkTime(String(timeUnixNano)),
    attributes: sdkAttributes(attributes),
    droppedAttributesCount,
  };
}

function sdkLink(
  { attributes = [], droppedAttributesCount = 0 }: SpanLink,
  linked: SealableContext | undefined,
): Link {
  const context = linked?.context ?? { traceId: '', spanId: '', traceFlags: 0 };
  return { context, attributes: sdkAttributes(attributes), droppedAttributesCount };
}
