import { describe, expect, test } from '@jest/globals';
import type { Policy } from '@spanseal/mask';
import type { TraceRequest } from '@spanseal/otlp';
import { load } from 'js-yaml';
import { addToPolicy, type PolicyAddition } from '../src/scan/policy-addition.js';
import type { Leak } from '../src/scan/scan-report.js';
import { base62, recorded, requestOf, scanned, seededText, textAttribute } from './captures.js';

const identity = ({ kind, detector, field, key, name }: Leak) =>
  [kind, detector, field, key, name].map(String).join(' | ');

/** Values of every kind in every field. */
function plantedRequests(): TraceRequest[] {
  const token = (seed: number, length = 43) => seededText(seed, length, base62);
  const text = (seed: number) => `cannot reach ${token(seed)} for carol.${seed}@example.com`;
  const encoded = Buffer.from('{"user":"bob","password":"correct horse"}').toString('base64');
  return [7, 8, 9, 10].map((seed) =>
    requestOf({
      name: `run ${token(seed)}`,
      traceState: `vendor=${token(seed + 10)}`,
      attributes: [
        textAttribute('blob', token(seed + 20)),
        textAttribute(
          'http.request.body',
          JSON.stringify({ deep: { blob: token(seed + 30, 30 + seed) }, note: text(seed) }),
        ),
        textAttribute('url.full', `https://shop.example/a?cursor=1&handle=${token(seed + 40)}`),
        textAttribute('state', encoded),
        textAttribute('lozinka', 'suncokret'),
        textAttribute('vendor.note', `sk-acme-${token(seed, 24)}`),
        textAttribute('note', 'Tr0ub4dor&3x'),
        textAttribute('caller', '203.0.113.9'),
        textAttribute(`weird key [${seed}].*? "x"`, token(seed + 50)),
        { key: 'list', value: { arrayValue: { values: [{ stringValue: token(seed + 60) }] } } },
        { key: 'number', value: { intValue: '4111111111111111' } },
        textAttribute(`owner dave${seed}@example.com`, 'x'),
      ],
      events: [
        {
          name: `got ${token(seed + 70)}`,
          attributes: [textAttribute('exception.message', text(seed + 80))],
        },
      ],
      links: [{ attributes: [textAttribute('blob', token(seed + 90))] }],
      status: { code: 2, message: text(seed + 100) },
    }),
  );
}

/** Tries every proposal for a request by itself, and gives how many there were. */
function proposalsThatHold(request: TraceRequest, policy: Policy): number {
  const { leaks } = scanned([request], policy);
  for (const leak of leaks) {
    expect({ leak: identity(leak), proposal: leak.proposal?.yaml }).toMatchObject({
      proposal: expect.any(String),
    });
    const addition = load(leak.proposal?.yaml ?? '') as PolicyAddition;
    expect(addition).toEqual(leak.proposal?.addition);
    const left = scanned([request], addToPolicy(policy, [addition])).leaks.map(identity);
    expect(left).not.toContain(identity(leak));
  }
  return leaks.length;
}

const captures: Record<string, TraceRequest[]> = {
  planted: plantedRequests(),
  'recorded spans': recorded('span-dumps.jsonl.gz'),
  'lean spans': recorded('bench-lean.json.gz'),
  'heavy spans': recorded('bench-heavy.json.gz'),
};
const policies: Record<string, Policy> = {
  'an empty policy': { extends: [] },
  'the preset lumigo': { extends: 'lumigo' },
  'the default policy': {},
  'a policy of its own': {
    extends: ['payments'],
    keys: [
      { pattern: 'pass', action: 'partial' },
      { glob: 'db.*', action: 'hash' },
    ],
    values: [{ name: 'short', pattern: 'hunter[0-9]' }],
    hashKey: `hex:${'5a'.repeat(32)}`,
    mask: '[gone]',
  },
};

describe.each(Object.keys(captures))('rules that are proposed for %s', (capture) => {
  const requests = captures[capture] ?? [];
  describe.each(Object.keys(policies))('under %s', (name) => {
    const policy = policies[name] ?? {};
    const sample = requests.filter((_, at) => at % 3 === 0);
    // Of a big capture one policy, the one that leaves most, is enough.
    if (capture === 'planted' || name === 'an empty policy') {
      test('each makes its own finding go away, as the text that is shown', () => {
        expect(sample.reduce((sum, request) => sum + proposalsThatHold(request, policy), 0)).toBeGreaterThan(
          0,
        );
      });
    }

    test('all together leave nothing', () => {
      const report = scanned(requests, policy);
      const addition = report.addition === undefined ? [] : [report.addition];
      const after = scanned(requests, addToPolicy(policy, addition));
      expect(after.leaks.map(identity)).toEqual([]);
      expect(after.result).toBe('clean');
    });
  });
});

test('every field of the planted capture is found, the key of an attribute too', () => {
  const { leaks } = scanned(captures['planted'] ?? []);
  const places = new Set(leaks.map(({ field, key }) => `${field} ${key ?? ''}`.trim()));
  expect([...places].sort()).toEqual(
    expect.arrayContaining([
      'attribute blob',
      'attribute caller',
      'attribute http.request.body',
      'attribute list',
      'attribute note',
      'attribute lozinka',
      'attribute state',
      'attribute url.full',
      'attribute vendor.note',
      'event attribute exception.message',
      'event name',
      'link attribute blob',
      'span name',
      'status message',
      'trace state',
    ]),
  );
  const narrow = scanned(captures['planted'] ?? [], { extends: [] }).leaks;
  expect(narrow.filter(({ field }) => field === 'attribute key').length).toBeGreaterThan(0);
});
