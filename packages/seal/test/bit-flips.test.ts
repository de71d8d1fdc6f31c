import { describe, expect, test } from '@jest/globals';
import { createVerifier } from '../src/index.js';
import { protobuf, ring, sampleSpan, sealedRequest, sealer } from './sealed-request.js';

/** Tag of `spans` in a ScopeSpans message. */
const spansTag = 0x12;

/** The range of the only span's bytes in a request: walks resource_spans, scope_spans, spans. */
function spanRange(bytes: Uint8Array): [number, number] {
  const text = Buffer.from(bytes);
  const traceId = text.indexOf(Buffer.from('0a10', 'hex'), 20);
  const end = bytes.length;
  expect(traceId).toBeGreaterThan(0);
  expect(text.subarray(0, traceId).includes(spansTag)).toBe(true);
  return [traceId, end];
}

describe.each([0, 1, 2])('a sealed span (%i)', (number) => {
  test('is valid, and is not with any single bit of its bytes flipped', () => {
    const bytes = protobuf(sealedRequest([sampleSpan(number)], sealer()));
    const verdict = (content: Uint8Array) => {
      const verifier = createVerifier({ keyRing: ring() });
      verifier.add(content);
      return verifier.finish();
    };
    expect(verdict(bytes).spans.valid).toBe(1);
    const [from, to] = spanRange(bytes);
    const accepted: string[] = [];
    for (let at = from; at < to; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = Uint8Array.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        const { spans } = verdict(flipped);
        if (spans.valid > 0) accepted.push(`byte ${at - from} bit ${bit}`);
      }
    }
    expect(accepted).toEqual([]);
    expect(to - from).toBeGreaterThan(400);
  });
});
