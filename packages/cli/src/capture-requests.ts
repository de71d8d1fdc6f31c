import { decodeTraceRequest, parseTraceRequest, type TraceRequest } from '@spanseal/otlp';
import type { Capture } from './capture.js';
import { placed } from './placed-error.js';

/** A key that stands twice is kept: each of the two is masked. */
const readLimits = { duplicateKeys: 'keep' } as const;

/**
 * The requests of a capture, decoded one after the other, as often as they are walked through. What cannot be decoded throws
 * an error with the code of the OtlpError, `ERR_SPANSEAL_OTLP_…`, when it is its turn; it names the file, and the request in it.
 */
export function readTraceRequests(capture: Capture): Iterable<TraceRequest> {
  const isJson = capture.format === 'json' || capture.format === 'json-lines';
  const isOne = capture.format === 'json' || capture.format === 'protobuf';
  return {
    *[Symbol.iterator]() {
      let count = 0;
      for (const bytes of capture.requests) {
        count += 1;
        const place = isOne ? capture.path : `${capture.path}, request ${count}`;
        yield decoded(place, () =>
          isJson ? parseTraceRequest(bytes, readLimits) : decodeTraceRequest(bytes, readLimits),
        );
      }
    },
  };
}

function decoded(place: string, decode: () => TraceRequest): TraceRequest {
  try {
    return decode();
  } catch (error) {
    throw placed(error, (path) => (path === '' ? place : `${place}: ${path}`));
  }
}
