const encoder = new TextEncoder();

/** A part of a frame: text goes in as UTF-8, a number as 8 bytes, big endian. */
export type FramePart = string | number | Uint8Array;

/**
 * The bytes of a tuple, so that no two tuples have the same bytes: the number of parts (u32), then each part as its
 * length in bytes (u32) and its bytes. All numbers are big endian. Text is UTF-8. (docs/protocol.md, "Frames".)
 */
export function frame(parts: readonly FramePart[]): Uint8Array {
  const chunks = parts.map(toBytes);
  const size = chunks.reduce((sum, chunk) => sum + 4 + chunk.length, 4);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, chunks.length);
  let at = 4;
  for (const chunk of chunks) {
    view.setUint32(at, chunk.length);
    bytes.set(chunk, at + 4);
    at += 4 + chunk.length;
  }
  return bytes;
}

function toBytes(part: FramePart): Uint8Array {
  if (typeof part === 'string') return encoder.encode(part);
  if (typeof part !== 'number') return part;
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(part / 2 ** 32));
  view.setUint32(4, part % 2 ** 32);
  return bytes;
}
