import { encodeTraceRequest, type Span, type TraceRequest } from '@spanseal/otlp';
import { fieldsOf } from './wire-message.js';

/** A Span message. */
export function protobufOfSpan(span: Span): Uint8Array {
  const request = encodeTraceRequest(around(span), { format: 'protobuf' });
  // request > resource_spans > scope_spans > span: each the only field of the one before.
  return content(content(content(request)));
}

/** A span as OTLP/JSON. */
export function jsonOfSpan(span: Span): object {
  const text = Buffer.from(encodeTraceRequest(around(span), { format: 'json' })).toString();
  return (JSON.parse(text) as { resourceSpans: [{ scopeSpans: [{ spans: [object] }] }] }).resourceSpans[0]
    .scopeSpans[0].spans[0];
}

function around(span: Span): TraceRequest {
  return { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
}

function content(message: Uint8Array): Uint8Array {
  const field = fieldsOf(message)[0]?.bytes ?? new Uint8Array();
  const lengthBytes = field.subarray(1).findIndex((byte) => byte < 0x80) + 1;
  return field.subarray(1 + lengthBytes);
}
