import { createHash } from 'node:crypto';
import {
  isNativeSpan,
  type NativeSpan,
  type NativeSpanParts,
  type PlainSpan,
  type Span,
  type SpanEvent,
  type SpanLink,
  type SpanMarks,
  sealAttributeKey,
  withCanonicalCoreSpan,
} from '@spanseal/otlp';
import type { Algorithm } from './algorithm.js';
import { frame, writeNumber } from './frame.js';
import { hmacRoom } from './hmac-key.js';
import { hashLength } from './merkle-tree.js';
import { type SealHeader, tagLength, tailLength } from './seal-text.js';
import type { Surroundings } from './span-in-request.js';
import { type Origin, type SpanContent, sectionTagsLength } from './span-sections.js';
import type { SpanSurroundings, TailCounts } from './span-surroundings.js';
import type { EpochKeys } from './stream-key.js';

/** How many attributes of a span a seal is about. */
export function sealedAttributes(span: Pick<Span, 'attributes'> | NativeSpanParts): number {
  if ('keys' in span) return span.keys.length;
  const { attributes = [] } = span;
  let count = 0;
  for (const { key } of attributes) if (key !== sealAttributeKey) count += 1;
  return count;
}

/** What the MACs of all spans of a stream are about. */
export interface MacStream {
  readonly algorithm: Algorithm;
  readonly realm: string;
  readonly keyId: string;
  readonly stream: Uint8Array;
}

/** Bytes of the length of each part of a frame. */
const word = 4;
/** A number in a frame, with its length. */
const numberStep = word + 8;

/**
 * The MACs of a stream's spans: over every field of the seal, its origin (scope name and version, covered resource
 * attributes), and the span in its core form. (docs/protocol.md, "The MAC of a span".)
 */
export class SpanMac {
  /** Free bytes that the core form needs in front: for the key, and for the frame of which it is the last part. */
  readonly #room: number;
  /** The frame up to the core form; from `#numbers` on stands what was written for the span before. */
  readonly #frame: Buffer;
  readonly #keyRoom: number;
  readonly #numbers: number;
  /** Spans share tails and origins: what stands in the frame is not written again. */
  #tail: Uint8Array | undefined;
  #origin: Uint8Array | undefined;

  constructor({ algorithm, realm, keyId, stream }: MacStream) {
    const keyRoom = hmacRoom(algorithm.hash);
    const constant = ['spanseal/span/v1', algorithm.name, realm, keyId, stream];
    const numbers = [0, 0, 0, 0];
    const digests = [tailLength, sectionTagsLength, hashLength].map((length) => new Uint8Array(length));
    const core = new Uint8Array();
    this.#frame = Buffer.from(frame([...constant, ...numbers, ...digests, core]));
    this.#keyRoom = keyRoom;
    this.#room = keyRoom + this.#frame.length;
    this.#numbers = frame(constant).length + word;
  }

  /** Lends what the MAC of a span is about to `use`: the content is gone when it returns. */
  withContent<T>(span: Span | NativeSpan, origin: Origin, use: (content: MacContent & SpanContent) => T): T {
    const lend = (bytes: Buffer, marks: Readonly<SpanMarks>): T =>
      use({ core: bytes.subarray(this.#room), origin, bytes, marks });
    return isNativeSpan(span)
      ? span.withCore(this.#room, lend)
      : withCanonicalCoreSpan(span, this.#room, lend);
  }

  /** The same for a span that was read without being taken apart: nobody knows where its parts end. */
  withPlainContent<T>(span: PlainSpan, origin: Origin, use: (content: MacContent) => T): T {
    return span.withCore(this.#room, (bytes) => use({ core: bytes.subarray(this.#room), origin, bytes }));
  }

  /** The MAC of a content that this object lent, a character for each of its {@link tagLength} bytes. */
  toLatin1({ bytes, core, origin }: MacContent, header: SealHeader, keys: EpochKeys): string {
    this.#write(header, origin.digest);
    bytes.set(this.#frame, this.#keyRoom);
    bytes.writeUInt32BE(core.length, this.#room - word);
    return keys.span.macToLatin1(bytes).slice(0, tagLength);
  }

  #write({ epoch, seq, marks, attributes, tail, sections }: SealHeader, origin: Uint8Array): void {
    const frame = this.#frame;
    const numbers = this.#numbers;
    writeNumber(frame, numbers, epoch);
    writeNumber(frame, numbers + numberStep, seq);
    writeNumber(frame, numbers + 2 * numberStep, marks);
    writeNumber(frame, numbers + 3 * numberStep, attributes);
    const tailAt = numbers + 4 * numberStep;
    const sectionsAt = tailAt + tailLength + word;
    if (tail !== this.#tail) frame.set(tail, tailAt);
    for (let index = 0; index < sectionTagsLength; index += 1)
      frame[sectionsAt + index] = sections[index] ?? 0;
    if (origin !== this.#origin) frame.set(origin, sectionsAt + sectionTagsLength + word);
    this.#tail = tail;
    this.#origin = origin;
  }
}

/** A content, behind the room that {@link SpanMac} needs. */
export interface MacContent extends Omit<SpanContent, 'marks'> {
  readonly bytes: Buffer;
}

/**
 * Digest of what only the exact profile covers, and what some stores lose: flags, dropped counts, the order of events,
 * link flags, scope attributes, schema URLs. It travels in the seal, under the MAC: so a span whose tail was lost is
 * still `valid-core`.
 */
export function digestTail(
  span: SpanTail,
  eventPlaces: readonly number[],
  { around, surroundings }: TailSurroundings,
): Uint8Array {
  const { events = [], links = [] } = span;
  const make = (): Uint8Array => tailOf(span, eventPlaces, surroundings.scopeTail(around));
  if (events.length > 0 || links.length > 0) return make();
  // Spans without events and links have few different tails.
  return surroundings.tail(around, countsOf(span), make);
}

/** What of a span the tail is about, beside the place of each of its events in the core form. */
export interface SpanTail
  extends Pick<Span, 'flags' | 'droppedAttributesCount' | 'droppedEventsCount' | 'droppedLinksCount'> {
  readonly events?: readonly Pick<SpanEvent, 'droppedAttributesCount'>[];
  readonly links?: readonly Pick<SpanLink, 'flags' | 'droppedAttributesCount'>[];
}

interface TailSurroundings {
  readonly around: Surroundings;
  readonly surroundings: SpanSurroundings;
}

function countsOf({
  flags = 0,
  droppedAttributesCount = 0,
  droppedEventsCount = 0,
  droppedLinksCount = 0,
}: SpanTail): TailCounts {
  return { flags, attributes: droppedAttributesCount, events: droppedEventsCount, links: droppedLinksCount };
}

function tailOf(span: SpanTail, eventPlaces: readonly number[], scopeTail: Uint8Array): Uint8Array {
  const { flags, attributes, events, links } = countsOf(span);
  const input = frame([
    'spanseal/tail/v1',
    ...[flags, attributes, events, links],
    frame(
      (span.events ?? []).flatMap((event, at) => [eventPlaces[at] ?? 0, event.droppedAttributesCount ?? 0]),
    ),
    frame((span.links ?? []).flatMap((link) => [link.flags ?? 0, link.droppedAttributesCount ?? 0])),
    scopeTail,
  ]);
  return createHash('sha256').update(input).digest().subarray(0, tailLength);
}
