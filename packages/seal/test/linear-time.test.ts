import { describe, expect, test } from '@jest/globals';
import type { Resource, Span } from '@spanseal/otlp';
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
      ...{ sampled: false, expected: false, otherKeys: [], traces: new Set<string>() },
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

  const service = (stringValue: string) => ({ key: 'service.name', value: { stringValue } });
  test.each<[string, Around]>([
    ['a long name of the service', { resource: { attributes: [service('x'.repeat(4_000_000))] } }],
    ['many attributes', { resource: { attributes: Array.from({ length: 600_000 }, () => ({ key: '' })) } }],
    ['a name of the service without a form', { resource: { attributes: [twice(200_000)] } }],
    ['a long schema URL', { resourceSchemaUrl: 'x'.repeat(4_000_000) }],
  ])('takes linear time for many scopes of a resource with %s', (_, { resource, resourceSchemaUrl }) => {
    const spans = sealedRequest([sampleSpan(0)], sealer()).resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    const scopeSpans = Array.from({ length: 1500 }, () => ({ scope: { version: '1' }, spans }));
    const request = {
      resourceSpans: [
        {
          ...(resource && { resource }),
          ...(resourceSchemaUrl && { schemaUrl: resourceSchemaUrl }),
          scopeSpans,
        },
      ],
    };
    const started = process.cpuUsage();
    expect(reportOn([request]).spans).toMatchObject({ total: 1500, valid: 0 });
    // Hashing 4 MB for each scope takes ten seconds and more.
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(3);
  });

  test('takes linear time for many spans of a scope whose attributes have no form', () => {
    const request = sealedRequest([sampleSpan(0)], sealer());
    const [group] = request.resourceSpans[0]?.scopeSpans ?? [];
    Object.assign(group ?? {}, {
      scope: { ...group?.scope, attributes: twice(200_000).value.kvlistValue.values },
      spans: Array.from({ length: 1500 }, () => group?.spans[0]),
    });
    const started = process.cpuUsage();
    expect(reportOn([request]).spans).toMatchObject({ malformed: 1500 });
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(3);
  });
});

interface Around {
  readonly resource?: Resource;
  readonly resourceSchemaUrl?: string;
}

/** A value without a canonical form, which shows at its end. */
function twice(length: number) {
  const values = Array.from({ length }, (_, at) => ({ key: `${at % (length - 1)}` }));
  return { key: 'service.name', value: { kvlistValue: { values } } };
}
