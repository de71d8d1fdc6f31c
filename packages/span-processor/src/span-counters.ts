import type { Counters } from '@spanseal/mask';

/** Names and counts, never a value. All count from the construction of the processor. */
export interface SpanProcessorCounters {
  readonly spans: {
    /** Seen by `onStart`. */
    readonly started: number;
    /** Seen by `onEnd`: with `masked` the coverage pair, equal when every span went through the masker. */
    readonly ended: number;
    /** Went through the masker, whether or not it found anything. */
    readonly masked: number;
    /** Masked down to their structure, because of a sensitive service. Part of `masked`. */
    readonly sensitive: number;
    /** Left with ids, times, kind and a marker only, because masking failed. */
    readonly blanked: number;
    /** Could not leave at all: not even their ids could be read. */
    readonly lost: number;
    /** Running spans of sensitive services that were forgotten as parents, because there were too many at once. */
    readonly evicted: number;
  };
  readonly faults: {
    /** The masker or the span threw. */
    readonly masking: number;
    /** The next processor threw out of a hook. */
    readonly next: number;
    /** A value could not be overwritten in place and may have left. */
    readonly inPlace: number;
  };
  readonly masker: Counters;
}

/** The counts that the processor itself keeps. */
export class SpanCounters {
  readonly spans = { started: 0, ended: 0, masked: 0, sensitive: 0, blanked: 0, lost: 0 };
  readonly faults = { masking: 0, next: 0, inPlace: 0 };
}
