import { type BatchFormat, createBatchVerifier } from '@spanseal/seal';
import { batchHeaderRows } from './batch-headers.js';
import { batchSequenceRows } from './batch-sequences.js';
import { type BatchSteps, batchSteps } from './batch-steps.js';
import { bytesOf } from './hex.js';
import { type KeyRingInput, keyRingOf, plainRing } from './key-ring-input.js';
import type { VectorCase, VectorFile, VectorKind } from './vector-file.js';

/** One request as it came. */
export interface ReceivedInput {
  /** The values of `spanseal-batch`. */
  readonly headers: readonly string[];
  /** In hexadecimal, without any content coding. */
  readonly body: string;
  readonly format: BatchFormat;
  readonly now_millis: number;
}

export interface BatchVectorInput {
  readonly key_ring: KeyRingInput;
  readonly told?: { readonly max_age_millis: number };
  /** By one receiver, in this order. */
  readonly received: readonly ReceivedInput[];
}

/** The verdict on one request, with the steps to its MAC where it is `valid`. */
export interface BatchExpected {
  readonly verdict: string;
  readonly steps?: BatchSteps;
}

export interface BatchVectorExpected {
  readonly batches: readonly BatchExpected[];
}

/** What came, and the verdicts on it. */
export interface BatchRow {
  readonly id: string;
  readonly kind: VectorKind;
  readonly says: string;
  /** Default: the plain ring. */
  readonly ring?: KeyRingInput;
  readonly maxAgeMillis?: number;
  readonly received: readonly ReceivedInput[];
  readonly verdicts: readonly string[];
  /** Of an advisory row. */
  readonly orElse?: readonly (readonly string[])[];
}

export function batchVectors(): VectorFile {
  return {
    topic: 'batch',
    about:
      'Requests that one receiver gets, in this order, each with the values of its header spanseal-batch, and the verdict on each. steps are how the MAC of one that is valid comes about: message is what it is over.',
    cases: [...batchHeaderRows(), ...batchSequenceRows()].map(caseOf),
  };
}

/** What the receiver of this implementation says of each request. */
export function batchVerdicts({ key_ring, told, received }: BatchVectorInput): BatchVectorExpected {
  const verifier = createBatchVerifier({
    keyRing: keyRingOf(key_ring),
    ...(told === undefined ? {} : { maxAgeMillis: told.max_age_millis }),
  });
  const verdicts = received.map(({ headers, body, format, now_millis }) => {
    const given = { header: headers, body: bytesOf(body), format, nowMillis: now_millis };
    return verifier.check(given).verdict;
  });
  return expectedOf({ key_ring, received }, verdicts);
}

function caseOf(row: BatchRow): VectorCase<BatchVectorInput, BatchVectorExpected> {
  const { id, kind, says, received, maxAgeMillis, orElse } = row;
  const key_ring = row.ring ?? plainRing;
  const told = maxAgeMillis === undefined ? {} : { told: { max_age_millis: maxAgeMillis } };
  const input = { key_ring, ...told, received };
  const made = { id, kind, says, input, expected: expectedOf(input, row.verdicts) };
  return orElse === undefined
    ? made
    : { ...made, orElse: orElse.map((verdicts) => expectedOf(input, verdicts)) };
}

function expectedOf(
  { key_ring, received }: BatchVectorInput,
  verdicts: readonly string[],
): BatchVectorExpected {
  const batches = received.map(({ headers: [text = ''], body, format }, place) => {
    const verdict = verdicts[place] ?? 'none';
    const key = key_ring.keys.find(({ id }) => id === text.split('~')[1]);
    if (verdict !== 'valid' || key === undefined) return { verdict };
    return { verdict, steps: batchSteps({ text, body, format }, { key, realm: key_ring.realm }) };
  });
  return { batches };
}
