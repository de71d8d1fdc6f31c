import type { AttributeSnapshot } from './attribute-snapshot.js';
import type { ReadableSpan, SpanEvent, SpanLink, SpanStatus } from './readable-span.js';

/** What an app wrote into a span: everything but identity, times and origin. */
export interface SpanContent {
  readonly name: string;
  readonly attributes: AttributeSnapshot;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly status: SpanStatus;
  readonly droppedAttributesCount: number;
}

/** The content of a span as it is. `attributes` is a snapshot of the span's own. */
export function contentOf(span: ReadableSpan, attributes: AttributeSnapshot): SpanContent {
  const { name, events, links, status, droppedAttributesCount } = span;
  return { name, attributes, events, links, status, droppedAttributesCount };
}
