import { describe, expect, test } from '@jest/globals';
import type { Span, TraceRequest } from '@spanseal/otlp';
import { createKeyRing, type Report, type VerifierOptions } from '../src/index.js';
import { anchored, carrying, five, numbers, only, verify } from './anchored-stream.js';
import {
  after,
  editSeal,
  history,
  sealedWith,
  setSeal,
  spanEndedAt,
  spansOf,
  textOf,
  twoStretches,
} from './attacked-stream.js';
import { digestOf, forgeCheckpoint, forgedRequest, forgeSeal, macIn, stolenKey, streamId } from './forger.js';
import {
  otherSecret,
  ring,
  sampleSpan,
  sealedRequest,
  sealer,
  secret,
  startMillis,
} from './sealed-request.js';

// One row for each attack on records that seals, logs and digests of other systems were measured by, and what is said of it
// here. "Key" is what the attacker has; without a word of it, none.

interface Attack {
  readonly attack: string;
  /** What is given to a verifier. */
  readonly act: () => readonly TraceRequest[];
  readonly options?: Partial<VerifierOptions>;
  readonly said: object;
}

const thirdEpoch = { endMillis: startMillis + 910_000 };
const longAgo = startMillis - 30 * 86_400_000;
const fiveStream = five().last[0]?.stream ?? '';
const intact = { result: 'intact', spans: { total: 5, valid: 5 }, streams: [{ verdict: 'complete' }] };
const tampered = (verdict: string): object => ({ result: 'tampered', spans: { valid: 4, [verdict]: 1 } });

