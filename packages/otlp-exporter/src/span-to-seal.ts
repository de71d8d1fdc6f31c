import type { NativeSpan } from '@spanseal/otlp';
import type { SpanToSeal } from '@spanseal/seal';
import type { ReadableSpan } from './readable-span.js';
import { SealableSpans } from './sealable-span.js';

const sealables = new SealableSpans();

/**
 * A span as the SDK has it, for `seal()` of a sealer of @spanseal/seal, and for `TraceRequestWriter` of @spanseal/otlp: what the
 * exporters make of it before they seal it. Undefined for a span without ids, which a receiver refuses.
 *
 * @param span of the SDK's own type, on either line.
 * @throws whatever a getter of the span throws.
 */
export function spanToSeal(span: unknown): (SpanToSeal & { readonly span: NativeSpan }) | undefined {
  return sealables.from(span as ReadableSpan)?.item;
}
