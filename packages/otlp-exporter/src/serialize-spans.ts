import { TraceRequestWriter } from '@spanseal/otlp';
import type { ReadableSpan } from './readable-span.js';
import { SealableSpans } from './sealable-span.js';

const sealables = new SealableSpans();

/**
 * One OTLP request in protobuf, of spans as the SDK has them: what `SignedOtlpExporter` sends when it has no key. A span without ids
 * is left out, since a receiver refuses the whole request for it. What `SigningSpanExporter` hands on keeps its seal; one that the app
 * itself set does not leave.
 *
 * @param spans of the SDK's own type, on either line.
 * @throws whatever a getter of a span throws.
 */
export function serializeSpans(spans: readonly unknown[]): Uint8Array {
  const writer = new TraceRequestWriter();
  for (const span of spans) {
    const item = sealables.fromUnsealed(span as ReadableSpan)?.item;
    if (item !== undefined) writer.add(item, item.span);
  }
  return writer.finish();
}
