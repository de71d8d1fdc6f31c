import { giveBack, takeOutput } from './encode.js';
import { toOtlpError } from './fault.js';
import type { SpanMarks } from './field-output.js';
import type { AnyValue, KeyValue, Span } from './model.js';
import { writeNativeSpan } from './native-span-writer.js';

/** Well-formed text, a safe integer, a finite number that is no integer, true, false. */
export type NativeScalar = string | number | boolean;

/** A scalar, or a list of them; all other values as the model has them. In a text of its own, lone surrogates are written as U+FFFD. */
export type NativeValue = NativeScalar | readonly NativeScalar[] | AnyValue;

/** Whole seconds since 1970 and nanoseconds, of 64 bits together. */
export type NativeTime = readonly [seconds: number, nanos: number];

/** Attributes in JavaScript's own values. */
export interface NativeAttributes {
  /** Each once. */
  readonly keys: readonly string[];
  readonly values: readonly NativeValue[];
  readonly droppedAttributesCount: number;
}

/** An event in JavaScript's own values. */
export interface NativeEvent extends NativeAttributes {
  readonly time: NativeTime;
  readonly name: string;
}

/** A link in JavaScript's own values. */
export interface NativeLink extends NativeAttributes {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly flags: number;
}

/** A span in JavaScript's own values. All other texts are well-formed; the seal is not among the attributes. */
export interface NativeSpanParts extends NativeAttributes {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startTime: NativeTime;
  readonly endTime: NativeTime;
  readonly events: readonly NativeEvent[];
  readonly droppedEventsCount: number;
  readonly links: readonly NativeLink[];
  readonly droppedLinksCount: number;
  readonly status: { readonly code: number; readonly message: string };
  readonly flags: number;
}

/** By which native spans of another copy of this package are known: an ES module and a CommonJS module of one app have each its own. */
const brand = Symbol.for('spanseal.native-span/v1');

/** Whether a span has JavaScript's own values. No span that was read can have a symbol in it. */
export function isNativeSpan(span: unknown): span is NativeSpan {
  return typeof span === 'object' && span !== null && brand in span;
}

/**
 * A span that is on its way out, written from the values that an SDK has: making a model of it first costs as much as writing it.
 * Its maker answers for what {@link NativeSpanParts} asks: what an object of the model would be refused for is not looked at again.
 */
export class NativeSpan {
  static {
    Reflect.defineProperty(NativeSpan.prototype, brand, { value: true });
  }

  readonly parts: NativeSpanParts;

  constructor(parts: NativeSpanParts) {
    this.parts = parts;
  }

  /**
   * Lends the core form to `use`, as {@link withCanonicalCoreSpan} does.
   *
   * @throws {OtlpError} as {@link canonicalSpan}.
   */
  withCore<T>(room: number, use: (bytes: Buffer, marks: Readonly<SpanMarks>) => T): T {
    const out = takeOutput('core');
    try {
      out.need(room);
      out.at = room;
      writeNativeSpan(out, this.parts);
      return use(out.lend(), out.marks);
    } catch (error) {
      throw toOtlpError(error);
    } finally {
      giveBack(out);
    }
  }

  /** The same span in the model. */
  toModel(): Span {
    const { startTime, endTime, events, links, ...same } = this.parts;
    return {
      ...withAttributes(same),
      startTimeUnixNano: textOf(startTime),
      endTimeUnixNano: textOf(endTime),
      events: events.map(({ time, ...event }) => ({
        ...withAttributes(event),
        timeUnixNano: textOf(time),
      })),
      links: links.map(withAttributes),
    };
  }
}

function withAttributes<Native extends NativeAttributes>({ keys, values, ...same }: Native) {
  return { ...same, attributes: modelAttributes(keys, values) };
}

/** The same attributes in the model. */
export function modelAttributes(keys: readonly string[], values: readonly NativeValue[]): KeyValue[] {
  return keys.map((key, index) => ({ key, value: modelOfNative(values[index] ?? {}) }));
}

function textOf([seconds, nanos]: NativeTime): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
}

export function isNativeList(value: NativeValue): value is readonly NativeScalar[] {
  return Array.isArray(value);
}

/** The same value in the model. */
export function modelOfNative(value: NativeValue): AnyValue {
  if (typeof value === 'string') return { stringValue: value.toWellFormed() };
  if (typeof value === 'boolean') return { boolValue: value };
  if (isNativeList(value)) return { arrayValue: { values: value.map(modelOfNative) } };
  if (typeof value !== 'number') return value;
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
