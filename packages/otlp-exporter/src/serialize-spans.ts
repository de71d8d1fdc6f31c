import { TraceRequestWriter } from '@spanseal/otlp';
import { spanToSeal } from './span-to-seal.js';

/**
 * One OTLP request in protobuf, of spans as the SDK has them: what `SignedOtlpExporter` sends when it has no key. A span without ids
 * is left out, since a receiver refuses the whole request for it. So is a seal that a span has, as with every exporter of ours: what
 * `SigningSpanExporter` hands on is for another serializer.
 *
 * @param spans of the SDK's own type, on either line.
 * @throws whatever a getter of a span throws.
 */
export function serializeSpans(spans: readonly unknown[]): Uint8Array {
  const writer = new TraceRequestWriter();
  for (const span of spans) {
    const item = spanToSeal(span);
    if (item !== undefined) writer.add(item, item.span);
  }
  return writer.finish();
}
