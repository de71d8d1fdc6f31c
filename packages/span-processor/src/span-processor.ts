import type { ReadableSpan } from './readable-span.js';

/** A context of @opentelemetry/api. It is passed through unread. */
export interface Context {
  getValue(key: symbol): unknown;
}

/**
 * What the SDKs call for every recorded span: the SpanProcessor of the 2.x and 3.x lines, with `onEnding` since 2.3.
 * The methods are declared as methods so that the SDKs' own processors, whose spans have more members, fit.
 */
export interface SpanProcessor {
  onStart(span: ReadableSpan, parentContext: Context): void;
  onEnding?(span: ReadableSpan): void;
  onEnd(span: ReadableSpan): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}
