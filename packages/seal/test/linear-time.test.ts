import { describe, expect, test } from '@jest/globals';
import type { Span } from '@spanseal/otlp';
import { parseCheckpoint } from '../src/checkpoint-text.js';
import { createSpanSealer, createVerifier } from '../src/index.js';
import { judgeStream } from '../src/stream-judgement.js';
import { StreamLedger } from '../src/stream-ledger.js';
import { anchored, carrying, reportOn } from './anchored-stream.js';
import { ring, sampleSpan, sealedRequest, sealer, startMillis } from './sealed-request.js';

describe('many streams, checkpoints and attributes', () => {
  const timeOf = (action: () => unknown): number => {
    const start = process.cpuUsage();
    action();
    return process.cpuUsage(start).user / 1e6;
  };

  test('are judged in a time by their number', () => {
    const requests = Array.from({ length: 1500 }, (_, number) => {
      const random12 = new Uint8Array(12);
      new DataView(random12.buffer).setUint32(0, number);
      const by = createSpanSealer({ keyRing: ring(), startMillis, random: random12, checkpoints: true });
      return [
        sealedRequest([sampleSpan(number)], by),
        carrying(by.checkpoint({ nowMillis: startMillis, end: true })),
      ];
    }).flat();
    const verifier = createVerifier({ keyRing: ring() });
    for (const request of requests) verifier.add(request);
    expect(timeOf(() => verifier.finish())).toBeLessThan(3);
  });

  test('do not throw, however many checkpoints a stream has', () => {
    const [made] = anchored().checkpoint({ nowMillis: startMillis });
    const parts = parseCheckpoint(made?.text ?? '');
    if (typeof parts === 'string') throw new Error(parts);
    const ledger = new StreamLedger(made?.stream ?? '', 'k-test');
    for (let number = 0; number < 200_000; number += 1) ledger.anchor({ ...parts, number }, `${number}`);
    const { report } = judgeStream(ledger, {
      ...{ sampled: false, expected: false, traces: new Set<string>() },
      ...{ isAlive: () => false, isRestarted: () => false },
    });
    expect(report).toMatchObject({ checkpoints: 200_000 });
  });

  test('of a resource are looked through once, for all of its spans', () => {
    const [span] = sealedRequest([sampleSpan(0)], anchored()).resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    const attributes = Array.from({ length: 200_000 }, () => ({ key: '' }));
    const spans = Array.from({ length: 3000 }, () => span as Span);
    const request = { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] };
    expect(timeOf(() => reportOn([request]))).toBeLessThan(20);
  });
});

describe('a verifier', () => {
  test('spends a bounded time on additions, however many spans have some', () => {
    const request = sealedRequest(
      Array.from({ length: 400 }, (_, number) => ({
        ...sampleSpan(number),
        attributes: Array.from({ length: 22 }, (_value, at) => ({ key: `a${at}`, value: { intValue: '1' } })),
      })),
      sealer(),
    );
    for (const span of request.resourceSpans[0]?.scopeSpans[0]?.spans ?? []) {
      for (const key of ['b', 'c', 'd']) span.attributes?.unshift({ key, value: { intValue: '1' } });
    }
    const start = process.cpuUsage();
    const { spans } = reportOn([request]);
    expect((spans.additions ?? 0) + spans.changed).toBe(400);
    expect(spans.changed).toBeGreaterThan(0);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(20);
  });

  test('takes linear time for many spans of one large resource and scope', () => {
    const large = { attributes: [{ key: 'service.name', value: { stringValue: 'x'.repeat(1_000_000) } }] };
    const scope = { name: 'y'.repeat(1_000_000) };
    const by = sealer();
    const spans = Array.from({ length: 300 }, (_, index) => {
      const span = sampleSpan(index);
      const seal = by.seal({ span, scope, resource: large }, startMillis);
      return {
        ...span,
        attributes: [...(span.attributes ?? []), { key: 'spanseal.seal', value: { stringValue: seal } }],
      };
    });
    const started = process.cpuUsage();
    expect(
      reportOn([{ resourceSpans: [{ resource: large, scopeSpans: [{ scope, spans }] }] }]).spans.valid,
    ).toBe(300);
    // Hashing both for each span would take 600 MB through the hash, and some seconds.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1500);
  });
});
