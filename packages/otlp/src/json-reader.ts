import { isUtf8 } from 'node:buffer';
import { types } from 'node:util';
import { Assembly } from './assembly.js';
import { kindOf, orOtlpError, refuse } from './fault.js';
import { JsonMessageReader } from './json-message-reader.js';
import { JsonText } from './json-text.js';
import { JsonValue } from './json-value.js';
import type { ReadLimits } from './limits.js';
import type { TraceRequest } from './model.js';
import { traceRequest } from './schema.js';

/**
 * Reads one ExportTraceServiceRequest from OTLP/JSON, text or UTF-8 bytes, which are attacker-controlled. It gives the
 * model that {@link decodeTraceRequest} gives for the same request in protobuf, and is as strict; time and memory are
 * linear in the input, and integers keep every digit.
 *
 * It takes what the Collector takes: member names in lowerCamelCase and as in the .proto file, enums as numbers and
 * by name, ids in either case, 64-bit integers as text and as numbers, doubles as text, null for an absent message,
 * list or text. Where the Collector drops or guesses, it refuses: unknown names, a member twice (in either spelling),
 * two members of one AnyValue or null for one, null in a list, spellings of doubles that JSON does not have, text
 * behind the document.
 *
 * @throws {OtlpError} codes: JSON for what is no JSON; UNKNOWN_FIELD, DUPLICATE_FIELD, DUPLICATE_KEY, TYPE, VALUE,
 * UTF8, DEPTH, SIZE for what the document holds; OPTION for `limits`.
 */
export function parseTraceRequest(json: string | Uint8Array, limits?: ReadLimits): TraceRequest {
  return orOtlpError(() => {
    const assembly = new Assembly(limits);
    const source = new JsonText(checkedDocument(json, assembly.limits.maxBytes));
    const request = new JsonMessageReader(source, assembly).message(traceRequest, 0);
    source.finish();
    return request as unknown as TraceRequest;
  });
}

/**
 * The same for a value that JSON.parse gave. Two things are beyond it: JSON.parse has already dropped all but the last
 * of equal names, and has rounded integers beyond 2^53, so that a 64-bit member given as such a number is refused.
 *
 * @throws {OtlpError} as {@link parseTraceRequest}; TYPE for what JSON cannot hold.
 */
export function readTraceRequestObject(value: unknown, limits?: ReadLimits): TraceRequest {
  return orOtlpError(() => {
    const reader = new JsonMessageReader(new JsonValue(value), new Assembly(limits));
    return reader.message(traceRequest, 0) as unknown as TraceRequest;
  });
}

/** The text of a document of at most so many bytes. */
export function checkedDocument(json: unknown, maxBytes: number): string {
  const isText = typeof json === 'string';
  if (!isText && !types.isUint8Array(json)) refuse('TYPE', 'a string or a Uint8Array', kindOf(json));
  const size = isText ? Buffer.byteLength(json) : json.byteLength;
  if (size > maxBytes) refuse('SIZE', `at most ${maxBytes} bytes`, 'more bytes');
  if (isText) return json;
  if (!isUtf8(json)) refuse('UTF8', 'UTF-8', 'other bytes');
  return Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8');
}
