import { lendOutput, withOutput } from './encode.js';
import { orOtlpError } from './fault.js';
import type { FieldOutput, Form, SpanMarks } from './field-output.js';
import type { AnyValue, KeyValue, Resource, Scope, Span } from './model.js';
import { writeResource, writeScope } from './request-writer.js';
import { writeSpan } from './span-writer.js';
import { writeAnyValue, writeKeyValues } from './value-writer.js';

/**
 * The canonical bytes of a span: the OTLP Span message without the attribute `spanseal.seal`, written so that all
 * that a Collector changes by itself is void. Fields stand in number order and defaults are omitted; attributes and
 * maps are sorted by their keys' UTF-8 bytes at every level, arrays, events and links keep their order. Every NaN is
 * 7ff8000000000000, −0 is 0; a KeyValue without a value has an empty one, a span without a status an empty one; an
 * id of all zeros is left out like an absent one.
 *
 * @throws {OtlpError} DUPLICATE_KEY when one list has a key twice (the seal included); else the codes of
 * {@link encodeTraceRequest}. Paths start at the span.
 */
export function canonicalSpan(span: Span): Uint8Array {
  return canonical('exact', (out) => writeSpan(out, span));
}

/**
 * The canonical bytes of what every store keeps of a span: as {@link canonicalSpan}, without flags and dropped counts
 * of the span, its events and its links, and with the events as a set, sorted by their bytes.
 *
 * @throws {OtlpError} as {@link canonicalSpan}.
 */
export function canonicalCoreSpan(span: Span): Uint8Array {
  return canonical('core', (out) => writeSpan(out, span));
}

/**
 * Lends the bytes of {@link canonicalCoreSpan} to `use`, behind `room` bytes that are free to be written: a MAC needs them once,
 * and a copy costs as much as writing them. They are gone when `use` returns.
 *
 * @throws {OtlpError} as {@link canonicalSpan}.
 */
export function withCanonicalCoreSpan<T>(span: Span, room: number, use: UseOfCore<T>): T {
  return lendOutput('core', (out) => {
    orOtlpError(() => {
      out.need(room);
      out.at = room;
      writeSpan(out, span);
    });
    return use(out.lend(), out.marks);
  });
}

/** What is done with a core form while it is lent. The marks count from its first byte, behind the free ones. */
export type UseOfCore<T> = (bytes: Buffer, marks: Readonly<SpanMarks>) => T;

/**
 * The canonical bytes of an InstrumentationScope message; no bytes for an absent or empty one.
 *
 * @throws {OtlpError} as {@link canonicalSpan}; paths start at the scope.
 */
export function canonicalScope(scope: Scope | undefined): Uint8Array {
  return canonical('exact', (out) => writeScope(out, scope ?? {}));
}

/**
 * The canonical bytes of a Resource message, entity references included; no bytes for an absent or empty one.
 *
 * @throws {OtlpError} as {@link canonicalSpan}; paths start at the resource.
 */
export function canonicalResource(resource: Resource | undefined): Uint8Array {
  return canonical('exact', (out) => writeResource(out, resource ?? {}));
}

/**
 * The canonical bytes of an AnyValue message; no bytes for an absent or empty one. They hold no length of their own:
 * whoever joins several of them writes lengths in front.
 *
 * @throws {OtlpError} as {@link canonicalSpan}; paths start at the value.
 */
export function canonicalAnyValue(value: AnyValue | undefined): Uint8Array {
  const bytes = canonical('exact', (out) => writeAnyValue(out, value ?? {}, 0));
  return withoutLength(bytes);
}

/**
 * The canonical bytes of a KeyValueList message: for each KeyValue, in the order of their keys, `0a`, its length, its
 * bytes. No key is left out.
 *
 * @throws {OtlpError} as {@link canonicalSpan}; paths start with `values`.
 */
export function canonicalKeyValues(list: readonly KeyValue[]): Uint8Array {
  return canonical('exact', (out) => writeKeyValues(out, list, { name: 'values', tag: 0x0a, depth: 0 }));
}

function canonical(form: Form, write: (out: FieldOutput) => void): Uint8Array {
  return orOtlpError(() => withOutput(write, form));
}

/** Drops the varint in front of a message. */
function withoutLength(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while ((bytes[start] ?? 0) > 127) start++;
  return bytes.subarray(start + 1);
}
