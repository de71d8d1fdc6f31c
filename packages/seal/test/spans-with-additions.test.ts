import { describe, expect, test } from '@jest/globals';
import type { Span, TraceRequest } from '@spanseal/otlp';
import { createKeyRing, createSpanSealer, type Report } from '../src/index.js';
import { anchored, carrying, numbers, only, verify } from './anchored-stream.js';
import {
  otherSecret,
  ring,
  sampleSpan,
  sealedRequest,
  sealer,
  secret,
  startMillis,
} from './sealed-request.js';

/** The request with an attribute more on the spans with these places, or on all. */
function withMore(request: TraceRequest, places?: readonly number[]): TraceRequest {
  const copy = structuredClone(request);
  const spans = copy.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
  for (const [place, { attributes }] of spans.entries()) {
    if (places === undefined || places.includes(place))
      attributes?.unshift({ key: 'k8s.pod.name', value: { stringValue: 'web-1' } });
  }
  return copy;
}

const three = (): TraceRequest => sealedRequest(numbers(3), sealer());

describe('a span with attributes more than were sealed', () => {
  test('is in its stream, which is complete', () => {
    const report = verify([withMore(three(), [1])]);
    expect(report).toMatchObject({ result: 'tampered', spans: { total: 3, valid: 2, additions: 1 } });
    expect(report.streams).toMatchObject([{ verdict: 'complete', spans: 3, missing: [] }]);
    expect(report.findings).toMatchObject([{ verdict: 'additions', seq: 1, added: ['k8s.pod.name'] }]);
  });

  test('is one of those that a checkpoint tells of', () => {
    const by = anchored();
    const spans = sealedRequest(numbers(3), by);
    const anchor = carrying(by.checkpoint({ nowMillis: startMillis + 2_000, end: true }));
    const { streams } = verify([withMore(spans), anchor]);
    expect(streams).toMatchObject([{ verdict: 'complete', missing: [] }]);
  });

  test('tells of the seqs below its own', () => {
    const last = only(withMore(three()), (number) => number === 2);
    expect(verify([last]).streams).toMatchObject([{ verdict: 'missing', missing: [[0, 1]] }]);
  });

  test('stays one with additions when it comes again, and its whole copy is a duplicate', () => {
    const request = three();
    const more = withMore(request, [0]);
    expect(verify([request, more]).spans).toMatchObject({ valid: 3, additions: 1, duplicate: 2 });
    expect(verify([more, request]).spans).toMatchObject({ valid: 2, additions: 1, duplicate: 3 });
    expect(verify([more, more]).spans).toMatchObject({ valid: 2, additions: 2, duplicate: 2 });
  });

  test('is a conflict where another span has its seq', () => {
    const twin = (span: Span): TraceRequest =>
      sealedRequest([span], createSpanSealer({ keyRing: ring(), startMillis, random: new Uint8Array(12) }));
    const [one, other] = [twin(sampleSpan(0)), twin(sampleSpan(5))];
    expect(verify([one, withMore(other)]).spans).toMatchObject({ valid: 1, conflict: 1 });
    expect(verify([withMore(one), other]).spans).toMatchObject({ additions: 1, conflict: 1 });
  });

  test('is of a revoked key all the same, and in no stream', () => {
    const at = (from: number): Report => {
      const keyRing = createKeyRing({
        realm: 'acme/production',
        primary: { id: 'k2', secret: otherSecret },
        revoked: [{ id: 'k-test', secret, from }],
      });
      return verify([withMore(three())], { keyRing });
    };
    const report = at(startMillis);
    expect(report.spans).toMatchObject({ total: 3, 'revoked-key': 3 });
    expect(report.spans.additions).toBeUndefined();
    expect(report.streams).toEqual([]);
    expect(at(startMillis + 300_000).spans).toMatchObject({ additions: 3 });
  });

  test('is of another time all the same, where late spans are refused', () => {
    const late = { ...sampleSpan(), endTimeUnixNano: '1000000000000000000' };
    const request = withMore(sealedRequest([late], sealer()));
    const refused = verify([request], { refuseLate: true });
    expect(refused.spans).toMatchObject({ total: 1, 'epoch-mismatch': 1 });
    expect(refused.streams).toEqual([]);
    expect(verify([request]).spans).toMatchObject({ additions: 1 });
  });
});
