import type { SpanInRequest } from '@spanseal/seal';
import type { StreamExpected, ToldInput, VerdictExpected, VerdictInput } from './implementation.js';
import { type KeyRingInput, plainRing } from './key-ring-input.js';
import { requestInput, requestOf } from './request-input.js';
import type { VectorCase, VectorKind } from './vector-file.js';

export type VerdictCase = VectorCase<VerdictInput, VerdictExpected>;

/** A request as it came, and the verdicts on what is in it. */
export interface VerdictRow {
  readonly id: string;
  readonly kind: VectorKind;
  readonly says: string;
  readonly ring?: KeyRingInput;
  readonly told?: ToldInput;
  readonly items: readonly SpanInRequest[];
  readonly expected: VerdictExpected;
}

export function verdictCase({ id, kind, says, ring, told, items, expected }: VerdictRow): VerdictCase {
  const request = requestInput(requestOf(items));
  const input = { key_ring: ring ?? plainRing, request };
  return { id, kind, says, input: told === undefined ? input : { ...input, told }, expected };
}

/** So many times the same. */
export function times<Item>(count: number, item: Item): readonly Item[] {
  return Array.from({ length: count }, () => item);
}

/** The verdict on a stream; nothing is missing unless it says so. */
export function streamVerdict(
  stream: string,
  verdict: string,
  missing: StreamExpected['missing'] = [],
): StreamExpected {
  return { stream, verdict, missing };
}
