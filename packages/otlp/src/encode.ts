import { kindOf, orOtlpError, refuseMember } from './fault.js';
import { FieldOutput, type Form } from './field-output.js';
import { writeJsonRequest } from './json-writer.js';
import { isObject } from './member-check.js';
import type { TraceRequest } from './model.js';
import { writeRequest } from './request-writer.js';

export interface EncodeOptions {
  format: 'protobuf' | 'json';
}

/**
 * Writes one ExportTraceServiceRequest, complete and deterministic: fields in number order, defaults omitted, lists
 * in the order given (sorting them is the canonical form's business).
 *
 * JSON spells 64-bit integers as decimal text, bytes as base64, ids as lower-case hex, NaN and the infinities as
 * text, −0 as `-0`. It has no keys twice in one object; a key that is twice in a list of attributes is written twice.
 *
 * @throws {OtlpError} codes TYPE, VALUE, UNKNOWN_FIELD, DUPLICATE_FIELD, UTF8 when the request is not of the model's
 * shape, DEPTH beyond 24 nested lists and maps, SIZE beyond 1,073,741,824 bytes, OPTION for the options; `path` names
 * the member, as in `resourceSpans[0].scopeSpans[0].spans[2].attributes[1].value.intValue`.
 */
export function encodeTraceRequest(request: TraceRequest, options: EncodeOptions): Uint8Array {
  return orOtlpError(() => {
    const format = formatOf(options);
    const write = format === 'json' ? writeJsonRequest : writeRequest;
    return withOutput((out) => write(out, request));
  });
}

function formatOf(options: EncodeOptions): 'protobuf' | 'json' {
  const format: unknown = isObject(options) ? options.format : undefined;
  if (format === 'protobuf' || format === 'json') return format;
  return refuseMember('options.format', 'OPTION', { expected: "'protobuf' or 'json'", got: kindOf(format) });
}

let idle: FieldOutput | undefined;

/** What is written, as bytes of their own. */
export function withOutput(write: (out: FieldOutput) => void, form: Form = 'wire'): Uint8Array {
  return lendOutput(form, (out) => {
    write(out);
    return out.copy(0);
  });
}

/** Lends the one output out. */
export function lendOutput<T>(form: Form, use: (out: FieldOutput) => T): T {
  const out = takeOutput(form);
  try {
    return use(out);
  } finally {
    giveBack(out);
  }
}

/** The one output, until `giveBack()`; a getter in the model that encodes something itself gets another. */
export function takeOutput(form: Form): FieldOutput {
  const out = idle ?? new FieldOutput();
  idle = undefined;
  out.form = form;
  return out;
}

export function giveBack(out: FieldOutput): void {
  out.reset();
  idle = out;
}
