import { PlainAttributes } from './plain-attributes.js';
import { PlainSpan } from './plain-span.js';
import { isPlainText, isPlainValue, type PlainBytes, plainLength, sizeOfLength } from './plain-value.js';
import { sealAttributeKey } from './span-writer.js';

/** A field's tag; the flags have one more byte. */
const tag = {
  traceId: 0x0a,
  spanId: 0x12,
  traceState: 0x1a,
  parentSpanId: 0x22,
  name: 0x2a,
  kind: 0x30,
  start: 0x39,
  end: 0x41,
  attribute: 0x4a,
  droppedAttributes: 0x50,
  droppedEvents: 0x60,
  droppedLinks: 0x70,
  status: 0x7a,
  flags: 0x85,
} as const;

/** Keys that begin like this are ours, and only the seal may stand in a plain span. */
const ownPrefix = Buffer.from('spanseal.');
const sealKey = Buffer.from(sealAttributeKey);

/**
 * Finds the spans whose bytes already are those of the core form. It refuses nothing: a span that is not plain, or not even
 * well-formed, is left to the reader.
 */
export class PlainSpanScan {
  /** Elements of all lists of the last span. */
  elements = 0;
  readonly #bytes: Buffer;
  readonly #source: PlainBytes;
  readonly #attributes: PlainAttributes;
  #start = 0;
  #at = 0;
  #end = 0;
  #pieces: number[] = [];
  #traceId = -1;
  #spanId = -1;
  #endTime = -1;
  #flags = 0;
  #dropped = [0, 0, 0];
  #status = { start: 0, end: 0 };
  #seal = { start: 0, end: 0 };

  /** Of a request. */
  constructor(bytes: Buffer) {
    const { buffer, byteOffset, length } = bytes;
    this.#bytes = bytes;
    this.#source = { bytes, view: new DataView(buffer, byteOffset, length) };
    this.#attributes = new PlainAttributes(bytes);
  }

  /** The span between two places; undefined when it is not plain. */
  scan(start: number, end: number): PlainSpan | undefined {
    this.#begin(start, end);
    let last = 0;
    while (this.#at < end) {
      const field = this.#bytes[this.#at] ?? 0;
      // In the order of their numbers, and only attributes more than once.
      if (field < last || (field === last && field !== tag.attribute)) return undefined;
      last = field;
      if (!this.#takeField(field)) return undefined;
    }
    return this.#at === end && this.#traceId >= 0 && this.#spanId >= 0 ? this.#finish() : undefined;
  }

  #begin(start: number, end: number): void {
    this.elements = 0;
    this.#start = start;
    this.#at = start;
    this.#end = end;
    this.#pieces = [];
    this.#attributes.clear();
    this.#traceId = -1;
    this.#spanId = -1;
    this.#endTime = -1;
    this.#flags = 0;
    this.#dropped = [0, 0, 0];
    this.#status = { start: 0, end: 0 };
    this.#seal = { start: 0, end: 0 };
  }

  #finish(): PlainSpan {
    const bytes = this.#bytes;
    const attributes = this.#attributes;
    for (let place = 0; place < attributes.count; place++)
      this.#keep(attributes.startOf(place), attributes.endOf(place));
    const hasStatus = this.#status.end > 0;
    if (hasStatus) this.#keep(this.#status.start, this.#status.end);
    const pieces = this.#pieces;
    let length = 0;
    for (let i = 0; i < pieces.length; i += 2) length += (pieces[i + 1] ?? 0) - (pieces[i] ?? 0);
    const [droppedAttributesCount = 0, droppedEventsCount = 0, droppedLinksCount = 0] = this.#dropped;
    return new PlainSpan(
      this.#source,
      {
        endTimeUnixNano: this.#endTime < 0 ? 0 : bytes.readBigUInt64LE(this.#endTime),
        droppedAttributesCount,
        droppedEventsCount,
        droppedLinksCount,
        flags: this.#flags,
      },
      {
        message: { start: this.#start, end: this.#end },
        traceId: this.#traceId,
        spanId: this.#spanId,
        pieces,
        length,
        hasStatus,
        sealStart: this.#seal.start,
        sealEnd: this.#seal.end,
        attributes: attributes.count,
      },
    );
  }

