import { describe, expect, test } from '@jest/globals';
import type { Span, TraceRequest } from '@spanseal/otlp';
import fc from 'fast-check';
import { parseCheckpoint } from '../src/checkpoint-text.js';
import { type Checkpoint, createKeyRing, createVerifier, type Loss, type Report } from '../src/index.js';
import { anchored, carrying, five, numbers, only, scope, verify } from './anchored-stream.js';
import { otherSecret, sampleSpan, sealedRequest, sealer, secret, startMillis } from './sealed-request.js';

describe('with checkpoints, a verifier', () => {
  test('finds a stream complete that has its spans and its end', () => {
    const { spans, last } = five();
    const report = verify([spans, carrying(last)]);
    expect(report).toMatchObject({ result: 'intact', spans: { total: 5, valid: 5 }, findings: [] });
    const stream = last[0]?.stream ?? '';
    const complete = { keyId: 'k-test', verdict: 'complete', spans: 5, missing: [], startMillis };
    const end = { lastMillis: startMillis + 2000, ended: true, checkpoints: 1 };
    expect(report.streams).toEqual([{ ...complete, ...end, stream }]);
    const unanchored = verify([sealedRequest(numbers(5), sealer())]).streams;
    expect(unanchored).toEqual([{ ...complete, stream: unanchored[0]?.stream, lastMillis: startMillis }]);
    expect(verify([carrying(last), spans])).toEqual(report);
    expect(verify([carrying(last), spans, carrying(last)])).toEqual(report);
  });

  test('misses the last spans, which nothing else tells of', () => {
    const { spans, last } = five();
    const report = verify([only(spans, (number) => number < 3), carrying(last)]);
    expect(report.result).toBe('incomplete');
    expect(report.streams).toMatchObject([{ verdict: 'missing', spans: 3, missing: [[3, 4]] }]);
  });

  test('tells what the sealer said was lost from what was deleted', () => {
    const { spans, last } = five({ losses: [{ reason: 'export-failed', first: 1, count: 2 }] });
    const lost = verify([only(spans, (number) => number !== 1 && number !== 2), carrying(last)]);
    expect(lost.result).toBe('intact');
    expect(lost.streams).toMatchObject([{ verdict: 'declared-loss', missing: [], declared: [[1, 2]] }]);
    const deleted = verify([only(spans, (number) => number === 0 || number === 4), carrying(last)]);
    expect(deleted.result).toBe('incomplete');
    expect(deleted.streams).toMatchObject([{ verdict: 'missing', missing: [[3, 3]], declared: [[1, 2]] }]);
  });

  test('takes whole traces that are not there for sampled only when told so, and never a part of one', () => {
    const by = anchored();
    const inTrace = (number: number, trace: string): Span => ({
      ...sampleSpan(number),
      traceId: trace.repeat(32),
    });
    const all = [inTrace(0, 'a'), inTrace(1, 'b'), inTrace(2, 'b'), inTrace(3, 'c'), inTrace(4, 'c')];
    const request = sealedRequest(all, by);
    const last = by.checkpoint({ nowMillis: startMillis, end: true });
    const kept = structuredClone(request);
    const scoped = kept.resourceSpans[0]?.scopeSpans[0];
    if (scoped !== undefined) scoped.spans = scoped.spans.filter((_, at) => at === 0 || at === 3);
    expect(verify([kept, carrying(last)]).streams).toMatchObject([
      {
        verdict: 'missing',
        missing: [
          [1, 2],
          [4, 4],
        ],
      },
    ]);
    const sampled = verify([kept, carrying(last)], { sampled: true });
    expect(sampled.streams).toMatchObject([{ verdict: 'missing', missing: [[4, 4]], sampled: [[1, 2]] }]);
    if (scoped !== undefined) scoped.spans = scoped.spans.slice(0, 1);
    expect(verify([kept, carrying(last)], { sampled: true })).toMatchObject({
      result: 'intact',
      streams: [{ verdict: 'sampled-or-deleted', missing: [], sampled: [[1, 4]] }],
      findings: [{ message: '4 spans are not there, and neither is the rest of their traces: seq 1–4' }],
    });
    // The traces of spans are those that their own checkpoint says, also where another one begins.
    const two = anchored(9);
    const parts = [all.slice(0, 2), all.slice(2)].map((some, at) => ({
      spans: sealedRequest(some, two),
      made: two.checkpoint({ nowMillis: startMillis, end: at === 1 }),
    }));
    const made = carrying(parts.flatMap((part) => part.made));
    expect(verify([parts[0]?.spans as TraceRequest, made], { sampled: true }).streams).toMatchObject([
      { verdict: 'missing', missing: [[2, 2]], sampled: [[3, 4]] },
    ]);
  });

  test('finds a stream truncated that has no end, unless it may still go on', () => {
    const { spans, last } = five({ end: false });
    expect(verify([spans, carrying(last)])).toMatchObject({
      result: 'incomplete',
      streams: [{ verdict: 'truncated' }],
    });
    const at = (millis: number): Report =>
      verify([spans, carrying(last)], { nowMillis: startMillis + millis });
    expect(at(602_000)).toMatchObject({ result: 'intact', streams: [{ verdict: 'complete', open: true }] });
    expect(at(602_001).result).toBe('incomplete');
  });

  test('finds a stream truncated whose seals speak of checkpoints, and that has none', () => {
    expect(verify([five().spans])).toMatchObject({
      result: 'incomplete',
      streams: [{ verdict: 'truncated' }],
    });
  });

  test('calls an expected stream stale that fell silent', () => {
    const { spans, last } = five({ end: false });
    const expectedStreams = [last[0]?.stream ?? ''];
    const report = verify([spans, carrying(last)], { expectedStreams, nowMillis: startMillis + 1e7 });
    expect(report.streams).toMatchObject([{ verdict: 'stale' }]);
  });

  test('calls it a restart when the same service began another stream later', () => {
    const { spans, last } = five({ end: false });
    const next = anchored(8, startMillis + 60_000);
    const more = sealedRequest(numbers(2), next);
    const end = next.checkpoint({ nowMillis: startMillis + 61_000, end: true });
    const report = verify([spans, carrying(last), more, carrying(end)]);
    expect(report.streams.map(({ verdict }) => verdict)).toEqual(['restart', 'complete']);
  });

  test('misses a checkpoint, and finds it in those that repeat it', () => {
    const by = anchored();
    const requests = [0, 1, 2].map((at) => sealedRequest(numbers(2, 2 * at), by));
    // Sealed one request after the other, so that each checkpoint is about one.
    const again = anchored();
    const made: Checkpoint[] = [];
    for (let at = 0; at < 3; at += 1) {
      sealedRequest(numbers(2, 2 * at), again);
      made.push(...again.checkpoint({ nowMillis: startMillis + at, end: at === 2 }));
    }
    const [first, second, third] = made as [Checkpoint, Checkpoint, Checkpoint];
    const report = verify([...requests, carrying([first]), carrying([third])]);
    expect(report).toMatchObject({ result: 'incomplete', streams: [{ verdict: 'missing', missing: [] }] });
    expect(report.findings).toMatchObject([{ message: '1 checkpoint is missing: 1' }]);
    expect(verify([...requests, carrying([first]), carrying([third, second])]).result).toBe('intact');
  });

  test('finds a fork where two histories of one stream meet', () => {
    const [one, other] = [anchored(), anchored()];
    const spans = sealedRequest(numbers(3), one);
    sealedRequest(numbers(3, 10), other);
    const ends = [one, other].map((by) => by.checkpoint({ nowMillis: startMillis, end: true }));
    const twice = verify([spans, ...ends.map((end) => carrying(end))]);
    expect(twice).toMatchObject({ result: 'tampered', streams: [{ verdict: 'fork' }] });
    expect(twice.findings).toMatchObject([{ message: 'two checkpoints have the number 0' }]);
    const wrong = verify([spans, carrying(ends[1] ?? [])]);
    expect(wrong).toMatchObject({ result: 'tampered', streams: [{ verdict: 'fork' }] });
    expect(wrong.findings).toMatchObject([{ message: 'checkpoint 0 is about other spans than these' }]);
  });

  test('finds a fork where the chain does not hold', () => {
    const chain = (numbersOfFirst: number): readonly Checkpoint[] => {
      const by = anchored();
      sealedRequest(numbers(numbersOfFirst), by);
      const first = by.checkpoint({ nowMillis: startMillis });
      sealedRequest(numbers(2, 20), by);
      return [...first, ...by.checkpoint({ nowMillis: startMillis, end: true })];
    };
    const [one, other] = [chain(2), chain(3)];
    const mixed = verify([carrying([one[0] as Checkpoint]), carrying([other[1] as Checkpoint])]);
    expect(mixed.streams).toMatchObject([{ verdict: 'fork' }]);
    expect(mixed.findings[0]?.message).toBe('checkpoint 1 follows another one than this');
  });

  test('does not take a checkpoint of another key, realm or time', () => {
    const { spans, last } = five();
    const of = (options: Parameters<typeof createKeyRing>[0]): Report => {
      const verifier = createVerifier({ keyRing: createKeyRing(options) });
      verifier.add(carrying(last));
      return verifier.finish();
    };
    const realm = 'acme/production';
    const verdictOf = (report: Report): string | undefined => report.findings[0]?.verdict;
    expect(verdictOf(of({ realm, primary: { id: 'k-other', secret } }))).toBe('unknown-key');
    expect(verdictOf(of({ realm: 'acme/test', primary: { id: 'k-test', secret } }))).toBe('wrong-realm');
    expect(verdictOf(of({ realm, primary: { id: 'k-test', secret: otherSecret } }))).toBe('wrong-realm');
    const revoked = { id: 'k-test', secret, from: startMillis };
    expect(verdictOf(of({ realm, primary: { id: 'k2', secret: otherSecret }, revoked: [revoked] }))).toBe(
      'revoked-key',
    );
    expect(verify([spans, carrying(last)]).result).toBe('intact');
  });

  test('does not let a checkpoint show under another scope', () => {
    const { spans, last } = five();
    const request = carrying(last);
    const scoped = request.resourceSpans[0]?.scopeSpans[0];
    for (const other of [
      { name: 'app' },
      { ...scope, attributes: [{ key: 'a', value: { intValue: '1' } }] },
    ]) {
      if (scoped !== undefined) scoped.scope = other;
      expect(verify([spans, request])).toMatchObject({ result: 'tampered', spans: { malformed: 1 } });
    }
  });

  test('does not let a checkpoint span show anything else', () => {
    const { spans, last } = five();
    const [checkpoint] = carrying(last).resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    const attributes = checkpoint?.attributes ?? [];
    const forged: readonly (readonly [string, Partial<Span>])[] = [
      ['malformed', { name: 'GET /admin' }],
      ['malformed', { events: [{ name: 'exception' }] }],
      ['malformed', { links: [{ traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8) }] }],
      ['malformed', { status: { code: 2, message: 'all is lost' } }],
      ['malformed', { status: { code: 2 } }],
      ['malformed', { traceState: 'evil=1' }],
      ['malformed', { parentSpanId: 'ef'.repeat(8) }],
      ['malformed', { kind: 2 }],
      ['malformed', { droppedEventsCount: 1 }],
      ['malformed', { attributes: [...attributes, { key: 'spanseal.seal', value: { stringValue: '1~x' } }] }],
      ['malformed', { attributes: [...attributes, ...attributes] }],
      ['additions', { attributes: [...attributes, { key: 'k8s.pod.name', value: { stringValue: 'web' } }] }],
    ];
    for (const [verdict, change] of forged) {
      const report = verify([spans, carrying(last, change)]);
      expect([change, report.result]).toEqual([change, 'tampered']);
      expect(report.findings[0]?.verdict).toBe(verdict);
    }
  });
});

