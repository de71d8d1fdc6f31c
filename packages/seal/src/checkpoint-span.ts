import type { Span } from '@spanseal/otlp';
import { sealAttributeKey } from '@spanseal/otlp';
import type { SpanVerdict } from './verdict.js';

/** The attribute of a checkpoint span: the text of one checkpoint. */
export const checkpointAttributeKey = 'spanseal.checkpoint';
/** The name of a checkpoint span. */
export const checkpointSpanName = 'spanseal.checkpoint';

/** The text of the checkpoint that a span carries; undefined when it carries none. */
export function checkpointTextOf({ attributes = [] }: Span): string | undefined {
  const carried = attributes.find(({ key }) => key === checkpointAttributeKey);
  return carried && (carried.value?.stringValue ?? '');
}

/** What is wrong with a span that carries a checkpoint: nothing else is signed in it, so that it must not show anything else. */
export function checkpointSpanFault(span: Span): SpanVerdict | undefined {
  const { name, attributes = [], events = [], links = [], status } = span;
  const isSealed = attributes.some(({ key }) => key === sealAttributeKey);
  const carried = attributes.filter(({ key }) => key === checkpointAttributeKey);
  if (isSealed || carried.length > 1 || name !== checkpointSpanName) return 'malformed';
  const isBare = events.length === 0 && links.length === 0 && (status?.message ?? '') === '';
  if (!isBare) return 'malformed';
  return attributes.length > 1 ? 'additions' : undefined;
}
