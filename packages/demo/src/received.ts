import { type AnyValue, decodeTraceRequest, type Span } from '@spanseal/otlp';
import type { SpanRecord } from './app/message.js';

type Field = readonly [label: string, text: string];

function plain(value: AnyValue = {}): unknown {
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(plain);
  if (value.kvlistValue) {
    return Object.fromEntries(
      (value.kvlistValue.values ?? []).map((entry) => [entry.key, plain(entry.value)]),
    );
  }
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue ?? value.bytesValue ?? null;
}

function textOf(value: AnyValue | undefined): string {
  const content = plain(value);
  return typeof content === 'string' ? content : JSON.stringify(content);
}

function recordOf({ spanId = '', name = '', attributes = [], events = [], status }: Span): SpanRecord {
  const fields: Field[] = attributes.map(({ key, value }) => [key, textOf(value)]);
  if (status?.message) fields.push(['status message', status.message]);
  for (const event of events) {
    for (const { key, value } of event.attributes ?? []) fields.push([key, textOf(value)]);
  }
  return { spanId, name, fields };
}

/** The spans in the received bytes, as a person reads them, by span id. */
export function readReceived(requests: readonly Uint8Array[]): ReadonlyMap<string, SpanRecord> {
  const spans = requests
    .flatMap((request) => decodeTraceRequest(request).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap((scope) => scope.spans);
  return new Map(spans.map((span) => [span.spanId ?? '', recordOf(span)]));
}
