import { lendOutput } from './encode.js';
import type { FieldOutput } from './field-output.js';
import type { Span } from './model.js';
import type { PlainBytes } from './plain-value.js';

/** What stands beside the core form of a span that was read without being taken apart, but its ids. */
export type PlainSpanParts = Required<
  Pick<
    Span,
    'endTimeUnixNano' | 'droppedAttributesCount' | 'droppedEventsCount' | 'droppedLinksCount' | 'flags'
  >
>;

/** Where the parts of a plain span stand in its request. */
export interface PlainSpanPlaces {
  readonly message: { readonly start: number; readonly end: number };
  /** Begin of the 16 bytes of the one id, and the 8 of the other. */
  readonly traceId: number;
  readonly spanId: number;
  /** Begin and end of each stretch of bytes that is part of the core form, in its order. */
  readonly pieces: readonly number[];
  /** Bytes of all pieces. */
  readonly length: number;
  /** Whether a status is among the pieces. The core form of a span without one has an empty one. */
  readonly hasStatus: boolean;
  /** The text of `spanseal.seal`; it is behind `sealStart` and has no bytes where there is none. */
  readonly sealStart: number;
  readonly sealEnd: number;
  /** Attributes beside the seal. */
  readonly attributes: number;
}

/** Tag and length of an empty status. */
const emptyStatus = Uint8Array.of(0x7a, 0);
/** Below this length a loop is faster than a call into the runtime. */
const loopLength = 100;

/**
 * A span of a protobuf request whose bytes already are those of the core form, but for their order: no events and links, values
 * that are scalars, shortest varints, well-formed UTF-8, no key twice. Most spans are; they are verified without making
 * objects of them.
 */
export class PlainSpan {
  readonly parts: PlainSpanParts;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #places: PlainSpanPlaces;

  /** @param request in which it stands. */
  constructor(request: PlainBytes, parts: PlainSpanParts, places: PlainSpanPlaces) {
    this.parts = parts;
    this.#bytes = request.bytes;
    this.#view = request.view;
    this.#places = places;
  }

  /** 16 bytes. */
  get traceId(): Uint8Array {
    const { traceId } = this.#places;
    return this.#bytes.subarray(traceId, traceId + 16);
  }

  /** 8 bytes. */
  get spanId(): Uint8Array {
    const { spanId } = this.#places;
    return this.#bytes.subarray(spanId, spanId + 8);
  }

  /** How many attributes the span has, the seal left out. */
  get attributes(): number {
    return this.#places.attributes;
  }

  /** The bytes of the Span message, for {@link decodeSpan}. */
  get message(): Uint8Array {
    const { start, end } = this.#places.message;
    return this.#bytes.subarray(start, end);
  }

  /** The text of its seal; undefined when it has none. */
  get seal(): string | undefined {
    const { sealStart, sealEnd } = this.#places;
    return sealEnd > sealStart ? this.#bytes.toString('latin1', sealStart, sealEnd) : undefined;
  }

  /** Lends the core form to `use`, as {@link withCanonicalCoreSpan} does. */
  withCore<T>(room: number, use: (bytes: Buffer) => T): T {
    return lendOutput('core', (out) => {
      const { pieces, length, hasStatus } = this.#places;
      out.need(room + length + emptyStatus.length);
      out.at = room;
      for (let i = 0; i < pieces.length; i += 2) this.#copy(out, pieces[i] ?? 0, pieces[i + 1] ?? 0);
      if (!hasStatus) out.raw(emptyStatus);
      return use(out.lend());
    });
  }

  #copy(out: FieldOutput, start: number, end: number): void {
    if (end - start < loopLength) out.copyWords(this.#view, start, end);
    else out.at += this.#bytes.copy(out.bytes, out.at, start, end);
  }
}
