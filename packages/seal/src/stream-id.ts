/** Bytes of a stream id: the second at which the stream began (u32, big endian), then random bytes. */
export const streamIdLength = 16;
/** Random bytes of a stream id. */
export const streamRandomLength = 12;

/** The id of a new stream. The start is in it, so that every epoch of the stream has a time that is under the MAC. */
export function createStreamId(startSeconds: number, random: Uint8Array): Uint8Array {
  const id = new Uint8Array(streamIdLength);
  new DataView(id.buffer).setUint32(0, startSeconds);
  id.set(random.subarray(0, streamRandomLength), 4);
  return id;
}

/** The second since the Unix epoch at which the stream began. */
export function streamStart(id: Uint8Array): number {
  return new DataView(id.buffer, id.byteOffset).getUint32(0);
}
