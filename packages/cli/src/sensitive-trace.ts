import type { Masker, ServiceMatch } from '@spanseal/mask';
import type { Span, TraceRequest } from '@spanseal/otlp';
import { toAttributes } from './masked-attributes.js';

/**
 * The spans of a capture that belong to sensitive services, by themselves or through an ancestor in the capture: the HTTP
 * call below an SDK call to an emulator is known by nothing else.
 *
 * @param requests are walked through twice.
 */
export function findSensitiveSpans(
  requests: Iterable<TraceRequest>,
  masker: Masker,
): Map<string, ServiceMatch> {
  const own = new Map<string, ServiceMatch>();
  const traces = new Set<string | undefined>();
  for (const span of spansOf(requests)) {
    const match = masker.sensitiveService(toAttributes(span.attributes ?? []));
    if (match === undefined) continue;
    own.set(spanKey(span), match);
    traces.add(span.traceId);
  }
  const parents = new Map<string, string>();
  // A capture can hold very many spans: only the traces that matter are remembered.
  for (const span of traces.size === 0 ? [] : spansOf(requests)) {
    if (traces.has(span.traceId)) parents.set(spanKey(span), `${span.traceId}/${span.parentSpanId ?? ''}`);
  }
  const found = new Map<string, ServiceMatch>();
  const settled = new Set<string>();
  for (const start of parents.keys()) {
    const path: string[] = [];
    let at: string | undefined = start;
    // Parent ids come from outside and can form a circle: every span is walked through once.
    while (at !== undefined && !settled.has(at)) {
      settled.add(at);
      path.push(at);
      at = parents.get(at);
    }
    let inherited = at === undefined ? undefined : found.get(at);
    for (const key of path.reverse()) {
      inherited = own.get(key) ?? inherited;
      if (inherited !== undefined) found.set(key, inherited);
    }
  }
  return found;
}

/** A span's identity in a capture. */
export function spanKey(span: Span): string {
  return `${span.traceId}/${span.spanId}`;
}

function* spansOf(requests: Iterable<TraceRequest>): Generator<Span> {
  for (const { resourceSpans } of requests) {
    for (const { scopeSpans } of resourceSpans) for (const { spans } of scopeSpans) yield* spans;
  }
}
