import { crc32 as crc32Of } from 'node:zlib';

/** Up to so many bytes a loop takes less time than a view of them and a call. */
const fewBytes = 64;
/** The polynomial of ISO 3309, its bits turned round. */
const polynomial = 0xedb88320;

/** What a byte does to the sum. */
const steps: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let step = byte;
  for (let bit = 0; bit < 8; bit += 1) step = (step & 1) === 1 ? polynomial ^ (step >>> 1) : step >>> 1;
  return step;
});

/** A stretch of some bytes, [start, end). */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** CRC-32 (ISO 3309, as zlib has it) of a stretch of some bytes, behind what was summed `before`. */
export function crc32(bytes: Uint8Array, { start, end }: Stretch, before = 0): number {
  if (end - start > fewBytes) return crc32Of(bytes.subarray(start, end), before);
  let sum = ~before;
  for (let at = start; at < end; at += 1) sum = (steps[(sum ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (sum >>> 8);
  return ~sum >>> 0;
}
