import { within } from './fault.js';
import { type IdName, idDigits, idWords } from './id-words.js';
import { ProtobufOutput } from './protobuf-output.js';
import { checkedInt32, checkedText, checkedUint32, refuseId, setUint64 } from './scalar-check.js';

/**
 * `wire` keeps the order that was given; `exact` is the canonical form; `core` is the canonical form without what
 * stores are known to drop: flags and dropped counts; its events are a set.
 */
export type Form = 'wire' | 'exact' | 'core';

/** Where the parts of a written span end, from its first byte on. What stands in front of the attributes ends where they start. */
export interface SpanMarks {
  attributesStart: number;
  attributesEnd: number;
  eventsEnd: number;
  linksEnd: number;
  /** Of each event, in the order in which they were given, its place in the core form. In other forms it says nothing. */
  eventPlaces: readonly number[];
}

/** Writes scalar fields from values that are still to be checked. Absent and default values write nothing. */
export class FieldOutput extends ProtobufOutput {
  form: Form = 'wire';
  /** Where the parts of the span that was written last end. */
  readonly marks: SpanMarks = {
    attributesStart: 0,
    attributesEnd: 0,
    eventsEnd: 0,
    linksEnd: 0,
    eventPlaces: [],
  };

  textField(tag: number, value: unknown, name: string): void {
    if (value === undefined || value === '') return;
    this.need(1);
    this.byte(tag);
    try {
      this.text(checkedText(value));
    } catch (error) {
      throw within(error, name);
    }
  }

  /** In the canonical forms all zeros mean the same as none. */
  idField(tag: number, value: unknown, name: IdName): void {
    if (value === undefined || value === '') return;
    if (this.form !== 'wire' && value === zeros[name]) return;
    try {
      const words = idWords(checkedText(value), name);
      if (words === undefined) refuseId(idDigits(name));
      this.need(words.length * 4 + 2);
      this.byte(tag);
      this.byte(words.length * 4);
      this.words(words);
    } catch (error) {
      throw within(error, name);
    }
  }

  fixed64Field(tag: number, value: unknown, name: string): void {
    if (value === undefined) return;
    try {
      setUint64(this.int64, value);
    } catch (error) {
      throw within(error, name);
    }
    if (this.int64.low === 0 && this.int64.high === 0) return;
    this.need(9);
    this.byte(tag);
    this.fixed64();
  }

  /** A time: seconds and nanoseconds since 1970, whole ones, of 64 bits together. */
  timeField(tag: number, [seconds, nanos]: readonly [number, number]): void {
    this.int64.setTime(seconds, nanos);
    if (this.int64.low === 0 && this.int64.high === 0) return;
    this.need(9);
    this.byte(tag);
    this.fixed64();
  }

  uint32Field(tag: number, value: unknown, name: string): void {
    if (value === undefined || value === 0) return;
    this.need(6);
    this.byte(tag);
    try {
      this.varint(checkedUint32(value));
    } catch (error) {
      throw within(error, name);
    }
  }

  /** Flags; their tag takes two bytes on a span. */
  fixed32Field(tag: number, value: unknown, name: string): void {
    if (value === undefined || value === 0) return;
    this.need(6);
    this.varint(tag);
    try {
      this.fixed32(checkedUint32(value));
    } catch (error) {
      throw within(error, name);
    }
  }

  enumField(tag: number, value: unknown, name: string): void {
    if (value === undefined || value === 0) return;
    this.need(11);
    this.byte(tag);
    try {
      this.int64.setSigned(checkedInt32(value));
    } catch (error) {
      throw within(error, name);
    }
    this.varint64();
  }
}

const zeros = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), parentSpanId: '0'.repeat(16) };
