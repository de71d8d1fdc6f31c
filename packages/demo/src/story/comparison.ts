import type { SpanRecord } from '../app/message.js';

/** One field of a span, before and after; `left` is undefined when it did not leave. */
export interface FieldComparison {
  readonly label: string;
  readonly was: string;
  readonly left: string | undefined;
}

/** A span beside what left of it. */
export interface SpanComparison {
  readonly name: string;
  readonly changed: readonly FieldComparison[];
  /** Labels of the fields that left as they were. */
  readonly unchanged: readonly string[];
}

/** Sets a span beside what was received of it. */
export function compareSpans(was: SpanRecord, left: SpanRecord): SpanComparison {
  const received = new Map(left.fields);
  const changed: FieldComparison[] = [];
  const unchanged: string[] = [];
  if (was.name !== left.name) changed.push({ label: 'name', was: was.name, left: left.name });
  for (const [label, text] of was.fields) {
    const now = received.get(label);
    if (now === text) unchanged.push(label);
    else changed.push({ label, was: text, left: now });
  }
  return { name: was.name, changed, unchanged };
}
