import { expect } from '@jest/globals';
import type { Span, TraceRequest } from '@spanseal/otlp';
import {
  type Checkpoint,
  createSpanSealer,
  createVerifier,
  type Loss,
  type Report,
  type SpanSealer,
  type VerifierOptions,
} from '../src/index.js';
import { protobuf, resource, ring, sampleSpan, sealedRequest, startMillis } from './sealed-request.js';

/** The scope of checkpoints. */
export const scope = { name: '@spanseal/otlp-exporter' };
const random = (fill: number): Uint8Array => new Uint8Array(12).fill(fill);

/** A sealer that makes checkpoints. Two with one `fill` have one stream. */
export const anchored = (fill = 7, start = startMillis): SpanSealer =>
  createSpanSealer({ keyRing: ring(), startMillis: start, random: random(fill), checkpoints: true });

/** A request with a span for each checkpoint. */
export function carrying(checkpoints: readonly Checkpoint[], change: Partial<Span> = {}): TraceRequest {
  const spans = checkpoints.map(({ text }): Span => {
    const attributes = [{ key: 'spanseal.checkpoint', value: { stringValue: text } }];
    return {
      traceId: 'ab'.repeat(16),
      spanId: 'cd'.repeat(8),
      name: 'spanseal.checkpoint',
      attributes,
      ...change,
    };
  });
  return { resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] };
}

/** What a verifier reports on requests. */
export function reportOn(
  requests: readonly (TraceRequest | Uint8Array)[],
  options: Partial<VerifierOptions> = {},
): Report {
  const verifier = createVerifier({ keyRing: ring(), ...options });
  for (const request of requests) verifier.add(request);
  return verifier.finish();
}

/** What it reports on them as objects and as bytes, which it reads in another way. */
export function verify(requests: readonly TraceRequest[], options: Partial<VerifierOptions> = {}): Report {
  const report = reportOn(requests, options);
  expect(reportOn(requests.map(protobuf), options)).toEqual(report);
  return report;
}

/** The request without the spans whose numbers do not pass. */
export function only(request: TraceRequest, keeps: (number: number) => boolean): TraceRequest {
  const copy = structuredClone(request);
  const scoped = copy.resourceSpans[0]?.scopeSpans[0];
  if (scoped !== undefined)
    scoped.spans = scoped.spans.filter(({ traceId = '' }) => keeps(Number.parseInt(traceId, 16) - 1));
  return copy;
}

/** As most spans are: no events, no links, plain values. From bytes, a verifier does not take such a span apart. */
export function plainSpan(number: number): Span {
  const { events: _, links: __, attributes = [], ...span } = sampleSpan(number);
  const plain = attributes.filter(({ value }) => !value?.arrayValue && value?.bytesValue === undefined);
  return { ...span, attributes: plain, status: { code: 2 } };
}

/** Spans with these numbers, every other one of them plain. */
export const numbers = (count: number, from = 0): Span[] =>
  Array.from({ length: count }, (_, at) => (at % 2 === 1 ? plainSpan(from + at) : sampleSpan(from + at)));

interface Ending {
  readonly losses?: readonly Loss[];
  readonly end?: boolean;
}

/** Five spans and their checkpoint. */
export function five({ losses = [], end = true }: Ending = {}): {
  spans: TraceRequest;
  last: readonly Checkpoint[];
} {
  const by = anchored();
  const spans = sealedRequest(numbers(5), by);
  return { spans, last: by.checkpoint({ nowMillis: startMillis + 2000, losses, end }) };
}
