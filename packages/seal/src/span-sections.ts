import { createCipheriv, type KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The parts of a span that a verdict can name, in the order of their tags. */
export const sectionNames = ['span', 'attributes', 'events', 'links', 'origin'] as const;

export type SectionName = (typeof sectionNames)[number];

const tagBytes = 2;
/** Bytes of the tags of all sections. */
export const sectionTagsLength: number = sectionNames.length * tagBytes;
/** A block of AES: one pad. */
const blockLength = 16;
/** Pads that are made at once: a call costs more than they do. */
const padsAtOnce = 64;

/** Which section the fields of the Span message belong to, by their numbers; all others are of the section `span`. */
const sectionOfField: ReadonlyMap<number, number> = new Map([
  [9, 1],
  [11, 2],
  [13, 3],
]);
const originSection = 4;

/** The core form of a span and the digest of its origin: what the MAC is about. */
export interface SpanContent {
  readonly core: Uint8Array;
  readonly origin: Uint8Array;
}

/**
 * Tags that say which section of a span has changed when the MAC does not hold. They are checksums under a one-time pad:
 * a hint, which tells nobody without the key anything about what was there, and which makes no span acceptable.
 */
export function sectionTags({ core, origin }: SpanContent, pad: Uint8Array): Uint8Array {
  const sums = sectionSums(core);
  sums[originSection] = crc32(origin);
  const tags = new Uint8Array(sectionTagsLength);
  for (let section = 0; section < sectionNames.length; section += 1) {
    const sum = sums[section] ?? 0;
    for (let byte = 0; byte < tagBytes; byte += 1) {
      const at = section * tagBytes + byte;
      tags[at] = (sum >>> (8 * byte)) ^ (pad[at] ?? 0);
    }
  }
  return tags;
}

/** The sections whose tags differ. */
export function differingSections(one: Uint8Array, other: Uint8Array): readonly SectionName[] {
  return sectionNames.filter((_, section) => {
    const [from, to] = [section * tagBytes, (section + 1) * tagBytes];
    return Buffer.compare(one.subarray(from, to), other.subarray(from, to)) !== 0;
  });
}

/** CRC-32 of each section's fields. The bytes are our own writer's: fields in the order of their numbers. */
function sectionSums(core: Uint8Array): number[] {
  const sums = [0, 0, 0, 0, 0];
  let from = 0;
  let section = 0;
  for (let at = 0; at < core.length; ) {
    const tag = readVarint(core, at);
    const next = sectionOfField.get(Math.floor(tag.value / 8)) ?? 0;
    if (next !== section) {
      sums[section] = crc32(core.subarray(from, at), sums[section]);
      from = at;
      section = next;
    }
    at = fieldEnd(core, tag);
  }
  sums[section] = crc32(core.subarray(from), sums[section]);
  return sums;
}

interface Varint {
  readonly value: number;
  readonly end: number;
}

function readVarint(bytes: Uint8Array, at: number): Varint {
  let value = 0;
  let scale = 1;
  let end = at;
  for (; ; end += 1) {
    const byte = bytes[end] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: end + 1 };
    scale *= 0x80;
  }
}

/** Where a field ends, by its wire type (Protocol Buffers encoding). */
function fieldEnd(bytes: Uint8Array, { value, end }: Varint): number {
  const wireType = value % 8;
  if (wireType === 1) return end + 8;
  if (wireType === 5) return end + 4;
  const length = readVarint(bytes, end);
  return wireType === 2 ? length.end + length.value : length.end;
}

/** The one-time pads of an epoch: the key stream of AES-128 in counter mode, a block for each seq. */
export class SectionPads {
  readonly #key: KeyObject;
  #first = -1;
  #pads: Uint8Array = new Uint8Array(0);

  constructor(key: KeyObject) {
    this.#key = key;
  }

  at(seq: number): Uint8Array {
    const first = seq - (seq % padsAtOnce);
    if (first !== this.#first) {
      const counter = new Uint8Array(blockLength);
      new DataView(counter.buffer).setBigUint64(blockLength - 8, BigInt(first));
      const cipher = createCipheriv('aes-128-ctr', this.#key, counter);
      this.#pads = cipher.update(new Uint8Array(padsAtOnce * blockLength));
      this.#first = first;
    }
    const at = (seq - first) * blockLength;
    return this.#pads.subarray(at, at + sectionTagsLength);
  }
}
