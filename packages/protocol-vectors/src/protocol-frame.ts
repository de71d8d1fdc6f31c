/** What a part of a frame can be: bytes, a text, or a number, which is a u64. */
export type FramePart = Uint8Array | string | number;

/** A frame, as docs/protocol.md says it, part by part. */
export function protocolFrame(...parts: readonly FramePart[]): Buffer {
  return Buffer.concat([u32(parts.length), ...parts.flatMap(withLength)]);
}

function withLength(part: FramePart): readonly Uint8Array[] {
  const bytes = bytesOfPart(part);
  return [u32(bytes.length), bytes];
}

function bytesOfPart(part: FramePart): Uint8Array {
  if (typeof part === 'string') return Buffer.from(part);
  if (typeof part !== 'number') return part;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(part));
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
