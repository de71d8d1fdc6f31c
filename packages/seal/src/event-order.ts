import { canonicalCoreSpan, type SpanEvent } from '@spanseal/otlp';

/**
 * For each event of a span, its place among them in the core form, which sorts events by their bytes. Equal events share
 * the place of the first: nobody can tell them apart.
 */
export function coreEventOrder(events: readonly SpanEvent[]): readonly number[] {
  if (events.length < 2) return events.map(() => 0);
  // A span with this one event is the event between fixed bytes, so it sorts as the event does.
  const pieces = events.map((event) => Buffer.from(canonicalCoreSpan({ events: [event] })));
  const places = new Map<string, number>();
  for (const [place, piece] of [...pieces].sort(Buffer.compare).entries()) {
    const name = piece.toString('latin1');
    if (!places.has(name)) places.set(name, place);
  }
  return pieces.map((piece) => places.get(piece.toString('latin1')) ?? 0);
}
