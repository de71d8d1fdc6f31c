import type { ReadableSpan } from './readable-span.js';

/** On what a SigningSpanExporter hands on, of whichever copy of this package: an exporter of ours without a key leaves its seals there. */
const mark: unique symbol = Symbol.for('spanseal.sealed-span/v1');

/** A member of a span that carries the mark. */
export const sealedMark: { readonly [mark]: true } = { [mark]: true };

/** Whether a span was made by a SigningSpanExporter, so that its seal and its checkpoint are no attributes of the app. */
export function isSealedSpan(span: ReadableSpan): boolean {
  return mark in span;
}
