import { describe, expect, test } from '@jest/globals';
import type { Span, TraceRequest } from '@spanseal/otlp';
import { createKeyRing, createSpanSealer, createVerifier, type VerifierOptions } from '../src/index.js';
import { carrying, five, numbers, verify } from './anchored-stream.js';
import { setSeal, spansOf, textOf } from './attacked-stream.js';
import { counter } from './forger.js';
import {
  otherSecret,
  ring,
  sampleSpan,
  sealedRequest,
  sealer,
  secret,
  startMillis,
} from './sealed-request.js';

const two = (): TraceRequest => sealedRequest(numbers(2), sealer());
const edited = (request: TraceRequest, edit: (span: Span) => void): TraceRequest => {
  const copy = structuredClone(request);
  for (const span of spansOf(copy).slice(0, 1)) edit(span);
  return copy;
};

describe('a finding', () => {
  test('on a span says whose it is, and nothing that is not known', () => {
    const request = edited(two(), (span) => void (span.name = 'GET /other'));
    const [, , , stream] = textOf(spansOf(request)[0]).split('~');
    const report = verify([request]);
    expect(report).not.toHaveProperty('findingsOmitted');
    expect(report.findings[0]).toStrictEqual({
      ...{ verdict: 'changed', stream, seq: 0, section: 'span' },
      ...{ traceId: sampleSpan(0).traceId, spanId: sampleSpan(0).spanId, message: 'changed after sealing' },
    });
    const bare = { resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'GET /' }] }] }] };
    expect(verify([bare]).findings).toStrictEqual([
      { verdict: 'unsigned', traceId: '', spanId: '', message: 'carries no seal' },
    ]);
    const nameless = { ...sampleSpan(), traceId: '', spanId: '' };
    expect(verify([sealedRequest([nameless], sealer())])).toMatchObject({ result: 'intact', findings: [] });
  });

  test('on a key that is not on the ring names it', () => {
    const request = sealedRequest([sampleSpan()], sealer(ring('k-other')));
    expect(verify([request]).findings[0]).toStrictEqual({
      ...{ verdict: 'unknown-key', stream: textOf(spansOf(request)[0]).split('~')[3], seq: 0 },
      ...{ keyId: 'k-other', traceId: sampleSpan(0).traceId, spanId: sampleSpan(0).spanId },
      message: 'sealed with a key that is not on the ring, or whose stream key was not fetched',
    });
  });

  test('on a checkpoint says of which stream and span it is', () => {
    const { spans, last } = five();
    const [checkpoint] = last;
    const text = checkpoint?.text.replace(/.$/, (letter) => (letter === 'b' ? 'l' : 'b')) ?? '';
    const report = verify([spans, carrying([{ text }] as never)]);
    expect(report.findings[0]).toMatchObject({ traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8) });
    const unknown = checkpoint?.text.replace('k-test', 'k-none') ?? '';
    expect(verify([spans, carrying([{ text: unknown }] as never)]).findings[0]).toStrictEqual({
      ...{ verdict: 'unknown-key', stream: checkpoint?.stream, keyId: 'k-none' },
      ...{ traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8) },
      message: 'a checkpoint: sealed with a key that is not on the ring, or whose stream key was not fetched',
    });
    const nameless = { traceId: '', spanId: '' };
    expect(verify([spans, carrying([{ text: '1' }] as never, nameless)]).findings[0]).toStrictEqual({
      ...{ verdict: 'malformed', traceId: '', spanId: '' },
      message: 'a checkpoint: carries a seal, or content, that no sealer writes',
    });
  });

  test('on what cannot be decoded has no source where none was given', () => {
    const verifier = createVerifier({ keyRing: ring() });
    verifier.add('{');
    verifier.addUnreadable({ code: 'ERR_X', path: '' });
    expect(verifier.finish().findings).toStrictEqual([
      { verdict: 'malformed', message: 'a request cannot be decoded: ERR_SPANSEAL_OTLP_JSON' },
      { verdict: 'malformed', message: 'a request cannot be decoded: ERR_X' },
    ]);
  });

  test('is not made of a retry', () => {
    const request = two();
    expect(verify([request, request])).toMatchObject({ spans: { duplicate: 2 }, findings: [] });
  });

  test('is made of the ten-thousandth, and of none behind it', () => {
    const unsigned = (count: number): TraceRequest => ({
      resourceSpans: [{ scopeSpans: [{ spans: Array.from({ length: count }, () => ({})) }] }],
    });
    expect(verify([unsigned(10_000)])).not.toHaveProperty('findingsOmitted');
    expect(verify([unsigned(10_001)])).toMatchObject({ findingsOmitted: 1 });
  });
});

