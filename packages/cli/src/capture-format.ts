/** How the requests of a captured file are put together. */
export type CaptureFormat =
  /** One OTLP/JSON document. */
  | 'json'
  /** One OTLP/JSON document on each line, as the Collector's file exporter writes them. */
  | 'json-lines'
  /** One ExportTraceServiceRequest. */
  | 'protobuf'
  /** Requests behind their length: four bytes, big endian (the Collector's file exporter). */
  | 'protobuf-uint32'
  /** Requests behind their length: a varint (protobuf's own delimited form). */
  | 'protobuf-varint';

const newline = 0x0a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
/** Tag of the field `resource_spans`: number 1, length-delimited. Every request that is not empty begins with it. */
const resourceSpansTag = 0x0a;

/** The format of a capture, by its framing; undefined when it is none of them. The content is not looked at. */
export function detectCaptureFormat(bytes: Uint8Array): CaptureFormat | undefined {
  const first = bytes.find((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d && byte !== newline);
  if (first === openBrace) return isJsonLines(bytes) ? 'json-lines' : 'json';
  if (bytes.length === 0 || fillsExactly(bytes, readField)) return 'protobuf';
  if (fillsExactly(bytes, readUint32Frame)) return 'protobuf-uint32';
  if (fillsExactly(bytes, readVarintFrame)) return 'protobuf-varint';
  // Cut off, or changed: by its first byte it is still one of ours, and the reader will say what is wrong.
  if (bytes[0] === resourceSpansTag) return 'protobuf';
  if (bytes[0] === 0) return bytes[4] === resourceSpansTag ? 'protobuf-uint32' : undefined;
  if (readVarintFrame(bytes, 0) !== undefined) return 'protobuf-varint';
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('\n{"')
    ? 'json-lines'
    : undefined;
}

/** The requests of a capture, one after the other, still encoded. A last one that is cut off is given as it is. */
export function* splitCapture(bytes: Uint8Array, format: CaptureFormat): Generator<Uint8Array> {
  if (format === 'json' || format === 'protobuf') {
    yield bytes;
    return;
  }
  if (format === 'json-lines') {
    yield* splitLines(bytes);
    return;
  }
  const readFrame = format === 'protobuf-uint32' ? readUint32Frame : readVarintFrame;
  for (let at = 0; at < bytes.length; ) {
    const frame = readFrame(bytes, at);
    yield bytes.subarray(frame?.start ?? at, frame?.end ?? bytes.length);
    at = frame?.end ?? bytes.length;
  }
}

/** Requests put together again in a format. */
export function joinCapture(requests: readonly Uint8Array[], format: CaptureFormat): Uint8Array {
  if (format === 'protobuf') return Buffer.concat(requests);
  // One document ends its line as well: it can be a file of lines that has only one as yet.
  if (format === 'json') return Buffer.concat([...requests, Uint8Array.of(newline)]);
  return Buffer.concat(requests.flatMap((request) => frameOf(request, format)));
}

function frameOf(request: Uint8Array, format: CaptureFormat): Uint8Array[] {
  if (format === 'json-lines') return [request, Uint8Array.of(newline)];
  if (format === 'protobuf-varint') return [varint(request.length), request];
  const length = Buffer.alloc(4);
  length.writeUInt32BE(request.length);
  return [length, request];
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) | (rest >= 128 ? 128 : 0));
    if (rest < 128) return Uint8Array.from(bytes);
  }
}

function* splitLines(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(newline, at);
    const end = found < 0 ? bytes.length : found;
    const line = bytes.subarray(at, end);
    if (line.some((byte) => byte > 0x20)) yield line;
    at = end + 1;
  }
}

/**
 * Whether each line is a document: a later line begins with a brace, or the first one ends with one and is not the last. In
 * one document over several lines, the lines of members are indented.
 */
function isJsonLines(bytes: Uint8Array): boolean {
  const lines = splitLines(bytes);
  const first: IteratorResult<Uint8Array, void> = lines.next();
  for (const line of lines) {
    if (line[0] === openBrace || (first.value && endsWithBrace(first.value))) return true;
  }
  return false;
}

function endsWithBrace(line: Uint8Array): boolean {
  return line.findLast((byte) => byte > 0x20) === closeBrace;
}

interface Frame {
  readonly start: number;
  readonly end: number;
}

type ReadFrame = (bytes: Uint8Array, at: number) => Frame | undefined;

function fillsExactly(bytes: Uint8Array, readFrame: ReadFrame): boolean {
  for (let at = 0; at < bytes.length; ) {
    const frame = readFrame(bytes, at);
    if (frame === undefined) return false;
    at = frame.end;
  }
  return true;
}

/** A top-level field of a request: all of them are `resource_spans`. */
function readField(bytes: Uint8Array, at: number): Frame | undefined {
  return bytes[at] === resourceSpansTag ? readLength(bytes, at + 1) : undefined;
}

function readUint32Frame(bytes: Uint8Array, at: number): Frame | undefined {
  if (at + 4 > bytes.length) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0);
  return requestFrame(bytes, { start: at + 4, end: at + 4 + length });
}

function readVarintFrame(bytes: Uint8Array, at: number): Frame | undefined {
  const frame = readLength(bytes, at);
  return frame && requestFrame(bytes, frame);
}

function requestFrame(bytes: Uint8Array, frame: Frame): Frame | undefined {
  // An empty request is legal and says nothing; a file of zeros is a million of them.
  return frame.end <= bytes.length && bytes[frame.start] === resourceSpansTag ? frame : undefined;
}

function readLength(bytes: Uint8Array, at: number): Frame | undefined {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    length += (byte & 127) * 2 ** (7 * index);
    if (byte < 128) {
      const start = at + index + 1;
      return start + length <= bytes.length ? { start, end: start + length } : undefined;
    }
  }
  return undefined;
}
