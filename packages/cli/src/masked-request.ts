import type { Masker, ServiceMatch } from '@spanseal/mask';
import type { KeyValue, Scope, Span, SpanEvent, SpanLink, TraceRequest } from '@spanseal/otlp';
import { maskKeyValues } from './masked-attributes.js';
import { findSensitiveSpans, spanKey } from './sensitive-trace.js';
import { structuralSpan } from './structural-span.js';

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
