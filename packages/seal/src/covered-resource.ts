import { type AnyValue, canonicalAnyValue, type KeyValue, OtlpError } from '@spanseal/otlp';
import { formOrFault } from './form-or-fault.js';
import type { FramePart } from './frame.js';

/**
 * The resource attributes that a seal covers, in the order of their bits. A seal says which of them were present, and
 * none of those can be changed, removed or doubled unseen (the covered components of RFC 9421 §2). One that was absent
 * can be added by a pipeline like any other key: what tells environments apart is the realm. Rows are only ever added
 * at the end.
 */
export const coveredResourceKeys: readonly string[] = [
  'service.name',
  'service.namespace',
  'service.instance.id',
  'service.version',
  'deployment.environment.name',
  'telemetry.sdk.name',
  'telemetry.sdk.language',
  'telemetry.sdk.version',
];

/** The first bits of a seal's marks are not covered keys: see `lateMark` and `anchoredMark`. */
function bitOf(index: number): number {
  return 4 << index;
}

/** What of a resource seals can cover. Made once for each: a resource is as long as whoever sent it likes, and has many spans. */
export interface CoveredResource {
  /** Bit set of the covered keys that are there. */
  readonly bits: number;
  /** Whether one of them stands twice: readers differ in which of the two they see. */
  readonly isRepeated: boolean;
  /** The canonical value of each covered key, in the order of their bits, or why it has none. */
  readonly values: readonly (Uint8Array | OtlpError)[];
  /** Bytes of all values. */
  readonly length: number;
}

export function coveredResource(attributes: readonly KeyValue[]): CoveredResource {
  const found = new Map<string, AnyValue | undefined>();
  let isRepeated = false;
  for (const { key, value } of attributes) {
    if (!coveredResourceKeys.includes(key)) continue;
    if (found.has(key)) isRepeated = true;
    else found.set(key, value);
  }
  const values = coveredResourceKeys.map((key) => formOrFault(() => canonicalAnyValue(found.get(key))));
  return {
    bits: coveredResourceKeys.reduce((bits, key, index) => (found.has(key) ? bits | bitOf(index) : bits), 0),
    isRepeated,
    values,
    length: values.reduce((sum, value) => (value instanceof OtlpError ? sum : sum + value.length), 0),
  };
}

/**
 * The keys of a bit set with their values, as parts of a frame. A key that is not there any more has the empty value,
 * so its removal changes the MAC.
 *
 * @throws OtlpError for a value without a canonical form.
 */
export function coveredParts({ values }: CoveredResource, bits: number): FramePart[] {
  return coveredResourceKeys.flatMap((key, index): FramePart[] => {
    if (!(bits & bitOf(index))) return [];
    const value = values[index] ?? new Uint8Array();
    if (value instanceof OtlpError) throw value;
    return [key, value];
  });
}
