import type { ReadableSpan } from './readable-span.js';
import { type SealableSpan, SealableSpans } from './sealable-span.js';

const sealables = new SealableSpans();

/**
 * A span as the SDK has it, for `seal()` of a sealer of @spanseal/seal, and for `TraceRequestWriter` of @spanseal/otlp: what the
 * exporters make of it before they seal it. Undefined for a span without ids, which a receiver refuses.
 *
 * @param span of the SDK's own type, on either line.
 * @throws whatever a getter of the span throws.
 */
export function spanToSeal(span: unknown): SealableSpan['item'] | undefined {
  return sealables.from(span as ReadableSpan)?.item;
}
