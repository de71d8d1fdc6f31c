import { isUtf8 } from 'node:buffer';
import { kindOf, orOtlpError, refuse } from './fault.js';
import { isObject } from './member-check.js';
import { protobufFields } from './protobuf-fields.js';

/** What a receiver says of a request that it took: ExportTraceServiceResponse. */
export interface TraceResponse {
  /** Spans that it refused, of those in the request. */
  readonly rejectedSpans: number;
  /** Why, or a warning. Of the receiver's choice: it can quote what was sent. */
  readonly errorMessage: string;
}

const accepted: TraceResponse = { rejectedSpans: 0, errorMessage: '' };

/**
 * Reads a receiver's answer in protobuf. Fields that it does not know mean nothing.
 *
 * @throws {OtlpError} when it is no such answer: whatever answered, it may not have been a receiver.
 */
export function decodeTraceResponse(bytes: Uint8Array): TraceResponse {
  return orOtlpError(() => {
    const partial = messageOf(bytes, 1);
    if (partial === undefined) return accepted;
    let { rejectedSpans, errorMessage } = accepted;
    for (const { number, value } of protobufFields(partial)) {
      if (number === 1 && typeof value === 'number') rejectedSpans = countOf(value);
      if (number === 2 && value instanceof Uint8Array) errorMessage = textOf(value);
    }
    return { rejectedSpans, errorMessage };
  });
}

/**
 * Reads a receiver's answer in JSON. Members that it does not know mean nothing.
 *
 * @throws {OtlpError} as {@link decodeTraceResponse}.
 */
export function parseTraceResponse(bytes: Uint8Array): TraceResponse {
  return orOtlpError(() => {
    const answer = parsed(textOf(bytes));
    if (!isObject(answer)) refuse('TYPE', 'an object (ExportTraceServiceResponse)', kindOf(answer));
    const partial = memberOf(answer, 'partialSuccess', 'partial_success');
    if (partial === undefined) return accepted;
    if (!isObject(partial)) refuse('TYPE', 'an object (ExportTracePartialSuccess)', kindOf(partial));
    const message = memberOf(partial, 'errorMessage', 'error_message') ?? '';
    if (typeof message !== 'string') refuse('TYPE', 'a text (error_message)', kindOf(message));
    return {
      rejectedSpans: countOf(memberOf(partial, 'rejectedSpans', 'rejected_spans')),
      errorMessage: message,
    };
  });
}

const retryInfoType = 'google.rpc.RetryInfo';

/**
 * How long a receiver asks to wait before the request is sent again, in milliseconds: the RetryInfo of a google.rpc.Status, as
 * gRPC carries one in `grpc-status-details-bin`. Undefined when it asks for nothing.
 *
 * @throws {OtlpError} when it is no Status.
 */
export function decodeRetryDelay(status: Uint8Array): number | undefined {
  return orOtlpError(() => {
    for (const { number, value } of protobufFields(status)) {
      if (number !== 3 || !(value instanceof Uint8Array)) continue;
      const url = lastOf(value, 1);
      if (url === undefined || !textOf(url).endsWith(`/${retryInfoType}`)) continue;
      const duration = messageOf(lastOf(value, 2) ?? new Uint8Array(), 1) ?? new Uint8Array();
      return millisOf(duration);
    }
    return undefined;
  });
}

/** A google.protobuf.Duration. */
function millisOf(duration: Uint8Array): number {
  let millis = 0;
  for (const { number, value } of protobufFields(duration)) {
    if (typeof value !== 'number') continue;
    if (number === 1) millis += value * 1000;
    if (number === 2) millis += value / 1e6;
  }
  return Math.max(0, millis);
}

/** A message that stands several times is one, of all their fields; so every reader of protobuf has it. */
function messageOf(bytes: Uint8Array, number: number): Uint8Array | undefined {
  const parts = valuesOf(bytes, number);
  return parts.length > 1 ? Buffer.concat(parts) : parts[0];
}

/** Of a text, or of bytes, the last one counts. */
function lastOf(bytes: Uint8Array, number: number): Uint8Array | undefined {
  return valuesOf(bytes, number).at(-1);
}

function valuesOf(bytes: Uint8Array, number: number): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const field of protobufFields(bytes))
    if (field.number === number && field.value instanceof Uint8Array) found.push(field.value);
  return found;
}

function textOf(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) refuse('UTF8', 'UTF-8', 'other bytes');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** A member by either of its names; null is as good as none. (ProtoJSON) */
function memberOf(message: object, name: string, other: string): unknown {
  return Reflect.get(message, name) ?? Reflect.get(message, other) ?? undefined;
}

/** An int64, which is a text in ProtoJSON, and a number for many who write it. What is none must not pass for "no span". */
function countOf(value: unknown): number {
  const text = typeof value === 'number' ? String(value) : (value ?? '0');
  if (typeof text !== 'string' || !/^\d{1,19}$/.test(text))
    refuse('VALUE', 'a number of spans, in 64 bits (rejected_spans)', kindOf(value));
  return Number(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    return refuse('JSON', 'JSON', 'another text');
  }
}
