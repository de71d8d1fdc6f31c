import { isUtf8 } from 'node:buffer';
import { refuse } from './fault.js';
import { Int64 } from './int64.js';

export const wireVarint = 0;
export const wire64 = 1;
export const wireBytes = 2;
export const wire32 = 5;

/** Bytes of protobuf, read strictly: minimal varints, lengths inside the enclosing message. Attacker-controlled. */
export class ProtobufInput {
  /** The last 64-bit integer read. */
  readonly int64: Int64 = new Int64();
  /** The next byte to read. */
  at = 0;
  /** The end of the current message. */
  end: number;
  readonly bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.byteLength;
  }

  /** Reads a varint into `int64`. */
  varint64(): void {
    let low = 0;
    let high = 0;
    for (let i = 0; ; i++) {
      const byte = this.#byte();
      const bits = byte & 0x7f;
      if (i < 4) low += bits * 2 ** (7 * i);
      else if (i === 4) {
        low += (bits & 0x0f) * 0x10000000;
        high = bits >>> 4;
      } else high += bits * 2 ** (7 * i - 32);
      if (byte < 0x80) {
        if ((i > 0 && byte === 0) || (i === 9 && byte > 1)) refuseVarint();
        break;
      }
      if (i === 9) refuseVarint();
    }
    this.int64.low = low;
    this.int64.high = high;
  }

  /** Reads a varint of at most 32 bits; `what` says what the number is. */
  uint32(what: string): number {
    const first = this.bytes[this.at];
    if (first !== undefined && first < 0x80 && this.at < this.end) {
      this.at++;
      return first;
    }
    this.varint64();
    if (this.int64.high !== 0) refuse('VALUE', what, 'an integer of more than 32 bits');
    return this.int64.low;
  }

  /** Reads a length and gives back where the bytes of that length end. */
  block(): number {
    const end = this.uint32('a length in bytes') + this.at;
    if (end > this.end) refuse('TRUNCATED', 'as many bytes as the length says', 'fewer bytes');
    return end;
  }

  fixed32(): number {
    return this.bytes.readUInt32LE(this.#skip(4));
  }

  /** Reads eight bytes into `int64`. */
  fixed64(): void {
    const at = this.#skip(8);
    this.int64.low = this.bytes.readUInt32LE(at);
    this.int64.high = this.bytes.readUInt32LE(at + 4);
  }

  double(): number {
    return this.bytes.readDoubleLE(this.#skip(8));
  }

  text(): string {
    const end = this.block();
    const start = this.at;
    this.at = end;
    if (!this.#isAscii(start, end) && !isUtf8(this.bytes.subarray(start, end))) {
      refuse('UTF8', 'UTF-8', 'other bytes');
    }
    return this.bytes.toString('utf8', start, end);
  }

  encoded(encoding: 'hex' | 'base64'): string {
    const end = this.block();
    const start = this.at;
    this.at = end;
    return this.bytes.toString(encoding, start, end);
  }

  /** Whether a short run of bytes is ASCII; cheaper there than a look by `isUtf8`. */
  #isAscii(start: number, end: number): boolean {
    if (end - start > 64) return false;
    for (let i = start; i < end; i++) if ((this.bytes[i] ?? 0x80) >= 0x80) return false;
    return true;
  }

  #byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined || this.at >= this.end)
      refuse('TRUNCATED', 'another byte', 'the end of the message');
    this.at++;
    return byte;
  }

  #skip(length: number): number {
    const at = this.at;
    if (at + length > this.end) refuse('TRUNCATED', `${length} bytes`, 'the end of the message');
    this.at = at + length;
    return at;
  }
}

function refuseVarint(): never {
  refuse('VARINT', 'the shortest varint of at most 64 bits', 'a longer one');
}