const detected: readonly Attack[] = [
  {
    attack: 'a record is modified',
    act: () => after(([span]) => void Object.assign(span ?? {}, { name: 'GET /other' })),
    said: { ...tampered('changed'), streams: [{ verdict: 'missing', missing: [[0, 0]] }] },
  },
  {
    attack: 'a record is modified in what surrounds it: the resource',
    act: () =>
      after((_, { resourceSpans }) => {
        const [name] = resourceSpans[0]?.resource?.attributes ?? [];
        if (name !== undefined)
          resourceSpans.splice(0, 1, {
            scopeSpans: resourceSpans[0]?.scopeSpans ?? [],
            resource: { attributes: [{ ...name, value: { stringValue: 'billing' } }] },
          });
      }),
    said: { result: 'tampered', spans: { changed: 5, valid: 0 } },
  },
  {
    attack: 'a record is inserted with a seal that is made up',
    act: () =>
      after((spans) => {
        const span = structuredClone(spans[4]) as Span;
        setSeal(span, `${textOf(spans[4]).slice(0, -26)}${'b'.repeat(26)}`);
        spans.push({ ...span, spanId: 'aa'.repeat(8) });
      }),
    said: { result: 'tampered', spans: { total: 6, valid: 5 } },
  },
  {
    attack: 'a record is inserted with the seal of another',
    act: () => after((spans) => void spans.push({ ...(spans[2] as Span), name: 'GET /admin' })),
    said: { result: 'tampered', spans: { total: 6, valid: 5, changed: 1 } },
  },
  {
    attack: 'a record is deleted in the middle, before any checkpoint',
    act: () => after((spans) => void spans.splice(2, 1)).slice(0, 1),
    said: { result: 'incomplete', streams: [{ verdict: 'truncated', missing: [] }] },
  },
  {
    attack: 'a record is deleted in the middle',
    act: () => after((spans) => void spans.splice(2, 1)),
    said: { result: 'incomplete', streams: [{ verdict: 'missing', missing: [[2, 2]] }] },
  },
  {
    attack: 'the tail is cut off, but for the checkpoint of its epoch',
    act: () => after((spans) => void spans.splice(3)),
    said: { result: 'incomplete', streams: [{ verdict: 'missing', missing: [[3, 4]] }] },
  },
  {
    attack: 'the tail is cut off with all checkpoints about it',
    act: () => [twoStretches().early],
    said: { result: 'incomplete', streams: [{ verdict: 'truncated' }] },
  },
  {
    attack: 'the tail is cut off behind an honest checkpoint',
    act: () => {
      const { early, checkpoints } = twoStretches();
      return [early, only(checkpoints, () => true)].map((request, at) => {
        if (at === 1) spansOf(request).pop();
        return request;
      });
    },
    said: { result: 'incomplete', spans: { valid: 5 }, streams: [{ verdict: 'truncated' }] },
  },
  {
    attack: 'a whole stream is deleted that was expected',
    act: () => history(20),
    options: { expectedStreams: [fiveStream, anchored(9).stream] },
    said: {
      result: 'incomplete',
      findings: [
        { verdict: 'missing', stream: anchored(9).stream, message: 'an expected stream never occurred' },
      ],
    },
  },
  {
    attack: 'records are put in another order by exchanging the seqs in their seals',
    act: () =>
      after((spans) => {
        const [one, other] = [textOf(spans[1]).split('~'), textOf(spans[2]).split('~')];
        [one[5], other[5]] = [other[5] ?? '', one[5] ?? ''];
        setSeal(spans[1], one.join('~'));
        setSeal(spans[2], other.join('~'));
      }),
    said: { result: 'tampered', spans: { valid: 3, invalid: 2 } },
  },
  {
    attack: 'the events of a record are put in another order',
    act: () => after(([span]) => void span?.events?.reverse()),
    said: { spans: { valid: 4, 'valid-core': 1 } },
  },
  {
    attack: 'a record is replayed to the same place, later',
    act: () => {
      const requests = history(0);
      return [...requests, only(requests[0] as TraceRequest, (number) => number === 0)];
    },
    options: { replayWindow: 3 },
    said: { result: 'tampered', spans: { valid: 5, replay: 1 } },
  },
  {
    attack: 'a record is replayed to another tenant, or to another environment',
    act: () => [sealedRequest(numbers(5), sealer(ring('k-test', 'acme/staging')))],
    said: { result: 'tampered', spans: { valid: 0, 'wrong-realm': 5 }, streams: [] },
  },
  {
    attack: 'a record of another tenant gets the realm tag of this one',
    act: () => {
      const request = sealedRequest([sampleSpan(0)], sealer(ring('k-test', 'acme/staging')));
      const [span] = spansOf(request);
      const parts = textOf(span).split('~');
      parts[2] = textOf(spansOf(five().spans)[0]).split('~')[2] ?? '';
      setSeal(span, parts.join('~'));
      return [request];
    },
    said: { result: 'tampered', spans: { valid: 0, invalid: 1 }, streams: [] },
  },
  {
    attack: 'a record is spliced from another stream of the same key into this one',
    act: () =>
      after((spans) => {
        const other = spansOf(sealedRequest([sampleSpan(2)], anchored(8)))[0] as Span;
        const parts = textOf(other).split('~');
        parts[3] = fiveStream;
        setSeal(other, parts.join('~'));
        spans.splice(2, 1, other);
      }),
    said: tampered('invalid'),
  },
  {
    attack: 'two records exchange their seals',
    act: () =>
      after((spans) => {
        const [one, other] = [textOf(spans[1]), textOf(spans[2])];
        setSeal(spans[1], other);
        setSeal(spans[2], one);
      }),
    said: { result: 'tampered', spans: { valid: 3, changed: 2 } },
  },
  {
    attack: 'a record is sealed for an earlier epoch with the stolen key of the current one',
    act: () => [sealedWith(3, { epoch: 0, endMillis: startMillis })],
    said: { result: 'tampered', spans: { valid: 0, invalid: 1 } },
  },
  {
    attack: 'a record of long ago is sealed with the stolen key of the current epoch, in that epoch',
    act: () => [sealedWith(3, { epoch: 3, endMillis: longAgo })],
    said: { result: 'tampered', spans: { valid: 0, 'epoch-mismatch': 1 } },
  },
  {
    attack: 'a record of long ago is sealed with the stolen current key, and called late',
    act: () => [sealedWith(3, { epoch: 3, endMillis: longAgo, marks: 5 })],
    options: { refuseLate: true },
    said: { result: 'tampered', spans: { valid: 0, 'epoch-mismatch': 1 } },
  },
  {
    attack: 'a record is put in the place of an earlier one with the stolen key of the current epoch',
    act: () => {
      const { early, late, checkpoints } = twoStretches();
      const forged = sealedWith(3, { epoch: 3, seq: 2, ...thirdEpoch });
      return [only(early, (number) => number !== 2), forged, late, checkpoints];
    },
    said: { result: 'tampered', spans: { valid: 10 }, streams: [{ verdict: 'fork' }] },
  },
  {
    attack: 'the key id of a seal is another one of the ring',
    act: () => after(editSeal((parts) => void (parts[1] = 'k-other'))),
    options: {
      keyRing: createKeyRing({
        realm: 'acme/production',
        primary: { id: 'k-test', secret },
        verifyOnly: [{ id: 'k-other', secret: otherSecret }],
      }),
    },
    said: tampered('wrong-realm'),
  },
  {
    attack: 'the key id of a seal is that of another key with the same secret',
    act: () => after(editSeal((parts) => void (parts[1] = 'k-other'))),
    options: {
      keyRing: createKeyRing({
        realm: 'acme/production',
        primary: { id: 'k-test', secret },
        verifyOnly: [{ id: 'k-other', secret }],
      }),
    },
    said: tampered('invalid'),
  },
  {
    attack: 'the key id of a seal is one that nobody knows',
    act: () => after(editSeal((parts) => void (parts[1] = 'k-none'))),
    said: {
      result: 'incomplete',
      spans: { valid: 4, 'unknown-key': 1 },
      streams: [{ verdict: 'missing', missing: [[1, 1]] }],
    },
  },
  {
    attack: 'the version of a seal is another one',
    act: () => after(editSeal((parts) => void (parts[0] = '0'))),
    said: { result: 'incomplete', spans: { valid: 4, 'unsupported-version': 1 } },
  },
  {
    attack: 'the MAC of a seal is cut short',
    act: () => after(editSeal((parts) => void (parts[10] = parts[10]?.slice(0, 13) ?? ''))),
    said: tampered('malformed'),
  },
  {
    attack: 'the MAC of a seal is empty',
    act: () => after(editSeal((parts) => void (parts[10] = ''))),
    said: tampered('malformed'),
  },
  {
    attack: 'a weaker algorithm is taken for a key than the ring says',
    act: () => [sealedRequest(numbers(5), sealer())],
    options: {
      keyRing: createKeyRing({
        realm: 'acme/production',
        primary: { id: 'k-test', secret, algorithm: 'hs512' },
      }),
    },
    said: { result: 'tampered', spans: { valid: 0, invalid: 5 } },
  },
  {
    attack: 'a seal is stripped',
    act: () => after(([span]) => void span?.attributes?.pop()),
    said: {
      result: 'incomplete',
      spans: { valid: 4, unsigned: 1 },
      streams: [{ verdict: 'missing', missing: [[0, 0]] }],
    },
  },
  {
    attack: 'all seals are stripped',
    act: () => after((spans) => spans.forEach(({ attributes }) => void attributes?.pop())),
    said: {
      result: 'incomplete',
      spans: { valid: 0, unsigned: 5 },
      streams: [{ verdict: 'missing', missing: [[0, 4]] }],
    },
  },
  ...(['unshift', 'push'] as const).map(
    (place): Attack => ({
      attack: `a key is there twice, and the second value is ${place === 'push' ? 'behind' : 'before'} the sealed one`,
      act: () =>
        after(([span]) => void span?.attributes?.[place]({ key: 'cached', value: { boolValue: false } })),
      said: tampered('malformed'),
    }),
  ),
  {
    attack: 'a record was lost, and the sealer said so: that is no deletion',
    act: () => {
      const { spans, last } = five({ losses: [{ reason: 'dropped', first: 2, count: 1 }] });
      return [only(spans, (number) => number !== 2), carrying(last)];
    },
    said: { result: 'intact', streams: [{ verdict: 'declared-loss', declared: [[2, 2]], missing: [] }] },
  },
  {
    attack: 'a record is deleted beside one that was lost',
    act: () => {
      const { spans, last } = five({ losses: [{ reason: 'dropped', first: 2, count: 1 }] });
      return [only(spans, (number) => number < 2), carrying(last)];
    },
    said: { result: 'incomplete', streams: [{ verdict: 'missing', missing: [[3, 4]], declared: [[2, 2]] }] },
  },
];

