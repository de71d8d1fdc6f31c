import type { SpanVerdict } from './verdict.js';

const texts: Readonly<Record<SpanVerdict, string>> = {
  valid: 'as it was sealed',
  'valid-core':
    'as it was sealed, but for flags, dropped counts, event order, scope attributes or schema URLs',
  additions: 'attributes were added after sealing',
  changed: 'changed after sealing',
  // One message for every failed MAC: more would help who forges.
  invalid: 'changed after sealing, or forged',
  unsigned: 'carries no seal',
  malformed: 'carries a seal, or content, that no sealer writes',
  'unknown-key': 'sealed with a key that is not on the ring, or whose stream key was not fetched',
  'revoked-key': 'sealed with a key that was revoked at that time',
  'wrong-realm': 'sealed for another realm than that of the ring, or with another secret under this key id',
  'epoch-mismatch': 'the time of the span is not the time of its sealing',
  duplicate: 'the same span again: a retry',
  conflict: 'another span under a seq that is taken',
  replay: 'the same span again, too late for a retry',
  'unsupported-version': 'sealed by a later version of the protocol',
};

/** A verdict in a sentence, without any value of the span. */
export function describeSpanVerdict(verdict: SpanVerdict): string {
  return texts[verdict];
}

/** Of a span that is `changed` in nothing but what its source is known not to keep. */
export const cutText =
  'not as it was sealed, in what this source does not keep: it can be the span that was sealed, and cannot be verified';
