/** A part of a frame: text goes in as UTF-8, a number as 8 bytes, big endian. */
export type FramePart = string | number | Uint8Array;

/**
 * The bytes of a tuple, so that no two tuples have the same bytes: the number of parts (u32), then each part as its
 * length in bytes (u32) and its bytes. All numbers are big endian. Text is UTF-8. (docs/protocol.md, "Frames".)
 */
export function frame(parts: readonly FramePart[]): Uint8Array {
  let size = 4;
  for (const part of parts) size += 4 + lengthOf(part);
  const bytes = Buffer.allocUnsafe(size);
  let at = bytes.writeUInt32BE(parts.length, 0);
  for (const part of parts) {
    const length = lengthOf(part);
    at = bytes.writeUInt32BE(length, at);
    if (typeof part === 'string') bytes.write(part, at, 'utf8');
    else if (typeof part === 'number') writeNumber(bytes, at, part);
    else bytes.set(part, at);
    at += length;
  }
  return bytes;
}

function lengthOf(part: FramePart): number {
  if (typeof part === 'number') return 8;
  return typeof part === 'string' ? Buffer.byteLength(part) : part.length;
}

/** A number from 0 to 2^53 − 1, as a frame has it. */
export function writeNumber(bytes: Buffer, at: number, value: number): void {
  bytes.writeUInt32BE(Math.floor(value / 2 ** 32), at);
  bytes.writeUInt32BE(value % 2 ** 32, at + 4);
}
