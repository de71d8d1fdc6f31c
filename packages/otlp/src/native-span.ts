import { lendOutput } from './encode.js';
import { orOtlpError } from './fault.js';
import type { SpanMarks } from './field-output.js';
import type { AnyValue, KeyValue, Span, SpanEvent, SpanLink } from './model.js';
import { writeNativeSpan } from './native-span-writer.js';

/** Well-formed text, a safe integer, a finite number that is no integer, true, false; all other values as the model has them. */
export type NativeValue = string | number | boolean | AnyValue;

/** Whole seconds since 1970 and nanoseconds, of 64 bits together. */
export type NativeTime = readonly [seconds: number, nanos: number];

/** A span in JavaScript's own values. All texts are well-formed. */
export interface NativeSpanParts {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startTime: NativeTime;
  readonly endTime: NativeTime;
  /** Of the attributes, each once, without the seal. */
  readonly keys: readonly string[];
  readonly values: readonly NativeValue[];
  readonly droppedAttributesCount: number;
  readonly events: readonly SpanEvent[];
  readonly droppedEventsCount: number;
  readonly links: readonly SpanLink[];
  readonly droppedLinksCount: number;
  readonly status: { readonly code: number; readonly message: string };
  readonly flags: number;
}

/**
 * A span that is on its way out, written from the values that an SDK has: making a model of it first costs as much as writing it.
 * Its maker answers for what {@link NativeSpanParts} asks: what an object of the model would be refused for is not looked at again.
 */
export class NativeSpan {
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
    return lendOutput('core', (out) => {
      orOtlpError(() => {
        out.need(room);
        out.at = room;
        writeNativeSpan(out, this.parts);
      });
      return use(out.bytes.subarray(0, out.at), out.marks);
    });
  }

  /** The same span in the model. */
  toModel(): Span {
    const { startTime, endTime, keys, values, events, links, ...same } = this.parts;
    return {
      ...same,
      startTimeUnixNano: textOf(startTime),
      endTimeUnixNano: textOf(endTime),
      attributes: keys.map((key, index): KeyValue => ({ key, value: modelOfNative(values[index] ?? {}) })),
      events: [...events],
      links: [...links],
    };
  }
}

function textOf([seconds, nanos]: NativeTime): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
}

/** The same value in the model. */
export function modelOfNative(value: NativeValue): AnyValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value !== 'number') return value;
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
