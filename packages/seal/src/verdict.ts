/** What a verifier can say of a span: a closed set, never a boolean. */
export type SpanVerdict =
  /** Everything that the seal covers is as it was sealed. */
  | 'valid'
  /** The core is as it was sealed; flags, dropped counts, event order, scope attributes or schema URLs are not. */
  | 'valid-core'
  /** Intact but for attributes that were added. */
  | 'additions'
  /** Changed, in a section that can be named. */
  | 'changed'
  /** The MAC does not hold: changed or forged, and a MAC alone cannot say which. */
  | 'invalid'
  /** No seal. */
  | 'unsigned'
  /** A seal that nobody of this version writes, or content that cannot be decoded. */
  | 'malformed'
  /** Sealed with a key that is not on the ring. */
  | 'unknown-key'
  /** Sealed with a key at or after the time of its revocation. */
  | 'revoked-key'
  /** Sealed for another tenant or environment. */
  | 'wrong-realm'
  /** The MAC holds, but the span's own time lies outside the epoch that it was sealed in. */
  | 'epoch-mismatch'
  /** The same span again: a retry. */
  | 'duplicate'
  /** Another span under a seq that is already taken. */
  | 'conflict'
  /** The same span again, too late for a retry. */
  | 'replay'
  /** A seal of a later protocol. */
  | 'unsupported-version';

/** What a verifier can say of a stream. */
export type StreamVerdict =
  | 'complete'
  /** The sealer itself said that spans may not have arrived. */
  | 'declared-loss'
  /** Whole traces are not there, and the pipeline is said to drop such. */
  | 'sampled-or-deleted'
  /** Spans or checkpoints are not there. */
  | 'missing'
  /** Without an end. */
  | 'truncated'
  /** An expected stream has not been heard of for two epochs. */
  | 'stale'
  /** Two histories of one stream: only a holder of the key can make them. */
  | 'fork'
  /** Without an end, but another stream of the same service began later. */
  | 'restart';

/** What a verdict means for the whole. */
export type Weight = 'intact' | 'tampered' | 'incomplete';

const weights: Readonly<Record<SpanVerdict, Weight>> = {
  valid: 'intact',
  'valid-core': 'intact',
  duplicate: 'intact',
  additions: 'tampered',
  changed: 'tampered',
  invalid: 'tampered',
  malformed: 'tampered',
  'revoked-key': 'tampered',
  'wrong-realm': 'tampered',
  'epoch-mismatch': 'tampered',
  conflict: 'tampered',
  replay: 'tampered',
  unsigned: 'incomplete',
  'unknown-key': 'incomplete',
  'unsupported-version': 'incomplete',
};

const streamWeights: Readonly<Record<StreamVerdict, Weight>> = {
  complete: 'intact',
  'declared-loss': 'intact',
  'sampled-or-deleted': 'intact',
  missing: 'incomplete',
  truncated: 'incomplete',
  stale: 'incomplete',
  restart: 'incomplete',
  fork: 'tampered',
};

/** What a stream verdict proves: two histories are `tampered`; what is not there unsaid is `incomplete`. */
export function streamWeightOf(verdict: StreamVerdict): Weight {
  return streamWeights[verdict];
}

/** What a span verdict proves: a change, a forgery or a replay is `tampered`; what cannot be verified is `incomplete`. */
export function weightOf(verdict: SpanVerdict): Weight {
  return weights[verdict];
}
