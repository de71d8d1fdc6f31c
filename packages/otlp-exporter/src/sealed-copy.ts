import { type NativeEvent, type NativeLink, type NativeSpanParts, sealAttributeKey } from '@spanseal/otlp';
import type { Link, ReadableSpan, TimedEvent } from './readable-span.js';
import { sdkAttributes } from './sdk-value.js';
import { type SealableContext, sdkTime } from './sealable-context.js';
import type { SealableSpan } from './sealable-span.js';
import { sealedMark } from './sealed-mark.js';

/** A span as the SDK has it, of which every serializer makes what was sealed. */
export function sealedCopy(sealable: SealableSpan, seal: string | undefined): ReadableSpan {
  const { item, own, parent, resource, scope } = sealable;
  const { keys, values, links } = item.span.parts;
  const attributes = sdkAttributes(keys, values);
  if (seal !== undefined) attributes[sealAttributeKey] = seal;
  return {
    ...sealedMark,
    ...contentOf(item.span.parts),
    spanContext: () => own.context,
    parentSpanContext: parent?.context,
    attributes: { ...attributes },
    links: links.map((link, index) => sdkLink(link, sealable.links[index])),
    duration: sdkTime(sealable.duration),
    ended: true,
    resource,
    instrumentationScope: scope,
  };
}

function contentOf({ name, kind, status, startTime, endTime, events, ...dropped }: NativeSpanParts) {
  const { droppedAttributesCount, droppedEventsCount, droppedLinksCount } = dropped;
  return {
    ...{ name, kind: kind - 1, status: { ...status }, events: events.map(sdkEvent) },
    ...{ startTime: sdkTime(startTime), endTime: sdkTime(endTime) },
    ...{ droppedAttributesCount, droppedEventsCount, droppedLinksCount },
  };
}

function sdkEvent({ name, time, keys, values, droppedAttributesCount }: NativeEvent): TimedEvent {
  return { name, time: sdkTime(time), attributes: sdkAttributes(keys, values), droppedAttributesCount };
}

function sdkLink(
  { keys, values, droppedAttributesCount }: NativeLink,
  linked: SealableContext | undefined,
): Link {
  const context = linked?.context ?? { traceId: '', spanId: '', traceFlags: 0 };
  return { context, attributes: sdkAttributes(keys, values), droppedAttributesCount };
}
