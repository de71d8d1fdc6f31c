import { isUtf8 } from 'node:buffer';

/** Below this length a loop is faster than a call into the runtime. */
const loopLength = 256;

/** The bytes of a request. */
export interface PlainBytes {
  readonly bytes: Buffer;
  /** Of the same bytes, to read four at a time. */
  readonly view: DataView;
}

/** The length at `at`, when it is a varint of one or two bytes and the shortest; −1 for any other. */
export function plainLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0xff;
  if (first < 0x80) return first;
  const second = bytes[at + 1] ?? 0xff;
  return second > 0 && second < 0x80 ? (first & 0x7f) | (second << 7) : -1;
}

/** How many bytes the varint of such a length takes. */
export function sizeOfLength(length: number): number {
  return length < 0x80 ? 1 : 2;
}

/** Whether a length at `at` is that of well-formed UTF-8 up to just `end`. */
export function isPlainText(source: PlainBytes, at: number, end: number): boolean {
  const length = plainLength(source.bytes, at);
  if (length < 0) return false;
  const start = at + sizeOfLength(length);
  return start + length === end && isText(source, start, end);
}

function isText({ bytes, view }: PlainBytes, start: number, end: number): boolean {
  if (end - start < loopLength) {
    let seen = 0;
    let at = start;
    for (; at + 3 < end; at += 4) seen |= view.getInt32(at, true);
    for (; at < end; at++) seen |= view.getUint8(at);
    if ((seen & notAscii) === 0) return true;
  }
  return isUtf8(bytes.subarray(start, end));
}

/** The bit of each byte of a word that no ASCII character has. */
const notAscii = 0x80808080;

/** Whether the bytes of an AnyValue are those of its canonical form, a scalar or a list of scalars. */
export function isPlainValue(source: PlainBytes, start: number, end: number): boolean {
  const { bytes } = source;
  if (start === end) return true;
  switch (bytes[start]) {
    case 0x0a:
      return isPlainText(source, start + 1, end);
    case 0x10:
      return end - start === 2 && (bytes[start + 1] ?? 2) < 2;
    case 0x18:
      return isPlainVarint(bytes, start + 1, end);
    case 0x21:
      return end - start === 9 && isPlainDouble(bytes, start + 1);
    default:
      return false;
  }
}

/** The shortest varint of at most 64 bits, up to just `end`. */
function isPlainVarint(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  const last = bytes[end - 1] ?? 0x80;
  if (length < 1 || length > 10 || last > 0x7f || (length > 1 && last === 0) || (length === 10 && last > 1))
    return false;
  for (let at = start; at < end - 1; at++) if ((bytes[at] ?? 0) < 0x80) return false;
  return true;
}

/** Neither NaN, which has one spelling in the canonical form, nor −0, which it does not have. */
function isPlainDouble(bytes: Buffer, at: number): boolean {
  const value = bytes.readDoubleLE(at);
  return !Number.isNaN(value) && !Object.is(value, -0);
}
