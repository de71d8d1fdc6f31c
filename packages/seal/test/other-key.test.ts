import { describe, expect, test } from '@jest/globals';
import type { Span } from '@spanseal/otlp';
import {
  checkpointRequest,
  createKeyRing,
  createSpanSealer,
  createVerifier,
  type Report,
  type RevokedKeyOptions,
  type SpanSealer,
  type VerifierOptions,
} from '../src/index.js';

const mine = { id: 'key-b', secret: `hex:${'bb'.repeat(32)}` };
const other = { id: 'key-a', secret: `hex:${'aa'.repeat(32)}` };
const startMillis = Date.UTC(2026, 10, 30);
const sealedMillis = startMillis + 7_200_000;

/** Both parts of the stream id are public: whoever has another key can make it again. */
function sealerOf(primary: typeof mine): SpanSealer {
  const keyRing = createKeyRing({ primary });
  return createSpanSealer({ keyRing, startMillis, random: new Uint8Array(12).fill(5), checkpoints: true });
}

function sealedSpan(sealer: SpanSealer, place: number): Span {
  const nanos = `${BigInt(sealedMillis) * 1_000_000n}`;
  const span = {
    traceId: '1'.repeat(32),
    spanId: `${place + 1}`.repeat(16),
    name: 's',
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
  };
  const stringValue = sealer.seal({ span }, sealedMillis);
  return { ...span, attributes: [{ key: 'spanseal.seal', value: { stringValue } }] };
}

const revoked: readonly RevokedKeyOptions[] = [{ ...other, from: startMillis + 3_600_000 }];

function reportOf(
  spans: readonly Span[],
  checkpoints: readonly string[],
  options: Partial<VerifierOptions> = {},
): Report {
  const keyRing = createKeyRing({ primary: mine, revoked });
  const verifier = createVerifier({ keyRing, ...options });
  verifier.add({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  for (const text of checkpoints) verifier.add(checkpointRequest(text));
  return verifier.finish();
}

describe('a checkpoint that another key of the ring made under the id of a stream', () => {
  const honest = sealerOf(mine);
  const spans = [0, 1, 2, 3].map((place) => sealedSpan(honest, place));
  const [end] = honest.checkpoint({ nowMillis: sealedMillis + 1, end: true });
  const forger = sealerOf(other);
  const [forged] = forger.checkpoint({ nowMillis: startMillis + 1_000, end: true });
  const forgedEnd = forged?.text ?? '';
  const ownEnd = end?.text ?? '';

  test('is no end of the stream', () => {
    const { result, streams } = reportOf([spans[0], spans[2]] as Span[], [forgedEnd]);
    expect(result).toBe('tampered');
    expect(streams.map(({ keyId, verdict, ended }) => [keyId, verdict, ended])).toEqual([
      ['key-b', 'fork', undefined],
      ['key-a', 'fork', true],
    ]);
  });

  test('hides no span that is missing', () => {
    const { streams } = reportOf(spans.slice(1), [ownEnd, forgedEnd]);
    expect(streams[0]).toMatchObject({ keyId: 'key-b', missing: [[0, 0]] });
  });

  test('shows beside a whole stream, as somebody has made it', () => {
    const { result, findings } = reportOf(spans, [ownEnd, forgedEnd]);
    expect(result).toBe('tampered');
    expect(findings.map(({ message }) => message)).toContain(
      'the key key-a has sealed under the id of this stream',
    );
  });

  test('does not stand in for a stream that is expected of its key', () => {
    const expectedStreams = [`key-b~${honest.stream}`];
    const { result, findings } = reportOf([], [forgedEnd], { expectedStreams });
    expect(result).toBe('incomplete');
    expect(findings).toEqual([
      {
        verdict: 'missing',
        stream: honest.stream,
        keyId: 'key-b',
        message: 'an expected stream never occurred',
      },
    ]);
    expect(reportOf(spans, [ownEnd], { expectedStreams }).result).toBe('intact');
  });
});

test('an end that spans of its own stream follow is a fork', () => {
  const sealer = sealerOf(mine);
  const early = sealerOf(mine);
  const spans = [0, 1].map((place) => sealedSpan(sealer, place));
  const [end] = early.checkpoint({ nowMillis: sealedMillis, end: true });
  const { streams, findings } = reportOf(spans, [end?.text ?? '']);
  expect(streams[0]?.verdict).toBe('fork');
  expect(findings.map(({ message }) => message)).toEqual(['checkpoint 0 is the end, and spans follow it']);
});

test('a sealer that was made without checkpoints makes none: it does not know which spans it sealed', () => {
  const keyRing = createKeyRing({ primary: mine });
  const sealer = createSpanSealer({ keyRing, startMillis, random: new Uint8Array(12) });
  sealedSpan(sealer, 0);
  expect(sealer.checkpoint({ nowMillis: sealedMillis, end: true })).toEqual([]);
});
