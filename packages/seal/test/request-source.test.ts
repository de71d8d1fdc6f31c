import { describe, expect, test } from '@jest/globals';
import type { Span } from '@spanseal/otlp';
import { createAnyIdKeyRing, createVerifier, type Report, type RequestSource } from '../src/index.js';
import { findKey } from '../src/key-ring.js';
import { ring, sampleSpan, sealedRequest, sealer, secret } from './sealed-request.js';

type Cuts = NonNullable<RequestSource['cuts']>;

/** The report on one span that was sealed and then changed, from a source that does not keep some sections. */
function verified(change: (span: Span) => void, cuts: Cuts): Report {
  const request = sealedRequest([sampleSpan(0)], sealer());
  for (const span of request.resourceSpans[0]?.scopeSpans[0]?.spans ?? []) change(span);
  const verifier = createVerifier({ keyRing: ring() });
  verifier.add(request, { name: 'dump.json, data[0]', cuts });
  return verifier.finish();
}

const rename = (span: Span): void => {
  span.name = 'renamed';
};
const renameAll = (span: Span): void => {
  rename(span);
  span.attributes?.push({ key: 'k', value: { stringValue: 'v' } });
};

describe('A source that does not keep all of a span', () => {
  test('makes a difference in just that no proof of tampering, and no verification either', () => {
    const report = verified(rename, [['span', 'events']]);
    expect(report).toMatchObject({ result: 'incomplete', spans: { changed: 1 } });
    expect(report.findings[0]).toMatchObject({ verdict: 'changed', section: 'span', cut: true });
    expect(report.findings[0]?.message).toContain('cannot be verified');
  });

  test('excuses no other section', () => {
    for (const [change, cuts] of [
      [rename, [['events', 'links', 'attributes']]],
      [renameAll, [['span', 'events']]],
      [rename, [[]]],
      [rename, []],
    ] as const) {
      const report = verified(change, cuts);
      expect(report).toMatchObject({ result: 'tampered', findings: [{ verdict: 'changed' }] });
      expect(report.findings[0]).not.toHaveProperty('cut');
    }
  });

  test('excuses no span but the one that it is said of', () => {
    const request = sealedRequest([sampleSpan(0), sampleSpan(1)], sealer());
    for (const span of request.resourceSpans[0]?.scopeSpans[0]?.spans ?? []) rename(span);
    const verifier = createVerifier({ keyRing: ring() });
    verifier.add(request, { cuts: [[], ['span']] });
    const { result, findings } = verifier.finish();
    expect(result).toBe('tampered');
    expect(findings.filter(({ verdict }) => verdict === 'changed').map(({ cut }) => cut)).toEqual([
      undefined,
      true,
    ]);
  });

  test('excuses neither a forged MAC, nor a lost seal, nor added attributes', () => {
    const all: Cuts = [['span', 'attributes', 'events', 'links']];
    const forged = verified((span) => {
      const seal = span.attributes?.find(({ key }) => key === 'spanseal.seal');
      const text = seal?.value?.stringValue ?? '';
      if (seal) seal.value = { stringValue: text.slice(0, -2) + (text.endsWith('bb') ? 'cb' : 'bb') };
    }, all);
    expect(forged.findings[0]).not.toHaveProperty('cut');
    expect(forged.result).toBe('tampered');
    const added = verified((span) => span.attributes?.push({ key: 'k', value: {} }), all);
    expect(added).toMatchObject({ result: 'tampered', findings: [{ verdict: 'additions' }] });
  });
});

describe('Input that could not be read', () => {
  test('is a finding with its code, path and source, and the report is not intact', () => {
    const verifier = createVerifier({ keyRing: ring() });
    verifier.add(sealedRequest([sampleSpan(0)], sealer()));
    verifier.addUnreadable({ code: 'ERR_X', path: 'data[1]', source: 'dump.json' });
    expect(verifier.finish()).toMatchObject({
      result: 'incomplete',
      spans: { total: 1, valid: 1 },
      findings: [
        {
          verdict: 'malformed',
          source: 'dump.json',
          message: 'a request cannot be decoded: ERR_X at data[1]',
        },
      ],
    });
  });

  test('has the name of its source also when the verifier finds it', () => {
    const verifier = createVerifier({ keyRing: ring() });
    verifier.add('{', { name: 'dump.json, line 7' });
    expect(verifier.finish().findings).toEqual([
      {
        verdict: 'malformed',
        source: 'dump.json, line 7',
        message: 'a request cannot be decoded: ERR_SPANSEAL_OTLP_JSON',
      },
    ]);
  });
});

test('A ring for any key id has one key for each id, so that what is derived from it is derived once', () => {
  const keyRing = createAnyIdKeyRing({ secret });
  const stream = new Uint8Array(16);
  expect(findKey(keyRing, 'k-1', stream)).toBe(findKey(keyRing, 'k-1', stream));
  expect(findKey(keyRing, 'k-2', stream)).toMatchObject({ id: 'k-2' });
  // Ids are attacker-controlled: not all of them are kept.
  const first = findKey(keyRing, 'k-1', stream);
  for (let number = 0; number < 2000; number++) findKey(keyRing, `n-${number}`, stream);
  expect(findKey(keyRing, 'k-1', stream)).not.toBe(first);
});
