import type { SpanVerdict, StreamVerdict, Weight } from './verdict.js';

/** What a verifier found: plain data, ready for JSON. It holds ids and counts, never an attribute value. */
export interface Report {
  /** `tampered` when any finding proves a change, a forgery or a replay; `incomplete` when spans are missing, unsigned or cannot be verified; else `intact`. */
  result: Weight;
  spans: SpanCounts;
  streams: StreamReport[];
  /** In the order in which they were found; at most 10,000 of spans and requests. */
  findings: Finding[];
  /** How many findings more there were, when there were more. The counts in `spans` have them all. */
  findingsOmitted?: number;
}

/** Spans by verdict. Every verdict that occurred has a member; `valid`, `invalid` and `changed` are always there. */
export type SpanCounts = { total: number; valid: number; invalid: number; changed: number } & {
  [verdict in SpanVerdict]?: number;
};

export interface StreamReport {
  /** Id of the stream, as it stands in the seals. */
  stream: string;
  keyId: string;
  verdict: StreamVerdict;
  /** Different spans of the stream that verified. */
  spans: number;
  /** True for a stream that has no end yet and may go on: what it will say, nobody knows. */
  open?: true;
  /** Ranges of seqs that are not there, each [from, to], both included, without those below. */
  missing: [number, number][];
  /** Those of which the sealer itself said that they may not have arrived, when there are any. */
  declared?: [number, number][];
  /** Those of traces of which no span is there, when the pipeline is said to drop whole traces. */
  sampled?: [number, number][];
  /** Spans that ended and were never sealed, as far as the sealer itself said, when there are any. */
  unsealed?: number;
  /** Different checkpoints of the stream that verified, when there are any. */
  checkpoints?: number;
  /** When the stream began, in milliseconds since the Unix epoch; whole seconds. */
  startMillis: number;
  /**
   * Its last sign of life, in milliseconds since the Unix epoch: the time of its last checkpoint, or the beginning of the epoch
   * (300 seconds) of its last span, whichever is later.
   */
  lastMillis: number;
  /** True for a stream whose last checkpoint says that nothing comes after it. */
  ended?: true;
  /** When what is not there was sealed, when there is any: at most one gap of each kind between two checkpoints. */
  gaps?: StreamGap[];
}

/** What is not there of a stream between two of its checkpoints. */
export interface StreamGap {
  /** The member of the stream that has the seqs, or `checkpoints` for checkpoints that are not there themselves. */
  kind: 'missing' | 'declared' | 'sampled' | 'checkpoints';
  /** The lowest and the highest of the seqs; of checkpoints, their numbers. What lies between can be there. */
  first: number;
  last: number;
  /** How many are not there. */
  count: number;
  /** Between which times they were sealed, in milliseconds since the Unix epoch, as the checkpoints around them say. */
  fromMillis: number;
  toMillis: number;
}

export interface Finding {
  verdict: SpanVerdict | StreamVerdict;
  stream?: string;
  seq?: number;
  /** Of a key that is not on the ring. */
  keyId?: string;
  traceId?: string;
  spanId?: string;
  /** The changed section, or several with commas between, where they can be told: `span`, `attributes`, `events`, `links`, `origin`. */
  section?: string;
  /** Nothing differs but what the source is known not to keep: the span cannot be verified, and no change is proven. */
  cut?: true;
  /** The input that could not be read. */
  source?: string;
  /** Keys of the attributes that were added, each at most 100 characters, control characters as in JSON. */
  added?: string[];
  message: string;
}
