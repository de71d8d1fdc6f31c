import { createCipheriv, type KeyObject } from 'node:crypto';
import type { SpanMarks } from '@spanseal/otlp';
import { crc32 } from './crc32.js';

/** The parts of a span that a verdict can name, in the order of their tags. */
export const sectionNames = ['span', 'attributes', 'events', 'links', 'origin'] as const;

export type SectionName = (typeof sectionNames)[number];

const tagBytes = 2;
/** Bytes of the tags of all sections. */
export const sectionTagsLength: number = sectionNames.length * tagBytes;
/** A block of AES: one pad. */
const blockLength = 16;
/** Pads that are made at once: a call costs more than they do. */
const padsAtOnce = 256;

const originSection = 4;

/** The core form of a span and its origin: what the MAC is about. */
export interface SpanContent {
  readonly core: Uint8Array;
  /** Where its parts end. */
  readonly marks: Readonly<SpanMarks>;
  readonly origin: Origin;
}

/** What stands around a span: a digest of it, which spans share, and the CRC-32 of the digest. */
export interface Origin {
  readonly digest: Uint8Array;
  readonly sum: number;
}

export function originOf(digest: Uint8Array): Origin {
  return { digest, sum: crc32(digest, { start: 0, end: digest.length }) };
}

/**
 * Tags that say which section of a span has changed when the MAC does not hold. They are checksums under a one-time pad:
 * a hint, which tells nobody without the key anything about what was there, and which makes no span acceptable.
 */
export function sectionTags({ core, marks, origin }: SpanContent, pad: Uint8Array): Uint8Array {
  const sums = sectionSums(core, marks);
  sums[originSection] = origin.sum;
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

/** CRC-32 of each section's fields; all fields that are of no other section are of the section `span`. */
function sectionSums(core: Uint8Array, marks: Readonly<SpanMarks>): number[] {
  const { attributesStart, attributesEnd, eventsEnd, linksEnd } = marks;
  const front = crc32(core, { start: 0, end: attributesStart });
  return [
    crc32(core, { start: linksEnd, end: core.length }, front),
    crc32(core, { start: attributesStart, end: attributesEnd }),
    crc32(core, { start: attributesEnd, end: eventsEnd }),
    crc32(core, { start: eventsEnd, end: linksEnd }),
    0,
  ];
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
