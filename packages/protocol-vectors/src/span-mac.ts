import { decoded, type SpanExpected, type VerdictInput, verdictsOf } from './implementation.js';
import { plainRing } from './key-ring-input.js';
import { itemsOf, requestInput, requestOf } from './request-input.js';
import { ambiguousSpanMacs } from './span-mac-ambiguous.js';
import { negativeSpanMacs } from './span-mac-negative.js';
import { positiveSpanMacs, type SpanMacRow } from './span-mac-positive.js';
import { type SpanSteps, sealTextOf, spanSteps } from './span-steps.js';
import type { VectorCase, VectorFile } from './vector-file.js';

/** The verdict on the one span of a request, with the steps to its MAC where the MAC holds. */
export type SpanMacExpected = SpanExpected & { readonly steps?: SpanSteps };

export function spanMacVectors(): VectorFile {
  return {
    topic: 'span-mac',
    about:
      'One sealed span each, and the verdict on it by itself. steps are how its MAC comes about, where it holds: seal is the text of the seal, part by part; message is what the MAC is over.',
    cases: [
      ...positiveSpanMacs().map(caseOf),
      ...negativeSpanMacs().map(caseOf),
      ...ambiguousSpanMacs().map(caseOf),
    ],
  };
}

/** What this implementation says to a request with one span. */
export function spanMacOf(input: VerdictInput): SpanMacExpected {
  const verdict = verdictsOf(input).spans[0] ?? { verdict: 'none' };
  return withSteps(input, verdict);
}

function caseOf({
  id,
  kind,
  says,
  item,
  expected,
  ...row
}: SpanMacRow): VectorCase<VerdictInput, SpanMacExpected> {
  const key_ring = row.ring ?? plainRing;
  const input = { key_ring, request: requestInput(requestOf([item])) };
  const head = { id, kind, says, input, expected: withSteps(input, expected) };
  return row.orElse === undefined ? head : { ...head, orElse: row.orElse };
}

function withSteps(input: VerdictInput, verdict: SpanExpected): SpanMacExpected {
  if (verdict.verdict !== 'valid' && verdict.verdict !== 'valid-core') return verdict;
  const [item] = itemsOf(decoded(input.request));
  if (item === undefined) return verdict;
  const keyId = sealTextOf(item).split('~')[1];
  const key = input.key_ring.keys.find(({ id }) => id === keyId);
  if (key === undefined) return verdict;
  return { ...verdict, steps: spanSteps(item, { key, realm: input.key_ring.realm }) };
}
