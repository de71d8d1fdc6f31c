import type { Attributes, Masker } from '@spanseal/mask';
import type { KeyValue, ResourceSpans, Span } from '@spanseal/otlp';
import { contextOf, maskKeyValue } from '../masked-attributes.js';
import { isOwnAttribute } from '../own-attribute.js';

/** The fields of a request that can hold text. */
export const fieldNames = [
  'span name',
  'attribute',
  'event name',
  'event attribute',
  'link attribute',
  'status message',
  'trace state',
  'resource attribute',
  'scope',
  'scope attribute',
] as const;

export type FieldName = (typeof fieldNames)[number];

/** One value of a request, and what its neighbours say about it. */
export interface SpanField {
  readonly field: FieldName;
  /** An attribute; or a text that has no key. */
  readonly content: KeyValue | string;
  readonly context: Attributes;
  /** OTLP's number; 0 outside of spans. */
  readonly spanKind: number;
}

const noContext: Attributes = Object.freeze({});

/** The texts and attributes of a resource and of its scopes. */
export function* resourceFields({ resource, scopeSpans }: ResourceSpans): Generator<SpanField> {
  yield* attributeFields('resource attribute', resource?.attributes, 0);
  for (const { scope } of scopeSpans) {
    yield* textFields('scope', [scope?.name, scope?.version], 0);
    yield* attributeFields('scope attribute', scope?.attributes, 0);
  }
}

/** The texts and attributes of a span, its events and links. */
export function* spanFields(span: Span): Generator<SpanField> {
  const { kind = 0, events = [], links = [] } = span;
  yield* textFields('span name', [span.name], kind);
  yield* attributeFields('attribute', span.attributes, kind);
  for (const event of events) {
    yield* textFields('event name', [event.name], kind);
    yield* attributeFields('event attribute', event.attributes, kind);
  }
  for (const link of links) {
    yield* textFields('trace state', [link.traceState], kind);
    yield* attributeFields('link attribute', link.attributes, kind);
  }
  yield* textFields('status message', [span.status?.message], kind);
  yield* textFields('trace state', [span.traceState], kind);
}

function* textFields(
  field: FieldName,
  texts: readonly (string | undefined)[],
  spanKind: number,
): Generator<SpanField> {
  for (const text of texts) {
    if (text) yield { field, content: text, context: noContext, spanKind };
  }
}

function* attributeFields(
  field: FieldName,
  attributes: readonly KeyValue[] = [],
  spanKind: number,
): Generator<SpanField> {
  const context = contextOf(attributes);
  for (const content of attributes) {
    if (!isOwnAttribute(content.key)) yield { field, content, context, spanKind };
  }
}

/** What a policy makes of a field: nothing when it drops the attribute, several when neighbours came with it. */
export function maskField({ content, context }: SpanField, masker: Masker): readonly (KeyValue | string)[] {
  return typeof content === 'string' ? [masker.text(content)] : maskKeyValue(content, context, masker);
}
