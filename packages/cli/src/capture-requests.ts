import { decodeTraceRequest, parseTraceRequest, type TraceRequest } from '@spanseal/otlp';
import type { Capture } from './capture.js';

/** A key that stands twice is kept: each of the two is masked. */
const readLimits = { duplicateKeys: 'keep' } as const;

/**
 * The requests of a capture, decoded one after the other, as often as they are walked through. What cannot be decoded throws
 * an OtlpError, `ERR_SPANSEAL_OTLP_…`, when it is its turn.
 */
export function readTraceRequests(capture: Capture): Iterable<TraceRequest> {
  const isJson = capture.format === 'json' || capture.format === 'json-lines';
  return {
    *[Symbol.iterator]() {
      for (const bytes of capture.requests) {
        yield isJson ? parseTraceRequest(bytes, readLimits) : decodeTraceRequest(bytes, readLimits);
      }
    },
  };
}
