import { type Masker, type ServiceMatch, structuralAttributes, structuralName } from '@spanseal/mask';
import {
  type KeyValue,
  type Scope,
  type Span,
  type SpanEvent,
  type SpanLink,
  sealAttributeKey,
  type TraceRequest,
} from '@spanseal/otlp';
import { maskKeyValues, toAttributes } from './masked-attributes.js';
import { findSensitiveSpans, spanKey } from './sensitive-trace.js';

/** Requests of one capture, every field masked that can hold text. Ids, times, and schema URLs stay. */
export function maskRequests(requests: readonly TraceRequest[], masker: Masker): TraceRequest[] {
  const sensitive = findSensitiveSpans(requests, masker);
  const mask = (span: Span) => maskSpan(span, sensitive.get(spanKey(span)), masker);
  return requests.map((request) => ({
    resourceSpans: request.resourceSpans.map((group) => ({
      ...group,
      ...(group.resource && { resource: { ...group.resource, ...maskAttributes(group.resource, masker) } }),
      scopeSpans: group.scopeSpans.map((scoped) => ({
        ...scoped,
        ...(scoped.scope && { scope: maskScope(scoped.scope, masker) }),
        spans: scoped.spans.map(mask),
      })),
    })),
  }));
}

function maskSpan(span: Span, match: ServiceMatch | undefined, masker: Masker): Span {
  const content = match === undefined ? span : structuralSpan(span, match);
  const { name, traceState, status, events, links } = content;
  return {
    ...content,
    ...(name && { name: masker.text(name) }),
    ...(traceState && { traceState: masker.text(traceState) }),
    ...maskAttributes(content, masker),
    ...(events && { events: events.map((event) => maskEvent(event, masker)) }),
    ...(links && { links: links.map((link) => maskLink(link, masker)) }),
    ...(status?.message && { status: { ...status, message: masker.text(status.message) } }),
  };
}

/** What a span of a sensitive service keeps. Everything else counts as dropped. */
function structuralSpan(span: Span, match: ServiceMatch): Span {
  const all = span.attributes ?? [];
  const kept = structuralAttributes(toAttributes(all), match);
  const list = all.filter(({ key }) => key in kept || key === sealAttributeKey);
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

function maskEvent(event: SpanEvent, masker: Masker): SpanEvent {
  return { ...event, ...(event.name && { name: masker.text(event.name) }), ...maskAttributes(event, masker) };
}

function maskLink(link: SpanLink, masker: Masker): SpanLink {
  const { traceState } = link;
  return {
    ...link,
    ...(traceState && { traceState: masker.text(traceState) }),
    ...maskAttributes(link, masker),
  };
}

function maskScope(scope: Scope, masker: Masker): Scope {
  const { name, version } = scope;
  return {
    ...scope,
    ...(name && { name: masker.text(name) }),
    ...(version && { version: masker.text(version) }),
    ...maskAttributes(scope, masker),
  };
}

function maskAttributes(holder: { attributes?: KeyValue[] }, masker: Masker): { attributes?: KeyValue[] } {
  return holder.attributes === undefined ? {} : { attributes: maskKeyValues(holder.attributes, masker) };
}