describe('a sealer', () => {
  test.each([10 * 60_000, 3 * 3_600_000, 30 * 86_400_000, 20 * 365 * 86_400_000])(
    'makes checkpoints that hold when its clock ran %d ms ahead and was set back',
    (ahead) => {
      const by = anchored();
      const spans = sealedRequest([sampleSpan(0)], {
        ...by,
        seal: (item) => by.seal(item, startMillis + ahead),
      });
      const last = by.checkpoint({ nowMillis: startMillis + 10_000, end: true });
      const findings = verify([spans, carrying(last)]).findings.map(({ verdict }) => verdict);
      // The span itself is of another time than its epoch, and its seal says so.
      expect(findings).toEqual([]);
    },
  );
});

describe('a checkpoint', () => {
  test('is about at most 128 spans: more make more of them, and its text stays below what stores cut at', () => {
    const by = anchored();
    sealedRequest(numbers(600), by);
    const losses = Array.from({ length: 30 }, (_, at) => ({
      reason: 'export-failed' as const,
      first: 2 ** 40 + 5 * at,
      count: 2,
    }));
    const made = by.checkpoint({ nowMillis: startMillis, losses, unsealed: 2 ** 40, end: true });
    expect(made.map(({ first, count, end }) => [first, count, end])).toEqual([
      [0, 128, false],
      [128, 128, false],
      [256, 128, false],
      [384, 128, false],
      [512, 88, true],
    ]);
    for (const { text } of made) expect(text.length).toBeLessThan(2000);
    expect(by.unanchored).toBe(0);
  });

  test('says every loss and no more, on as many checkpoints as it takes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 200 }), { maxLength: 60 }), (seqs) => {
        const losses = seqs.map((first): Loss => ({ reason: 'export-failed', first, count: 1 }));
        const made = anchored().checkpoint({ nowMillis: startMillis, losses, end: true });
        const told = made.flatMap(({ text }) => {
          const parts = parseCheckpoint(text);
          if (typeof parts === 'string') throw new Error(parts);
          expect(parts.losses.length).toBeLessThanOrEqual(8);
          return parts.losses.flatMap(({ first, count }) =>
            Array.from({ length: count }, (_, at) => first + at),
          );
        });
        expect(told).toEqual([...seqs].sort((one, other) => one - other));
        expect(made.map(({ end }) => end)).toEqual(made.map((_, at) => at === made.length - 1));
      }),
    );
  });

  test('says losses that touch as one, in their order, and each reason by itself', () => {
    const lost = (first: number, count: number, reason: Loss['reason'] = 'export-failed'): Loss => ({
      ...{ reason, first, count },
    });
    const losses = [lost(5, 2), lost(0, 2), lost(2, 1), lost(7, 1, 'dropped'), lost(20, 5), lost(21, 1)];
    const [made] = anchored().checkpoint({ nowMillis: startMillis, losses: [...losses, lost(24, 3)] });
    const parts = parseCheckpoint(made?.text ?? '');
    expect(parts).toMatchObject({
      losses: [lost(0, 3), lost(5, 2), lost(7, 1, 'dropped'), lost(20, 7)],
    });
  });

  test('is made of an empty stretch as well', () => {
    const by = anchored();
    const [made] = by.checkpoint({ nowMillis: startMillis + 300_000 });
    expect(made).toMatchObject({ number: 0, first: 0, count: 0, end: false });
  });

  test('holds no text that a redaction rule looks for, and has one spelling', () => {
    const { last } = five();
    const text = last[0]?.text ?? '';
    expect(text).not.toMatch(/[0-9]{9}|eyJ|[aeiou]{2}/);
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom(...'bcdP~_ 1.'), (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        if (changed === text) return;
        const { spans } = five();
        const report = verify([spans, carrying([{ ...(last[0] as Checkpoint), text: changed }])]);
        expect(report.result).not.toBe('intact');
      }),
      { numRuns: 300 },
    );
  });

  test.each(['', '1', '1~', '2~k~b', '1~k~b~b~b~b~b~b~b~b~b~b~b~b~b~b~b', 'x'.repeat(5000)])(
    'that is none is refused: %#',
    (text) => {
      expect(typeof parseCheckpoint(text)).toBe('string');
      const { spans } = five();
      const carried = { ...(five().last[0] as Checkpoint), text };
      expect(verify([spans, carrying([carried])]).result).not.toBe('intact');
    },
  );
});
