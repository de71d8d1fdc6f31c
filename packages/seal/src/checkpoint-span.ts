import { checkpointAttributeKey, type Span, sealAttributeKey, type TraceRequest } from '@spanseal/otlp';
import type { SpanInRequest } from './span-in-request.js';
import type { SpanVerdict } from './verdict.js';

/** The name of a checkpoint span. */
export const checkpointSpanName = 'spanseal.checkpoint';
/** The name of its instrumentation scope. */
export const checkpointScopeName = '@spanseal/otlp-exporter';
/** Unspecified, and internal. */
const plainKinds: readonly number[] = [0, 1];

/**
 * A request that carries one checkpoint, for `verifier.add()`: what a witness kept stands beside what came through the pipeline.
 *
 * @param text of a checkpoint, as `onCheckpoint` was given it.
 */
export function checkpointRequest(text: string): TraceRequest {
  const attributes = [{ key: checkpointAttributeKey, value: { stringValue: text } }];
  const spans = [{ name: checkpointSpanName, attributes }];
  return { resourceSpans: [{ scopeSpans: [{ scope: { name: checkpointScopeName }, spans }] }] };
}

/** The text of the checkpoint that a span carries; undefined when it carries none. */
export function checkpointTextOf({ attributes = [] }: Span): string | undefined {
  const carried = attributes.find(({ key }) => key === checkpointAttributeKey);
  return carried && (carried.value?.stringValue ?? '');
}

/** What is wrong with a span that carries a checkpoint: nothing else is signed in it, so that it must not show anything else. */
export function checkpointSpanFault({ span, scope }: SpanInRequest): SpanVerdict | undefined {
  const { name, attributes = [], events = [], links = [], status } = span;
  const isSealed = attributes.some(({ key }) => key === sealAttributeKey);
  const carried = attributes.filter(({ key }) => key === checkpointAttributeKey);
  if (isSealed || carried.length > 1 || name !== checkpointSpanName) return 'malformed';
  const isBare = events.length === 0 && links.length === 0 && (status?.message ?? '') === '';
  // An id of all zeros is none, as in the canonical form.
  const isRoot = !/[^0]/.test(span.parentSpanId ?? '');
  const isPlain = !status?.code && !span.traceState && isRoot && plainKinds.includes(span.kind ?? 0);
  const isCounted = span.droppedAttributesCount || span.droppedEventsCount || span.droppedLinksCount;
  const isOurs = scope?.name === checkpointScopeName && (scope.attributes ?? []).length === 0;
  if (!isBare || !isPlain || isCounted || !isOurs) return 'malformed';
  return attributes.length > 1 ? 'additions' : undefined;
}
