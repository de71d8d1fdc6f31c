import type { AttributeHead } from './attribute-keys.js';
import { refuse } from './fault.js';
import { Int64 } from './int64.js';

export const startSize: number = 64 * 1024;
/** A buffer that has grown beyond this is not kept for the next request. */
export const keptSize: number = 4 * 1024 * 1024;
/** A power of two. */
const lentViews = 1024;
const largestSize = 0x40000000;
const loneSurrogate = /\p{Surrogate}/u;
/** Below this length a loop over ASCII is faster than a call into the runtime. */
const loopLength = 48;
/** The same for a copy of bytes. */
const copyLength = 12;

/** One growing buffer of protobuf, or of JSON. A message's length is patched in when the message ends, so nothing is built twice. */
export class ProtobufOutput {
  /** A scratch for 64-bit integers. */
  readonly int64: Int64 = new Int64();
  /** Where the next byte goes. */
  at = 0;
  bytes: Buffer;
  /** Of the same bytes. */
  #view: DataView;
  /** What was lent, by the lowest bits of its length. */
  #lent: (Buffer | undefined)[] = [];

  /** @param size bytes that are expected. */
  constructor(size: number = startSize) {
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.#view = viewOf(this.bytes);
  }

  /** Makes room. Callers ask before they write, since a write behind the end would be lost in silence. */
  need(length: number): void {
    if (this.at + length > this.bytes.length) this.#grow(this.at + length);
  }

  /** A byte, without asking for room. */
  byte(value: number): void {
    this.bytes[this.at++] = value;
  }

