import { describe, expect, test } from '@jest/globals';
import { encodeTraceRequest, type Span, type TraceRequest } from '@spanseal/otlp';
import {
  createAnyIdKeyRing,
  createKeyRing,
  createSpanSealer,
  createVerifier,
  type Report,
  SealError,
} from '../src/index.js';
import {
  otherSecret,
  protobuf,
  ring,
  sampleSpan,
  sealedRequest,
  sealer,
  secret,
  startMillis,
} from './sealed-request.js';

function verify(...requests: (Uint8Array | string | object)[]): Report {
  const verifier = createVerifier({ keyRing: ring() });
  for (const request of requests) verifier.add(request);
  return verifier.finish();
}

function spansOf(request: TraceRequest): Span[] {
  return request.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
}

/** The request with its first span changed. */
function edited(request: TraceRequest, edit: (span: Span) => void): TraceRequest {
  const copy = structuredClone(request);
  for (const span of spansOf(copy).slice(0, 1)) edit(span);
  return copy;
}

const three = (): TraceRequest => sealedRequest([sampleSpan(0), sampleSpan(1), sampleSpan(2)], sealer());

describe('a verifier', () => {
  test('finds sealed spans intact as protobuf, as JSON text, and as parsed JSON', () => {
    const request = three();
    const json = Buffer.from(encodeTraceRequest(request, { format: 'json' })).toString();
    for (const form of [protobuf(request), json, JSON.parse(json), request]) {
      const report = verify(form);
      expect(report).toMatchObject({
        result: 'intact',
        spans: { total: 3, valid: 3, invalid: 0 },
        findings: [],
      });
      expect(report.streams).toMatchObject([{ keyId: 'k-test', verdict: 'complete', spans: 3, missing: [] }]);
    }
  });

  test('does not mind the order of requests, spans and attributes, nor a batch that was split', () => {
    const [group] = three().resourceSpans;
    const [scoped] = group?.scopeSpans ?? [];
    const single = (span: Span): TraceRequest => ({
      resourceSpans: [
        {
          ...group,
          scopeSpans: [
            { ...scoped, spans: [{ ...span, attributes: [...(span.attributes ?? [])].reverse() }] },
          ],
        },
      ],
    });
    const report = verify(...(scoped?.spans ?? []).map(single).reverse());
    expect(report).toMatchObject({ result: 'intact', spans: { valid: 3 }, streams: [{ missing: [] }] });
  });

  test('lets a pipeline add resource attributes, and lets it change none that is covered', () => {
    const request = three();
    const enriched = structuredClone(request);
    enriched.resourceSpans[0]?.resource?.attributes?.push({
      key: 'k8s.pod.name',
      value: { stringValue: 'p' },
    });
    expect(verify(enriched).result).toBe('intact');
    enriched.resourceSpans[0]?.resource?.attributes?.push({
      key: 'service.namespace',
      value: { stringValue: 'n' },
    });
    expect(verify(enriched).result).toBe('intact');
    const changed = structuredClone(request);
    const [name] = changed.resourceSpans[0]?.resource?.attributes ?? [];
    if (name) name.value = { stringValue: 'other' };
    expect(verify(changed).spans).toMatchObject({ changed: 3, valid: 0 });
    expect(verify(changed).findings[0]).toMatchObject({ section: 'origin' });
    const removed = structuredClone(request);
    removed.resourceSpans[0]?.resource?.attributes?.shift();
    expect(verify(removed).spans).toMatchObject({ changed: 3 });
    const doubled = structuredClone(request);
    doubled.resourceSpans[0]?.resource?.attributes?.unshift({
      key: 'service.name',
      value: { stringValue: 'other' },
    });
    expect(verify(doubled).spans).toMatchObject({ malformed: 3 });
  });

  test.each<[string, string, (span: Span) => void]>([
    [
      'attributes',
      'an attribute value',
      (span) =>
        void (span.attributes = [
          { key: 'http.request.method', value: { stringValue: 'PUT' } },
          ...(span.attributes ?? []).slice(1),
        ]),
    ],
    [
      'attributes',
      '1 for "1"',
      (span) =>
        void (span.attributes = (span.attributes ?? []).map((a) =>
          a.key === 'http.response.status_code' ? { key: a.key, value: { stringValue: '200' } } : a,
        )),
    ],
    ['attributes', 'a removed attribute', (span) => void span.attributes?.shift()],
    [
      'span',
      'one nanosecond',
      (span) => void (span.endTimeUnixNano = (BigInt(span.endTimeUnixNano ?? 0) + 1n).toString()),
    ],
    ['span', 'the name', (span) => void (span.name = 'x')],
    ['span', 'the kind', (span) => void (span.kind = 3)],
    ['span', 'the parent', (span) => void (span.parentSpanId = '')],
    ['span', 'the trace state', (span) => void (span.traceState = '')],
    ['span', 'the status', (span) => void (span.status = { code: 1 })],
    ['events', 'an event', (span) => void span.events?.pop()],
    ['links', 'a link', (span) => void (span.links = [])],
    [
      'span, events, links',
      'much',
      (span) => {
        span.name = 'x';
        span.events = [];
        span.links = [];
      },
    ],
  ])('names the section %s, with %s changed', (section, _, edit) => {
    const report = verify(edited(three(), edit));
    expect(report).toMatchObject({ result: 'tampered', spans: { valid: 2, changed: 1, invalid: 0 } });
    expect(report.findings[0]).toMatchObject({
      ...{ verdict: 'changed', section, seq: 0, spanId: '0000000000000001' },
    });
  });

  test('names the attributes that were added, and proves that nothing else changed', () => {
    const added = ['k8s.pod.name', 'a\u001b[31m', 'z'.repeat(200)];
    for (const count of [1, 2, 3]) {
      const keys = added.slice(0, count);
      const report = verify(
        edited(three(), (span) => {
          for (const key of keys) span.attributes?.splice(1, 0, { key, value: { stringValue: 'x' } });
        }),
      );
      expect(report).toMatchObject({ result: 'tampered', spans: { valid: 2, additions: 1 } });
      const shown = ['k8s.pod.name', 'a\\u001b[31m', 'z'.repeat(100)].slice(0, count);
      expect(new Set(report.findings[0]?.added)).toEqual(new Set(shown));
    }
    const both = edited(three(), (span) => {
      span.attributes?.shift();
      for (const key of added.slice(0, 2)) span.attributes?.push({ key, value: { stringValue: 'x' } });
    });
    expect(verify(both).findings[0]).toMatchObject({ verdict: 'changed', section: 'attributes' });
    const many = edited(three(), (span) => {
      for (let at = 0; at < 4; at += 1) span.attributes?.push({ key: `k${at}`, value: { intValue: '1' } });
    });
    expect(verify(many).findings[0]).toMatchObject({ verdict: 'changed', section: 'attributes' });
  });

  test('calls it invalid where every section differs: a forgery is no change', () => {
    const forged = edited(three(), (span) => {
      span.name = 'x';
      span.attributes?.shift();
      span.events = [];
      span.links = [];
    });
    const [group] = forged.resourceSpans;
    const scope = group?.scopeSpans[0]?.scope;
    if (scope !== undefined) scope.name = 'other';
    expect(verify(forged)).toMatchObject({ result: 'tampered', spans: { invalid: 1, changed: 2 } });
  });

  test.each<[string, (span: Span) => void]>([
    ['flags', (span) => void (span.flags = 0)],
    ['dropped counts', (span) => void (span.droppedAttributesCount = 0)],
    [
      'an event’s dropped count',
      (span) =>
        void (span.events = (span.events ?? []).map(({ droppedAttributesCount: _, ...event }) => event)),
    ],
    ['link flags', (span) => void (span.links = (span.links ?? []).map(({ flags: _, ...link }) => link))],
    ['the order of events', (span) => void span.events?.reverse()],
  ])('says valid-core, and never valid, when a store lost %s', (_, edit) => {
    const report = verify(edited(three(), edit));
    expect(report).toMatchObject({ result: 'intact', spans: { valid: 2, 'valid-core': 1 } });
  });

  test('says valid-core when a scope or resource schema URL or the scope’s attributes changed', () => {
    const request = three();
    for (const place of [request.resourceSpans[0], request.resourceSpans[0]?.scopeSpans[0]]) {
      const copy = structuredClone(request);
      const [group] = copy.resourceSpans;
      const target = place === request.resourceSpans[0] ? group : group?.scopeSpans[0];
      if (target) target.schemaUrl = 'https://example.com/schema';
      expect(verify(copy).spans).toMatchObject({ 'valid-core': 3, valid: 0 });
    }
    const scoped = structuredClone(request);
    const scope = scoped.resourceSpans[0]?.scopeSpans[0]?.scope;
    if (scope) scope.attributes = [{ key: 'a', value: { boolValue: true } }];
    expect(verify(scoped).spans).toMatchObject({ 'valid-core': 3 });
    if (scope) scope.version = '9';
    expect(verify(scoped).spans).toMatchObject({ changed: 3 });
  });

  test('finds a span deleted in the middle, by its seq', () => {
    const request = three();
    spansOf(request).splice(1, 1);
    const report = verify(request);
    expect(report.result).toBe('incomplete');
    expect(report.streams).toMatchObject([{ verdict: 'missing', spans: 2, missing: [[1, 1]] }]);
    expect(report.findings).toMatchObject([
      { verdict: 'missing', message: '1 span is missing, or did not verify: seq 1' },
    ]);
  });

  test('counts an identical span as a retry, which changes nothing', () => {
    const request = three();
    expect(verify(request, request)).toMatchObject({
      result: 'intact',
      spans: { total: 6, valid: 3, duplicate: 3 },
    });
  });

  test('does not take a copy for a retry that lost its tail', () => {
    const request = three();
    const copy = edited(request, (span) => void (span.flags = 0));
    expect(verify(request, copy).spans).toMatchObject({ valid: 3, duplicate: 2, 'valid-core': 1 });
  });

  test('lists ten thousand findings and counts the rest', () => {
    const unsigned = {
      resourceSpans: [{ scopeSpans: [{ spans: Array.from({ length: 10_002 }, () => ({})) }] }],
    };
    const report = verify(unsigned);
    expect(report.findings).toHaveLength(10_000);
    expect(report).toMatchObject({ findingsOmitted: 2, spans: { unsigned: 10_002 } });
  });

  test('takes an identical span past the replay window for a replay', () => {
    const request = three();
    const verifier = createVerifier({ keyRing: ring(), replayWindow: 3 });
    verifier.add(request);
    verifier.add(request);
    verifier.add(edited(request, () => undefined));
    expect(verifier.finish()).toMatchObject({ result: 'tampered', spans: { duplicate: 3, replay: 3 } });
  });

  test('finds another span under a seq that is taken: only a key holder can make one', () => {
    const twin = { keyRing: ring(), startMillis, random: new Uint8Array(12) };
    const first = sealedRequest([sampleSpan(0)], createSpanSealer(twin));
    const second = sealedRequest([sampleSpan(5)], createSpanSealer(twin));
    expect(verify(first, second)).toMatchObject({ result: 'tampered', spans: { valid: 1, conflict: 1 } });
  });

  test('never accepts the seal of another span', () => {
    const request = three();
    const [first, second] = spansOf(request);
    const moved = edited(
      request,
      (span) =>
        void (span.attributes = [
          ...(span.attributes ?? []).slice(0, -1),
          ...(second?.attributes ?? []).slice(-1),
        ]),
    );
    expect(verify(moved)).toMatchObject({ result: 'tampered', spans: { valid: 2, changed: 1 } });
    expect(first).toBeDefined();
  });

  test('says unsigned, malformed, unsupported-version, unknown-key and wrong-realm for what they are', () => {
    const withSeal = (seal: string[], keys: string[] = seal.map(() => 'spanseal.seal')): object =>
      edited(three(), (span) => {
        const others = (span.attributes ?? []).filter(({ key }) => key !== 'spanseal.seal');
        span.attributes = [
          ...others,
          ...seal.map((text, index) => ({ key: keys[index] ?? '', value: { stringValue: text } })),
        ];
      });
    const good = spansOf(three())[0]?.attributes?.at(-1)?.value?.stringValue ?? '';
    expect(good).toMatch(/^1~k-test~/);
    expect(verify(withSeal([])).spans).toMatchObject({ unsigned: 1 });
    expect(verify(withSeal([''])).spans).toMatchObject({ malformed: 1 });
    expect(verify(withSeal([`${good}~b`])).spans).toMatchObject({ malformed: 1 });
    expect(verify(withSeal([good], ['spanseal.seal2'])).spans).toMatchObject({ unsigned: 1 });
    expect(verify(withSeal([good, good])).spans).toMatchObject({ malformed: 1 });
    expect(verify(withSeal([good, 'x'], ['spanseal.seal', 'spanseal.seal.x'])).spans).toMatchObject({
      additions: 1,
    });
    expect(verify(withSeal([good.replace(/^1/, '2')])).spans).toMatchObject({ 'unsupported-version': 1 });
    expect(verify(withSeal([good.replace('k-test', 'k-other')])).spans).toMatchObject({ 'unknown-key': 1 });
    const elsewhere = sealedRequest([sampleSpan()], sealer(ring('k-test', 'acme/staging')));
    expect(verify(elsewhere)).toMatchObject({ result: 'tampered', spans: { 'wrong-realm': 1, valid: 0 } });
  });

  test('finds a key that an attacker put in front of the same key: readers differ in which of the two they see', () => {
    const request = edited(three(), (span) => {
      span.attributes?.unshift({ key: 'http.request.method', value: { stringValue: 'PUT' } });
    });
    expect(verify(request)).toMatchObject({ result: 'tampered', spans: { valid: 2, malformed: 1 } });
  });

  test('does not verify with another secret of the same id', () => {
    const keyRing = createKeyRing({
      realm: 'acme/production',
      primary: { id: 'k-test', secret: otherSecret },
    });
    const verifier = createVerifier({ keyRing });
    verifier.add(three());
    expect(verifier.finish()).toMatchObject({ result: 'tampered', spans: { valid: 0, total: 3 } });
  });

  test('verifies seals of every key id with one secret, when that is all there is', () => {
    const verifier = createVerifier({ keyRing: createAnyIdKeyRing({ secret, realm: 'acme/production' }) });
    verifier.add(three());
    verifier.add(sealedRequest([sampleSpan(9)], sealer(ring('k-other'))));
    expect(verifier.finish()).toMatchObject({ result: 'intact', spans: { valid: 4 } });
    expect(() => createAnyIdKeyRing({ secret: 'short' })).toThrow(SealError);
  });

  test('verifies a rotated key while it is on the ring, with the algorithm that belongs to the key', () => {
    const old = { id: 'k-old', secret: otherSecret, algorithm: 'hs512' as const };
    const request = sealedRequest([sampleSpan()], sealer(createKeyRing({ primary: old })));
    const rotated = createVerifier({
      keyRing: createKeyRing({ primary: { id: 'k', secret }, verifyOnly: [old] }),
    });
    rotated.add(request);
    expect(rotated.finish().result).toBe('intact');
    const downgraded = createVerifier({
      keyRing: createKeyRing({ primary: { ...old, algorithm: 'hs256' } }),
    });
    downgraded.add(request);
    expect(downgraded.finish().spans).toMatchObject({ invalid: 1 });
  });

  test('refuses what a revoked key sealed at the time of its revocation or later, and not what it sealed before', () => {
    const request = three();
    const at = (from: number | undefined) => {
      const revoked = [{ id: 'k-test', secret, ...(from !== undefined && { from }) }];
      const keyRing = createKeyRing({
        realm: 'acme/production',
        primary: { id: 'k2', secret: otherSecret },
        revoked,
      });
      const verifier = createVerifier({ keyRing });
      verifier.add(request);
      return verifier.finish().spans;
    };
    expect(at(startMillis - 1)).toMatchObject({ 'revoked-key': 3 });
    expect(at(undefined)).toMatchObject({ 'revoked-key': 3 });
    expect(at(startMillis + 86_400_000)).toMatchObject({ valid: 3 });
  });

  test('finds a span whose time is not the time of its sealing, unless the sealer said so itself', () => {
    const late = { ...sampleSpan(), endTimeUnixNano: '1000000000000000000' };
    const request = sealedRequest([late], sealer());
    expect(verify(request)).toMatchObject({ result: 'intact', spans: { valid: 1 } });
    const strict = createVerifier({ keyRing: ring(), refuseLate: true });
    strict.add(request);
    expect(strict.finish()).toMatchObject({ result: 'tampered', spans: { 'epoch-mismatch': 1 } });
  });

  test('says that an expected stream never occurred', () => {
    const verifier = createVerifier({ keyRing: ring(), expectedStreams: ['nobody'] });
    verifier.add(three());
    expect(verifier.finish()).toMatchObject({
      result: 'incomplete',
      findings: [{ verdict: 'missing', stream: 'nobody' }],
    });
  });

  test('calls nothing intact when there was nothing', () => {
    expect(verify()).toMatchObject({ result: 'incomplete', spans: { total: 0 } });
  });

  test.each([[new Uint8Array([1, 2, 3])], ['{'], [''], [{ resourceSpans: 7 }], [null], [42], [[]]])(
    'finds %j malformed, and throws nothing',
    (content) => {
      const report = verify(content as never);
      expect(report).toMatchObject({ result: 'incomplete', findings: [{ verdict: 'malformed' }] });
    },
  );

  test('goes on after the first finding', () => {
    const request = three();
    for (const span of spansOf(request)) span.name = 'x';
    expect(verify(new Uint8Array([7]), request, three()).findings).toHaveLength(4);
  });

  test('refuses wrong options at once', () => {
    const options = {
      keyRing: {},
      expectedStreams: [1],
      replayWindow: Number.NaN,
      refuseLate: 'no',
      other: 1,
    };
    expect(() => createVerifier(undefined as never)).toThrow(SealError);
    const faultsOf = (given: object): SealError['faults'] => {
      try {
        createVerifier(given as never);
      } catch (error) {
        expect((error as SealError).code).toBe('ERR_SPANSEAL_VERIFIER');
        return (error as SealError).faults;
      }
      return [];
    };
    const only = 'only keyRing, expectedStreams, replayWindow, refuseLate, sampled, nowMillis';
    expect(faultsOf({ ...options, sampled: 1, nowMillis: -1 })).toEqual([
      { path: 'other', expected: only, got: 'an unknown option' },
      { path: 'keyRing', expected: 'a key ring of createKeyRing()', got: 'an object' },
      { path: 'expectedStreams', expected: 'an array of stream ids', got: 'an array of 1' },
      { path: 'replayWindow', expected: 'a number of spans, 0 or more', got: 'a number that is not finite' },
      { path: 'refuseLate', expected: 'true or false', got: 'a text of 2 characters' },
      { path: 'sampled', expected: 'true or false', got: 'a number' },
      { path: 'nowMillis', expected: 'milliseconds since the Unix epoch', got: 'a number' },
    ]);
    for (const [name, value] of [
      ['expectedStreams', 'abc'],
      ['replayWindow', -1],
      ['replayWindow', '1'],
      ['nowMillis', Number.NaN],
      ['nowMillis', '0'],
    ] as const)
      expect(faultsOf({ keyRing: ring(), [name]: value }).map(({ path }) => path)).toEqual([name]);
    expect(faultsOf({ keyRing: ring(), replayWindow: 0, nowMillis: 0, expectedStreams: ['a'] })).toEqual([]);
  });
});
