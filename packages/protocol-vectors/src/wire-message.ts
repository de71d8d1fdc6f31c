import { bytesOf, hex } from './hex.js';

/** Length-delimited fields put around a message, the innermost last, each as long as its varint says. */
export function wrapped(fields: readonly number[], message: Uint8Array): Uint8Array {
  return fields.reduceRight((inner, field) => delimited(field, inner), message);
}

/** A length-delimited field of protobuf, in hexadecimal. */
export function fieldHex(field: number, content: string): string {
  return hex(delimited(field, bytesOf(content)));
}

/** The request that holds this one Span message. */
export function requestOfSpan(span: Uint8Array): Uint8Array {
  return wrapped([1, 2, 2], span);
}

/** A field of a message: its number, and its bytes with tag and length. */
export interface WireField {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** The fields of a message that is well-formed. */
export function fieldsOf(message: Uint8Array): readonly WireField[] {
  const fields: WireField[] = [];
  for (let at = 0; at < message.length; ) {
    const start = at;
    const tag = readVarint(message, at);
    at = endOfContent(message, { at: tag.end, wireType: tag.value & 7 });
    fields.push({ number: tag.value >>> 3, bytes: message.subarray(start, at) });
  }
  return fields;
}

function delimited(field: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content]);
}

function varint(value: number): Uint8Array {
  return value < 0x80
    ? Uint8Array.of(value)
    : Buffer.concat([Uint8Array.of((value & 0x7f) | 0x80), varint(value >>> 7)]);
}

function endOfContent(message: Uint8Array, { at, wireType }: { at: number; wireType: number }): number {
  if (wireType === 1) return at + 8;
  if (wireType === 5) return at + 4;
  const { value, end } = readVarint(message, at);
  return wireType === 2 ? end + value : end;
}

function readVarint(message: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  let end = start;
  for (let factor = 1; ; factor *= 128) {
    const byte = message[end++] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, end };
  }
}