  /** An unsigned varint of at most 32 bits, without asking for room (5 bytes). */
  varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.bytes[this.at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.at++] = rest;
  }

  /** `int64` as a varint, without asking for room (10 bytes). */
  varint64(): void {
    let { low, high } = this.int64;
    while (high !== 0) {
      this.bytes[this.at++] = (low & 127) | 128;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.varint(low);
  }

  /** Four bytes, without asking for room. */
  fixed32(value: number): void {
    const { bytes, at } = this;
    bytes[at] = value;
    bytes[at + 1] = value >>> 8;
    bytes[at + 2] = value >>> 16;
    bytes[at + 3] = value >>> 24;
    this.at = at + 4;
  }

  /** `int64` as eight bytes, without asking for room. */
  fixed64(): void {
    this.fixed32(this.int64.low);
    this.fixed32(this.int64.high);
  }

  /** Eight bytes, without asking for room; every NaN has the bits 7ff8000000000000. */
  double(value: number): void {
    this.at = this.bytes.writeDoubleLE(Number.isNaN(value) ? Number.NaN : value, this.at);
  }

  /** Length and UTF-8 of a text; one with a lone surrogate has none. */
  text(value: string): void {
    const length = value.length;
    this.need(length * 3 + 5);
    const start = this.at;
    if (length < loopLength && this.#ascii(value, start + 1)) {
      this.bytes[start] = length;
      this.at = start + 1 + length;
      return;
    }
    const guess = lengthSize(length);
    const size = this.bytes.write(value, start + guess);
    if (size !== length && loneSurrogate.test(value)) refuse('UTF8', 'well-formed text', 'a lone surrogate');
    this.at = start + guess + size;
    this.#patch(start, guess);
  }

  /**
   * A KeyValue whose value is a text, at once: what most attributes are. All lengths are known before anything is written where
   * both are ASCII; false, and nothing written, for any other.
   */
  asciiKeyValue(tag: number, key: string, text: string): boolean {
    const value = text.length + lengthSize(text.length) + 1;
    const length = key.length + value + lengthSize(value) + 3;
    if (key.length === 0 || key.length >= loopLength) return false;
    this.need(length + 2 * text.length + 6);
    const { bytes, at: start } = this;
    bytes[start] = tag;
    const keyAt = writeLength(bytes, start + 1, length) + 2;
    bytes[keyAt - 2] = 0x0a;
    bytes[keyAt - 1] = key.length;
    const valueAt = keyAt + key.length;
    bytes[valueAt] = 0x12;
    const textTag = writeLength(bytes, valueAt + 1, value);
    bytes[textTag] = 0x0a;
    const textAt = writeLength(bytes, textTag + 1, text.length);
    if (!this.#ascii(key, keyAt) || !this.#asciiText(text, textAt)) return false;
    this.at = textAt + text.length;
    return true;
  }

  /** A KeyValue whose value is a text; its lone surrogates become U+FFFD. @param head its key, and the tag of its value. */
  headedText(tag: number, head: AttributeHead, text: string): void {
    const { length } = text;
    if (!this.#headedText(tag, { head, text, size: length }))
      this.#headedText(tag, { head, text, size: Buffer.byteLength(text) });
  }

  /** False when the text has another size; then nothing was written. */
  #headedText(tag: number, { head, text, size }: HeadedText): boolean {
    const headLength = head.bytes.length;
    const value = size + lengthSize(size) + 1;
    const length = headLength + lengthSize(value) + value;
    // Where the size is a guess, the text can take three bytes for each of it; the last word of a head can be three too long.
    this.need(length + 2 * size + 9);
    const { bytes } = this;
    bytes[this.at] = tag;
    const headAt = writeLength(bytes, this.at + 1, length);
    this.#head(head.words, headAt);
    const textTag = writeLength(bytes, headAt + headLength, value);
    bytes[textTag] = 0x0a;
    const textAt = writeLength(bytes, textTag + 1, size);
    if (size < loopLength && size === text.length) {
      if (!this.#ascii(text, textAt)) return false;
    } else if (bytes.write(text, textAt) !== size) return false;
    this.at = textAt + size;
    return true;
  }

  /** The same of a number: a safe integer, or one that is no integer. */
  headedNumber(tag: number, head: AttributeHead, value: number): void {
    const headLength = head.bytes.length;
    this.need(headLength + 16);
    const { bytes, at: start } = this;
    bytes[start] = tag;
    this.#head(head.words, start + 2);
    // One byte each for the lengths: a head is shorter than 100 bytes, or the place of the number is found below.
    this.at = start + 2 + headLength + 1;
    this.number(value);
    bytes[start + 2 + headLength] = this.at - start - headLength - 3;
    this.#patch(start + 1, 1);
  }

  /** Writes the words of a head from `start` on, without asking for room. */
  #head(words: Int32Array, start: number): void {
    const view = this.#view;
    for (let i = 0; i < words.length; i++) view.setInt32(start + 4 * i, words[i] as number, true);
  }

  /** The content of an AnyValue that is a safe integer, or no integer; without asking for room (11 bytes). */
  number(value: number): void {
    if (Number.isSafeInteger(value)) {
      this.byte(0x18);
      this.int64.setSigned(value);
      this.varint64();
    } else {
      this.byte(0x21);
      this.double(value);
    }
  }

  /** The UTF-8 of a well-formed text, without a length. */
  characters(value: string): void {
    const { length } = value;
    this.need(length * 3);
    if (length < loopLength && this.#ascii(value, this.at)) this.at += length;
    else this.at += this.bytes.write(value, this.at);
  }

  /** Writes a short ASCII text, four characters at a time; false, and nothing useful written, for any other. */
  #ascii(text: string, start: number): boolean {
    const { length } = text;
    const view = this.#view;
    let seen = 0;
    let i = 0;
    for (; i + 3 < length; i += 4) {
      const a = text.charCodeAt(i);
      const b = text.charCodeAt(i + 1);
      const c = text.charCodeAt(i + 2);
      const d = text.charCodeAt(i + 3);
      seen |= a | b | c | d;
      view.setInt32(start + i, a | (b << 8) | (c << 16) | (d << 24), true);
    }
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      view.setUint8(start + i, code);
      seen |= code;
    }
    return seen < 0x80;
  }

  #asciiText(text: string, start: number): boolean {
    if (text.length < loopLength) return this.#ascii(text, start);
    return this.bytes.write(text, start) === text.length;
  }

  /** Bytes as they are. */
  raw(value: Uint8Array): void {
    this.need(value.length);
    const { bytes, at } = this;
    if (value.length < copyLength) for (let i = 0; i < value.length; i++) bytes[at + i] = value[i] ?? 0;
    else bytes.set(value, at);
    this.at = at + value.length;
  }

  /** Words, the highest byte of each first, without asking for room. */
  words(words: Int32Array): void {
    const { at } = this;
    for (let i = 0; i < words.length; i++) this.#view.setInt32(at + 4 * i, words[i] as number);
    this.at = at + 4 * words.length;
  }

  /** Bytes of another view, without asking for room: of a few, four at a time are faster than a call. */
  copyWords(from: DataView, start: number, end: number): void {
    const view = this.#view;
    let { at } = this;
    let next = start;
    for (; next + 3 < end; next += 4, at += 4) view.setInt32(at, from.getInt32(next, true), true);
    for (; next < end; next++, at++) view.setUint8(at, from.getUint8(next));
    this.at = at;
  }

  /** Leaves room for a length and gives back the mark for `close`. A wrong guess costs a move of the bytes. */
  open(guess: number): number {
    this.need(5);
    const mark = this.at;
    this.at = mark + lengthSize(guess);
    return mark;
  }

  /** Writes the length of what came since `open`, which got the same guess. */
  close(mark: number, guess: number): void {
    this.#patch(mark, lengthSize(guess));
  }

  /**
   * What was written, without a copy: for one who is done with it before the next byte is. Views are kept, since spans of a few
   * lengths come again and again: to make one costs as much as to write two short texts, and twice that when it is hashed.
   */
  lend(): Buffer {
    const slot = this.at % lentViews;
    const known = this.#lent[slot];
    if (known?.length === this.at) return known;
    const view = this.bytes.subarray(0, this.at);
    this.#lent[slot] = view;
    return view;
  }

  /** A copy of the bytes since `start`. */
  copy(start: number): Uint8Array {
    const length = this.at - start;
    const copy = Buffer.allocUnsafeSlow(length);
    this.bytes.copy(copy, 0, start, this.at);
    return new Uint8Array(copy.buffer, 0, length);
  }

  /** Empties the output for the next caller; the longest buffers are let go. */
  reset(): void {
    this.at = 0;
    if (this.bytes.length > keptSize) this.#useBytes(Buffer.allocUnsafeSlow(startSize));
  }

  #useBytes(bytes: Buffer): void {
    this.bytes = bytes;
    this.#view = viewOf(bytes);
    this.#lent = [];
  }

  #patch(mark: number, reserved: number): void {
    const start = mark + reserved;
    const length = this.at - start;
    if (length < 0x80 && reserved === 1) {
      this.bytes[mark] = length;
      return;
    }
    const needed = lengthSize(length);
    if (needed !== reserved) {
      this.need(5);
      this.bytes.copyWithin(mark + needed, start, this.at);
    }
    this.at = mark;
    this.varint(length);
    this.at += length;
  }

  #grow(length: number): void {
    if (length > largestSize) refuse('SIZE', `at most ${largestSize} bytes`, 'more bytes');
    const grown = Buffer.allocUnsafeSlow(Math.max(length, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.at));
    this.#useBytes(grown);
  }
}

interface HeadedText {
  readonly head: AttributeHead;
  readonly text: string;
  /** Bytes that the text takes, or a guess. */
  readonly size: number;
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}

/** Writes the varint of a length, and gives back where it ends. */
function writeLength(bytes: Buffer, start: number, length: number): number {
  let at = start;
  let rest = length;
  for (; rest > 127; rest >>>= 7) bytes[at++] = (rest & 127) | 128;
  bytes[at++] = rest;
  return at;
}

/** How many bytes the varint of a length takes. */
function lengthSize(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x4000) return 2;
  if (length < 0x200000) return 3;
  return length < 0x10000000 ? 4 : 5;
}
