import type { SpanField } from '@spanseal/mask';
import { MaskedTraceState } from './masked-trace-state.js';
import { idOf, numberOf } from './plain-fields.js';
import type { SpanContext, TraceState } from './readable-span.js';
import type { TextMask } from './text-mask.js';

/** What W3C Trace Context has for ids that are none. */
const noTrace = '0'.repeat(32);
const noSpan = '0'.repeat(16);

/**
 * Masks the trace state of span contexts. The original is shared with children and outgoing headers, so it is replaced in a
 * copy and never written.
 */
export class SpanContextMask {
  readonly #texts: TextMask;
  // All spans of a trace carry the same object.
  readonly #masked = new WeakMap<TraceState, MaskedTraceState>();

  constructor(texts: TextMask) {
    this.#texts = texts;
  }

  /** A copy of the context with its trace state masked. */
  mask(context: SpanContext, field: SpanField): SpanContext {
    const { traceId, spanId, traceFlags, isRemote, traceState } = context;
    const masked = traceState == null ? undefined : this.#maskState(traceState, field);
    return {
      traceId: idOf(traceId) ?? noTrace,
      spanId: idOf(spanId) ?? noSpan,
      traceFlags: numberOf(traceFlags),
      isRemote: isRemote === undefined ? undefined : isRemote === true,
      traceState: masked,
    };
  }

  #maskState(traceState: TraceState, field: SpanField): MaskedTraceState {
    const known = this.#masked.get(traceState);
    if (known !== undefined) return known;
    const masked = new MaskedTraceState(this.#texts.mask(traceState.serialize(), field));
    this.#masked.set(traceState, masked);
    return masked;
  }
}