describe('a copy that lost its tail', () => {
  const bare = (request: TraceRequest): TraceRequest => edited(request, (span) => void (span.flags = 0));

  test('is a replay all the same when it comes too late', () => {
    const request = two();
    const [copy, late] = [bare(request), bare(request)];
    const only = (one: TraceRequest): TraceRequest => {
      spansOf(one).splice(1);
      return one;
    };
    expect(verify([request, only(copy)], { replayWindow: 3 }).spans).toMatchObject({ 'valid-core': 1 });
    expect(verify([request, only(late)], { replayWindow: 1 })).toMatchObject({
      ...{ result: 'tampered', spans: { replay: 1, valid: 2 } },
    });
  });

  test('is a conflict all the same where another span has its seq', () => {
    const twin = { keyRing: ring(), startMillis, random: new Uint8Array(12) };
    const first = sealedRequest([sampleSpan(0)], createSpanSealer(twin));
    const second = bare(sealedRequest([sampleSpan(5)], createSpanSealer(twin)));
    expect(verify([first, second])).toMatchObject({ result: 'tampered', spans: { valid: 1, conflict: 1 } });
  });
});

describe('a seal', () => {
  test('of which there are two is malformed, also where neither could be checked', () => {
    const request = edited(sealedRequest([sampleSpan()], sealer(ring('k-other'))), (span) => {
      span.attributes?.push({ key: 'spanseal.seal', value: { stringValue: textOf(span) } });
    });
    expect(verify([request])).toMatchObject({ result: 'tampered', spans: { malformed: 1 } });
  });

  test('or a checkpoint without any value is malformed', () => {
    const request = edited(two(), (span) => {
      span.attributes?.pop();
      span.attributes?.push({ key: 'spanseal.seal' });
    });
    expect(verify([request]).spans).toMatchObject({ malformed: 1, valid: 1 });
    const { spans, last } = five();
    const carrier = carrying(last, { attributes: [{ key: 'spanseal.checkpoint' }] });
    expect(verify([spans, carrier])).toMatchObject({
      ...{ result: 'tampered', findings: [{ verdict: 'malformed' }, { verdict: 'truncated' }] },
    });
  });

  test.each([
    [599_999, 'revoked-key'],
    [600_000, 'valid'],
  ])(
    'of the second epoch is one of before or after a revocation %d ms behind the start: %s',
    (from, verdict) => {
      const by = sealer();
      const request = sealedRequest(numbers(2), {
        ...by,
        seal: (item) => by.seal(item, startMillis + 300_000),
      });
      const revoked = [{ id: 'k-test', secret, from: startMillis + from }];
      const primary = { id: 'k2', secret: otherSecret };
      const keyRing = createKeyRing({ realm: 'acme/production', primary, revoked });
      const options: Partial<VerifierOptions> = { keyRing };
      expect(verify([request], options).spans).toMatchObject({ [verdict]: 2 });
    },
  );

  test('has each part, each as long as it is, and says what there is at most', () => {
    const of = (edit: (parts: string[]) => void): string[] => {
      const request = edited(two(), (span) => {
        const parts = textOf(span).split('~');
        edit(parts);
        setSeal(span, parts.join('~'));
      });
      return verify([request]).findings.map(({ verdict }) => verdict);
    };
    for (let part = 1; part < 11; part += 1) {
      for (const change of [() => '', (text = '') => `${text}~b`, (text = '') => `${text}!`]) {
        const said = of((parts) => void (parts[part] = change(parts[part])));
        expect([part, said]).toEqual([part, ['malformed', 'missing']]);
      }
    }
    for (const part of [2, 3, 8, 9, 10])
      expect(of((parts) => void (parts[part] = `${parts[part]}b`))[0]).toBe('malformed');
    for (const [part, most] of [
      [4, 2 ** 20 - 1],
      [5, 2 ** 53 - 1],
      [6, 2 ** 10 - 1],
      [7, 2 ** 53 - 1],
    ] as const) {
      const at = (number: number): string | undefined =>
        of((parts) => void (parts[part] = counter(number)))[0];
      expect([part, at(most)]).toEqual([part, part === 6 ? 'changed' : 'invalid']);
      expect([part, at(most + 1)]).toEqual([part, 'malformed']);
    }
    for (const version of ['0', '2', '999'])
      expect(of((parts) => void (parts[0] = version))[0]).toBe('unsupported-version');
    for (const version of ['', 'x', '1000', '1x', 'x1'])
      expect(of((parts) => void (parts[0] = version))[0]).toBe('malformed');
    const long = (length: number) => of((parts) => void parts.splice(0, 11, '2', 'b'.repeat(length - 2)))[0];
    expect([long(256), long(257)]).toEqual(['unsupported-version', 'malformed']);
  });

  test('that was edited out of all shape is no seal of another span', () => {
    const request = edited(two(), (span) => setSeal(span, textOf(span).toUpperCase()));
    expect(verify([request]).spans).toMatchObject({ malformed: 1, valid: 1 });
  });
});

describe('a checkpoint span', () => {
  test('may be internal or of no kind, and has no message of a status', () => {
    const { spans, last } = five();
    for (const kind of [0, 1]) expect(verify([spans, carrying(last, { kind })]).result).toBe('intact');
    const message = { status: { message: 'all is lost' } };
    expect(verify([spans, carrying(last, message)])).toMatchObject({
      ...{ result: 'tampered', spans: { malformed: 1 } },
    });
  });
});
