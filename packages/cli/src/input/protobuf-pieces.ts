import type { ByteWindow } from './byte-window.js';
import { type CapturePiece, longestRequest } from './capture-piece.js';

/** How requests in protobuf stand one after the other. */
export type ProtobufFraming =
  /** The fields of one request: each of its `resource_spans` is a request by itself. */
  | 'protobuf'
  /** Behind their length: four bytes, big endian. */
  | 'protobuf-uint32'
  /** Behind their length: a varint. */
  | 'protobuf-varint';

/** Tag of `resource_spans`, with which every request begins that is not empty. */
const resourceSpansTag = 0x0a;
/** Tags with which ResourceSpans can begin: resource, scope_spans, schema_url. */
const innerTags: readonly number[] = [0x0a, 0x12, 0x1a];
/** A tag and the longest length. */
const longestHead = 6;

interface Frame {
  /** Where the request begins, and where it ends. */
  readonly start: number;
  readonly end: number;
}

/** The framing of protobuf by its first bytes; undefined when it is none. */
export function detectFraming(bytes: Uint8Array): ProtobufFraming | undefined {
  if (bytes.length === 0) return 'protobuf';
  const field = readFrame(bytes, 'protobuf');
  // The first of delimited requests can be ten bytes long, and then looks like a field that does not begin like one.
  const content = field && bytes[lengthEnd(bytes, 1)];
  if (field && (content === undefined || field.end <= 2 || innerTags.includes(content))) return 'protobuf';
  for (const framing of ['protobuf-uint32', 'protobuf-varint'] as const) {
    const frame = readFrame(bytes, framing);
    if (frame === undefined || bytes[frame.start] !== resourceSpansTag) continue;
    if (frame.end - frame.start <= longestRequest) return framing;
  }
  // Changed or cut off: by its first byte it is still ours, and the reader will say what is wrong.
  return bytes[0] === resourceSpansTag ? 'protobuf' : undefined;
}

/** The requests of protobuf, one after the other. */
export async function* protobufPieces(
  window: ByteWindow,
  framing: ProtobufFraming,
): AsyncGenerator<CapturePiece> {
  for (let number = 1; await window.growTo(1); number++) {
    const place = framing === 'protobuf' ? `resourceSpans[${number - 1}]` : `request ${number}`;
    await window.growTo(longestHead);
    const frame = readFrame(window.bytes, framing);
    if (frame === undefined) {
      // What follows has lost its framing. The reader says of its beginning what is wrong.
      yield { kind: 'protobuf', bytes: window.bytes, place };
      while (await window.passOver(window.length + 1));
      return;
    }
    if (frame.end - frame.start > longestRequest) {
      yield { kind: 'fault', code: 'ERR_SPANSEAL_OTLP_SIZE', place };
      if (!(await window.passOver(frame.end))) yield { kind: 'fault', code: truncated, place };
      continue;
    }
    if (!(await window.growTo(frame.end))) {
      yield { kind: 'fault', code: truncated, place };
      return;
    }
    yield { kind: 'protobuf', bytes: window.bytes.subarray(frame.start, frame.end), place };
    window.pass(frame.end);
  }
}

const truncated = 'ERR_SPANSEAL_OTLP_TRUNCATED';

/** The frame with which the bytes begin; undefined when they begin with none. An empty request is none: a file of zeros is a million. */
function readFrame(bytes: Uint8Array, framing: ProtobufFraming): Frame | undefined {
  if (framing === 'protobuf-uint32') {
    if (bytes.length < 4) return undefined;
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
    return length > 0 ? { start: 4, end: 4 + length } : undefined;
  }
  const isField = framing === 'protobuf';
  if (isField && bytes[0] !== resourceSpansTag) return undefined;
  const at = isField ? 1 : 0;
  const start = lengthEnd(bytes, at);
  if (start === 0) return undefined;
  const length = lengthAt(bytes, at, start);
  if (isField) return { start: 0, end: start + length };
  return length > 0 ? { start, end: start + length } : undefined;
}

/** Where a varint of a length ends; 0 when none of at most five bytes stands there. */
function lengthEnd(bytes: Uint8Array, at: number): number {
  for (let end = at; end < at + 5; end++) {
    const byte = bytes[end];
    if (byte === undefined) return 0;
    if (byte < 0x80) return end + 1;
  }
  return 0;
}

function lengthAt(bytes: Uint8Array, at: number, end: number): number {
  let length = 0;
  for (let index = end - 1; index >= at; index--) length = length * 128 + ((bytes[index] ?? 0) & 127);
  return length;
}
