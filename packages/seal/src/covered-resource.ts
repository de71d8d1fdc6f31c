import { canonicalAnyValue, type KeyValue } from '@spanseal/otlp';
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

/** Bit set of the covered keys that stand in these attributes. */
export function coveredBitsOf(attributes: readonly KeyValue[]): number {
  const present = new Set(attributes.map(({ key }) => key));
  return coveredResourceKeys.reduce((bits, key, index) => (present.has(key) ? bits | bitOf(index) : bits), 0);
}

/**
 * The keys of a bit set with their values, as parts of a frame. A key that is not there any more has the empty value,
 * so its removal changes the MAC.
 */
export function coveredParts(attributes: readonly KeyValue[], bits: number): FramePart[] {
  return coveredResourceKeys.flatMap((key, index): FramePart[] => {
    if (!(bits & bitOf(index))) return [];
    const value = attributes.find((attribute) => attribute.key === key)?.value;
    return [key, canonicalAnyValue(value ?? {})];
  });
}

/** Whether a covered key stands twice: readers differ in which of the two they see. */
export function repeatsCoveredKey(attributes: readonly KeyValue[]): boolean {
  const seen = new Set<string>();
  for (const { key } of attributes) {
    if (!coveredResourceKeys.includes(key)) continue;
    if (seen.has(key)) return true;
    seen.add(key);
  }
  return false;
}