  /** Goes behind a field, and says whether it is plain. */
  #takeField(field: number): boolean {
    switch (field) {
      case tag.traceId:
        this.#traceId = this.#at + 2;
        return this.#takeId(16);
      case tag.spanId:
        this.#spanId = this.#at + 2;
        return this.#takeId(8);
      case tag.parentSpanId:
        return this.#bytes[this.#at + 1] === 0 ? this.#skip(2) : this.#takeId(8);
      case tag.traceState:
      case tag.name:
        return this.#takeText();
      case tag.kind:
        return this.#takeSmall() >= 0;
      case tag.start:
        return this.#takeTime();
      case tag.end:
        this.#endTime = this.#at + 1;
        return this.#takeTime();
      case tag.attribute:
        return this.#takeAttribute();
      default:
        return this.#takeRest(field);
    }
  }

  /** Fields behind the attributes, which the core form leaves out but for the status. */
  #takeRest(field: number): boolean {
    switch (field) {
      case tag.droppedAttributes:
        return this.#takeCount(0);
      case tag.droppedEvents:
        return this.#takeCount(1);
      case tag.droppedLinks:
        return this.#takeCount(2);
      case tag.status:
        return this.#takeStatus();
      case tag.flags:
        return this.#takeFlags();
      default:
        return false;
    }
  }

  /** Makes bytes a part of the core form. */
  #keep(start: number, end: number): void {
    const pieces = this.#pieces;
    if (pieces.length > 0 && pieces[pieces.length - 1] === start) pieces[pieces.length - 1] = end;
    else pieces.push(start, end);
  }

  #skip(length: number): boolean {
    this.#at += length;
    return this.#at <= this.#end;
  }

  #take(length: number): boolean {
    const start = this.#at;
    if (!this.#skip(length)) return false;
    this.#keep(start, this.#at);
    return true;
  }

  /** An id of all zeros is none, and left out. */
  #takeId(length: number): boolean {
    const start = this.#at + 2;
    if (this.#bytes[this.#at + 1] !== length) return false;
    let seen = 0;
    for (let at = start; at < start + length; at++) seen |= this.#bytes[at] ?? 0;
    return seen !== 0 && this.#take(2 + length);
  }

  #takeText(): boolean {
    const length = plainLength(this.#bytes, this.#at + 1);
    if (length <= 0) return length === 0 && this.#skip(2);
    const size = 1 + sizeOfLength(length) + length;
    const isPlain = this.#at + size <= this.#end && isPlainText(this.#source, this.#at + 1, this.#at + size);
    return isPlain && this.#take(size);
  }

  /** A number of one byte, which is left out when it is 0; −1 when it is a longer one. */
  #takeSmall(): number {
    const value = this.#bytes[this.#at + 1] ?? 0xff;
    if (value > 0x7f) return -1;
    return (value === 0 ? this.#skip(2) : this.#take(2)) ? value : -1;
  }

  #takeTime(): boolean {
    let seen = 0;
    for (let at = this.#at + 1; at < this.#at + 9; at++) seen |= this.#bytes[at] ?? 0;
    return seen === 0 ? this.#skip(9) : this.#take(9);
  }

  #takeCount(index: number): boolean {
    const value = this.#bytes[this.#at + 1] ?? 0xff;
    this.#dropped[index] = value;
    return value < 0x80 && this.#skip(2);
  }

  /** A status without a message. */
  #takeStatus(): boolean {
    const start = this.#at;
    const length = this.#bytes[start + 1];
    if (length === 0) return this.#skip(2);
    const code = this.#bytes[start + 3] ?? 0xff;
    if (length !== 2 || this.#bytes[start + 2] !== 0x18 || code > 0x7f) return false;
    if (code !== 0) this.#status = { start, end: start + 4 };
    return this.#skip(4);
  }

  #takeFlags(): boolean {
    const start = this.#at;
    if (this.#bytes[start + 1] !== 1 || !this.#skip(6)) return false;
    this.#flags = this.#bytes.readUInt32LE(start + 2);
    return true;
  }

  #takeAttribute(): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    const length = plainLength(bytes, start + 1);
    const keyTag = start + 1 + sizeOfLength(length);
    const end = keyTag + length;
    const keyLength = bytes[keyTag + 1] ?? 0xff;
    const key = { start: keyTag + 2, end: keyTag + 2 + keyLength };
    if (length < 0 || end > this.#end || bytes[keyTag] !== 0x0a || keyLength === 0 || keyLength > 0x7f)
      return false;
    const valueLength = plainLength(bytes, key.end + 1);
    const value = key.end + 1 + sizeOfLength(valueLength);
    if (bytes[key.end] !== 0x12 || valueLength < 0 || value + valueLength !== end) return false;
    const source = this.#source;
    if (!isPlainText(source, keyTag + 1, key.end) || !isPlainValue(source, value, end)) return false;
    this.elements += 1;
    this.#at = end;
    if (this.#begins(key.start, ownPrefix)) return this.#takeSeal(key, value, end);
    return this.#attributes.add(key, start, end);
  }

  /** One seal, and no other attribute of ours. */
  #takeSeal(key: { start: number; end: number }, value: number, end: number): boolean {
    const isSeal = key.end - key.start === sealKey.length && this.#begins(key.start, sealKey);
    if (!isSeal || this.#seal.end > 0 || value === end || this.#bytes[value] !== 0x0a) return false;
    const length = plainLength(this.#bytes, value + 1);
    this.#seal = { start: end - length, end };
    return length > 0;
  }

  #begins(start: number, text: Uint8Array): boolean {
    for (let i = 0; i < text.length; i++) if (this.#bytes[start + i] !== text[i]) return false;
    return true;
  }
}
