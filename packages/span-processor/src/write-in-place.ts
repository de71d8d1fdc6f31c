import type { Attributes } from '@spanseal/mask';
import { setOwn } from './attribute-snapshot.js';
import type { MaskedSpan } from './masked-span.js';
import type { ReadableSpan, SpanAttributes } from './readable-span.js';

/**
 * Writes a masked copy back over the live span it was made from. Arrays, events and links are replaced, never changed: on
 * SDK 2.0 a link is the very object that the app handed over. Every write is read back.
 *
 * @returns whether the span now holds what the copy holds. False means that something of it is frozen. Never throws.
 */
export function writeInPlace(span: ReadableSpan, masked: MaskedSpan): boolean {
  const context = masked.spanContext();
  const stuck = [
    writeAttributes(span, masked.attributes),
    writeField(span, 'name', masked.name),
    writeField(span, 'status', masked.status),
    writeField(span, 'events', masked.events),
    writeField(span, 'links', masked.links),
    writeField(span, 'resource', masked.resource),
    writeField(span, 'instrumentationScope', masked.instrumentationScope),
    span.instrumentationLibrary === undefined ||
      writeField(span, 'instrumentationLibrary', masked.instrumentationLibrary),
    masked.parentSpanContext === undefined || writeField(span, 'parentSpanContext', masked.parentSpanContext),
    writeContext(span, () => context),
  ];
  return !stuck.includes(false);
}

/** The trace state hangs on an object that is shared with children and headers; the span gets one of its own. */
function writeContext(span: ReadableSpan, spanContext: ReadableSpan['spanContext']): boolean {
  const isSame = spanContext().traceState?.serialize() === span.spanContext().traceState?.serialize();
  if (isSame) return true;
  return writeField(span, 'spanContext', spanContext);
}

function writeAttributes(span: ReadableSpan, masked: Attributes): boolean {
  const live = span.attributes;
  const isWritten = () => span.attributes === masked || isSame(live, masked);
  attempt(() => overwrite(live, masked));
  return (isWritten() && span.attributes === live) || writeField(span, 'attributes', masked);
}

/** In the live object itself, because other processors may hold it. */
function overwrite(live: SpanAttributes, masked: Attributes): void {
  for (const key of Object.keys(live)) {
    if (!Object.hasOwn(masked, key)) Reflect.deleteProperty(live, key);
  }
  for (const key of Object.keys(masked)) {
    // `live` is readonly in its type only: no SDK freezes it.
    if (live[key] !== masked[key]) setOwn(live as Record<string, unknown>, key, masked[key]);
  }
}

function isSame(live: SpanAttributes, masked: Attributes): boolean {
  const keys = Object.keys(live);
  return keys.length === Object.keys(masked).length && keys.every((key) => live[key] === masked[key]);
}

/** By assignment, or where a setter or a getter is in the way, as an own property that hides it. */
function writeField<K extends keyof ReadableSpan>(
  span: ReadableSpan,
  key: K,
  value: ReadableSpan[K],
): boolean {
  const isWritten = () => span[key] === value;
  attempt(() => Reflect.set(span, key, value));
  if (attempt(isWritten) === true) return true;
  const property = { value, writable: true, enumerable: true, configurable: true };
  attempt(() => Reflect.defineProperty(span, key, property));
  return attempt(isWritten) === true;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
