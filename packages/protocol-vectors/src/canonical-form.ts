import {
  canonicalCoreSpan,
  canonicalSpan,
  decodeTraceRequest,
  parseTraceRequest,
  type Span,
  type TraceRequest,
} from '@spanseal/otlp';
import { negativeSpans, positiveSpans } from './canonical-spans.js';
import { advisoryWires, negativeWires, positiveWires } from './canonical-wires.js';
import { bytesOf, hex } from './hex.js';
import { jsonOfSpan, protobufOfSpan } from './span-input.js';
import type { VectorCase, VectorFile } from './vector-file.js';
import { requestOfSpan } from './wire-message.js';

export interface CanonicalInput {
  /** A Span message. */
  readonly protobuf: string;
  /** The same as OTLP/JSON, where JSON can say it. */
  readonly json?: object;
}

export type CanonicalExpected =
  | { readonly exact: string; readonly core: string }
  | { readonly canonical_form: 'none' };

const keep = { duplicateKeys: 'keep' } as const;
const none: CanonicalExpected = { canonical_form: 'none' };

export function canonicalFormVectors(): VectorFile {
  return {
    topic: 'canonical-form',
    about:
      'The canonical form of a Span and its core form. input.protobuf is a Span message, input.json the same as OTLP/JSON. Of a negative case there is no canonical form, whether a reader or a writer says so.',
    cases: [
      ...positiveSpans.map((row) => positive(row, ofModel(row.span))),
      ...positiveWires.map((row) => positive(row, { protobuf: row.wire.replaceAll(' ', '') })),
      ...negativeSpans.map((row) => negative(row, ofModel(row.span))),
      ...negativeWires.map((row) => negative(row, { protobuf: row.wire.replaceAll(' ', '') })),
      ...advisoryWires.map((row) => ({ ...advisory(row), orElse: [formsOf(row.readAs)] })),
    ],
  };
}

/** What this implementation makes of a span, in each format that it comes in. */
export function canonicalFormOf({ protobuf, json }: CanonicalInput): CanonicalExpected {
  const form = canonicalForms(() => decodeTraceRequest(requestOfSpan(bytesOf(protobuf)), keep));
  if (json === undefined) return form;
  const other = canonicalForms(() =>
    parseTraceRequest(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [json] }] }] }), keep),
  );
  if (JSON.stringify(other) !== JSON.stringify(form))
    throw new Error('protobuf and JSON have different forms');
  return form;
}

function canonicalForms(read: () => TraceRequest): CanonicalExpected {
  try {
    return formsOf(read().resourceSpans[0]?.scopeSpans[0]?.spans[0] ?? {});
  } catch {
    return none;
  }
}

function formsOf(span: Span): CanonicalExpected {
  return { exact: hex(canonicalSpan(span)), core: hex(canonicalCoreSpan(span)) };
}

interface Row {
  readonly id: string;
  readonly says: string;
}

function positive({ id, says }: Row, input: CanonicalInput): VectorCase<CanonicalInput, CanonicalExpected> {
  const expected = canonicalFormOf(input);
  if (expected === none) throw new Error(`${id} has no canonical form`);
  return { id, kind: 'positive', says, input, expected };
}

function negative({ id, says }: Row, input: CanonicalInput): VectorCase<CanonicalInput, CanonicalExpected> {
  return { id, kind: 'negative', says, input, expected: none };
}

function advisory({ id, says, wire }: Row & { wire: string }): VectorCase<CanonicalInput, CanonicalExpected> {
  return { id, kind: 'advisory', says, input: { protobuf: wire.replaceAll(' ', '') }, expected: none };
}

function ofModel(span: Span): CanonicalInput {
  return { protobuf: hex(protobufOfSpan(span)), json: jsonOfSpan(span) };
}