/** What nothing here can tell. It is said in the README and in docs/protocol.md, and must not be taken for a promise. */
const untold: readonly Attack[] = [
  {
    attack: 'a whole stream is deleted of which nobody told the verifier',
    act: () => history(0),
    said: { ...intact, findings: [] },
  },
  {
    attack:
      'a record of long ago is sealed with the stolen current key, and called late, where late ones are accepted',
    act: () => [sealedWith(3, { epoch: 3, endMillis: longAgo, marks: 5, seq: 0 })],
    said: { result: 'intact', spans: { valid: 1 } },
  },
  {
    attack: 'everything is written anew by a holder of the root key',
    act: () => history(20),
    said: { ...intact, findings: [] },
  },
  {
    attack: 'the requests, and the records in them, come in another order: it has no meaning',
    act: () => after((spans) => void spans.reverse()).reverse(),
    said: intact,
  },
];

function reportOf({ act, options }: Attack): Report {
  return verify(act(), options);
}

describe('an honest stream', () => {
  test('is intact, so that what is said below is said of the attack', () => {
    expect(verify(after(() => undefined))).toMatchObject(intact);
    const { early, late, checkpoints } = twoStretches();
    expect(verify([early, late, checkpoints])).toMatchObject({ result: 'intact', spans: { valid: 10 } });
  });

  test('of a forger who has all keys is intact as well: what is refused of theirs is refused for what it says', () => {
    const stream = streamId(7);
    const spans = [0, 1].map((number) => spanEndedAt(number));
    const key = stolenKey('span', { stream, epoch: 0 });
    const seals = spans.map((span, seq) => forgeSeal(span, key, { stream, epoch: 0, seq, marks: 6 }));
    const about = spans.map(({ traceId = '' }, at) => ({ mac: macIn(seals[at] ?? ''), traceId }));
    const checkpointKey = stolenKey('checkpoint', { stream, epoch: 0 });
    const text = forgeCheckpoint(checkpointKey, { stream, epoch: 0, spans: about });
    const end = forgeCheckpoint(checkpointKey, {
      ...{ stream, epoch: 0, number: 1, first: 2, end: true, previous: digestOf(text) },
    });
    const sealed = spans.map((span, at) => [span, seals[at] ?? ''] as const);
    const made = [text, end].map((each) => ({ text: each })) as never;
    expect(verify([forgedRequest(sealed), carrying(made)])).toMatchObject({
      ...{ result: 'intact', spans: { valid: 2 } },
      streams: [{ verdict: 'complete', checkpoints: 2 }],
    });
  });
});

describe('what is said when', () => {
  test.each(detected.map((row) => [row.attack, row] as const))('%s', (_, row) => {
    const report = reportOf(row);
    expect(report).toMatchObject(row.said);
    expect(report.findings).not.toEqual([]);
    // Each in a sentence, for people.
    for (const { message } of report.findings) expect(message).toMatch(/^[a-z0-9]+ .+ .+/);
  });
});

describe('what cannot be told: nothing is said when', () => {
  test.each(untold.map((row) => [row.attack, row] as const))('%s', (_, row) => {
    expect(reportOf(row)).toMatchObject(row.said);
  });

  test('a holder of the key shows each reader a history of its own, until both are set side by side', () => {
    const [one, other] = [history(0), history(20)];
    expect(verify(one)).toMatchObject(intact);
    expect(verify(other)).toMatchObject(intact);
    expect(verify([...one, ...other])).toMatchObject({ result: 'tampered', streams: [{ verdict: 'fork' }] });
  });
});
