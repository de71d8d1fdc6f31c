import type { KeyValue, ResourceSpans, Span } from './model.js';
import type { StoreNotes } from './store-notes.js';
import type { SpanPart, StoredTraces } from './stored-traces.js';

/** The attribute in which Jaeger says what it found, or changed, when it was asked for a trace. */
const warningsKey = '@jaeger@warnings';

/** Beginnings of Jaeger's own sentences, and the part that it changed. */
const changes: readonly (readonly [string, SpanPart])[] = [
  ['Negative duration detected, sanitizing end timestamp', 'span'],
  ['Invalid span link removed', 'links'],
];

/** Takes Jaeger's warnings, which no application wrote, out of a trace. They are noted, and what they say was changed is a cut. */
export function withoutWarnings(
  resourceSpans: readonly ResourceSpans[],
  notes: StoreNotes,
): Pick<StoredTraces, 'request' | 'cuts'> {
  const cuts: (readonly SpanPart[])[] = [];
  const cleaned = resourceSpans.map((group, i) => ({
    ...group,
    scopeSpans: group.scopeSpans.map((scoped, j) => ({
      ...scoped,
      spans: scoped.spans.map((span, k) => {
        const warnings = (span.attributes ?? []).filter(({ key }) => key === warningsKey);
        cuts.push(
          changes.flatMap(([text, part]) => (warnings.some((each) => says(each, text)) ? [part] : [])),
        );
        if (warnings.length === 0) return span;
        notes.add('STORE_NO_PLACE', `result.resourceSpans[${i}].scopeSpans[${j}].spans[${k}].attributes`);
        return withoutOwn(span);
      }),
    })),
  }));
  return { request: { resourceSpans: cleaned }, cuts };
}

function says({ value }: KeyValue, beginning: string): boolean {
  return (value?.arrayValue?.values ?? []).some(({ stringValue }) => stringValue?.startsWith(beginning));
}

function withoutOwn({ attributes = [], ...span }: Span): Span {
  const left = attributes.filter(({ key }) => key !== warningsKey);
  return left.length === 0 ? span : { ...span, attributes: left };
}
