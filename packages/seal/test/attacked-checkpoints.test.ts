import { describe, expect, test } from '@jest/globals';
import type { TraceRequest } from '@spanseal/otlp';
import { type Checkpoint, createKeyRing, createVerifier, type Report } from '../src/index.js';
import { anchored, carrying, numbers, only, verify } from './anchored-stream.js';
import { spanEndedAt } from './attacked-stream.js';
import {
  digestOf,
  type ForgedCheckpoint,
  forgeCheckpoint,
  forgedRequest,
  forgeSeal,
  macIn,
  stolenKey,
  streamId,
} from './forger.js';
import { otherSecret, ring, sealedRequest, secret, startMillis } from './sealed-request.js';

/** Milliseconds of an epoch. */
const epochMillis = 300_000;

/** Four epochs of a stream: two spans in the first and the last one, nothing between, and a checkpoint in each. */
function fourEpochs(): { spans: TraceRequest; checkpoints: readonly Checkpoint[] } {
  const by = anchored();
  const spans: TraceRequest = { resourceSpans: [] };
  const checkpoints: Checkpoint[] = [];
  for (let epoch = 0; epoch < 4; epoch += 1) {
    const nowMillis = startMillis + epoch * epochMillis;
    if (epoch === 0 || epoch === 3) {
      const ended = numbers(2, epoch).map((span) => ({ ...span, endTimeUnixNano: `${nowMillis}000000` }));
      const sealed = sealedRequest(ended, { ...by, seal: (item) => by.seal(item, nowMillis) });
      spans.resourceSpans.push(...sealed.resourceSpans);
    }
    checkpoints.push(...by.checkpoint({ nowMillis: nowMillis + 1000, end: epoch === 3 }));
  }
  return { spans, checkpoints };
}

const texts = (...made: string[]): TraceRequest => carrying(made.map((text) => ({ text })) as never);
const without = <Item>(items: readonly Item[], ...gone: number[]): Item[] =>
  items.filter((_, at) => !gone.includes(at));

describe('checkpoints that are taken away', () => {
  const { spans, checkpoints } = fourEpochs();

  test('are not missed when none is', () => {
    expect(checkpoints.map(({ count }) => count)).toEqual([2, 0, 0, 2]);
    expect(verify([spans, carrying(checkpoints)])).toMatchObject({ result: 'intact', findings: [] });
  });

  test.each<[string, number[], string, string]>([
    ['the first', [0], 'missing', '1 checkpoint is missing: 0'],
    ['one of an empty epoch', [1], 'missing', '1 checkpoint is missing: 1'],
    ['all of empty epochs', [1, 2], 'missing', '2 checkpoints are missing: 1–2'],
    ['the last', [3], 'truncated', 'no end'],
    ['all but the end', [0, 1, 2], 'missing', '3 checkpoints are missing: 0–2'],
    ['all', [0, 1, 2, 3], 'truncated', 'no end'],
  ])('are missed, though all spans are there: %s', (_, gone, verdict, message) => {
    const report = verify([spans, carrying(without(checkpoints, ...gone))]);
    expect(report).toMatchObject({ result: 'incomplete', spans: { valid: 4 }, streams: [{ verdict }] });
    expect(report.findings.map((finding) => finding.message).join()).toContain(message);
  });

  test('with the spans about them are missed: a stream that is cut in the middle, and goes on', () => {
    const rest = { resourceSpans: spans.resourceSpans.slice(1) };
    expect(verify([rest, carrying(without(checkpoints, 0, 1))])).toMatchObject({
      result: 'incomplete',
      streams: [{ verdict: 'missing', missing: [[0, 1]] }],
    });
  });

  test('behind an empty epoch are missed: a stream that is cut off, and is said to go on in another one', () => {
    const next = anchored(8, startMillis + 4 * epochMillis);
    const more = sealedRequest(numbers(2, 20), {
      ...next,
      seal: (item) => next.seal(item, startMillis + 4 * epochMillis),
    });
    const end = next.checkpoint({ nowMillis: startMillis + 4 * epochMillis, end: true });
    const early = { resourceSpans: spans.resourceSpans.slice(0, 1) };
    const report = verify([early, carrying(checkpoints.slice(0, 2)), more, carrying(end)]);
    expect(report.result).toBe('incomplete');
    expect(report.streams.map(({ verdict }) => verdict)).toEqual(['restart', 'complete']);
  });
});

describe('a checkpoint that is moved', () => {
  const { spans, checkpoints } = fourEpochs();
  const edited = (at: number, edit: (parts: string[]) => void): Report => {
    const made = checkpoints.map(({ text }) => text);
    const parts = (made[at] ?? '').split('~');
    edit(parts);
    made[at] = parts.join('~');
    return verify([spans, texts(...made)]);
  };

  test.each<[string, number, string]>([
    ['into another stream', 3, anchored(9).stream],
    ['to another number', 4, 'c'],
    ['to another epoch', 5, 'c'],
    ['to other spans', 6, 'c'],
    ['to a later time', 9, 'cb'],
    ['behind another one', 11, 'b'.repeat(26)],
    ['to the end', 12, 'c'],
  ])('%s does not verify', (_, place, word) => {
    const report = edited(2, (parts) => void (parts[place] = word));
    expect(report).toMatchObject({
      result: 'tampered',
      spans: { valid: 4 },
      streams: [{ verdict: 'missing' }],
    });
    expect(report.findings[0]).toMatchObject({
      verdict: 'invalid',
      message: 'a checkpoint: changed after sealing, or forged',
    });
  });

  test('to another realm, or under another key, is said for what it is', () => {
    const of = (keyRing: ReturnType<typeof ring>) => verify([spans, carrying(checkpoints)], { keyRing });
    const elsewhere = of(ring('k-test', 'acme/staging'));
    expect(elsewhere).toMatchObject({ result: 'tampered', streams: [], spans: { 'wrong-realm': 4 } });
    expect(elsewhere.findings.filter(({ message }) => message.startsWith('a checkpoint: '))).toHaveLength(4);
    const unknown = of(ring('k-other'));
    expect(unknown).toMatchObject({ result: 'incomplete', streams: [], spans: { 'unknown-key': 4 } });
    expect(unknown.findings.filter(({ verdict }) => verdict === 'unknown-key')).toHaveLength(8);
  });

  test.each<[string, object]>([
    ['without a value', {}],
    ['as bytes', { bytesValue: 'AQID' }],
    ['as a number', { intValue: '1' }],
    ['as nothing', { stringValue: '' }],
  ])('into no text is malformed: %s', (_, value) => {
    const carrier = carrying(checkpoints, { attributes: [{ key: 'spanseal.checkpoint', value }] });
    const report = verify([spans, carrier]);
    expect(report).toMatchObject({ result: 'tampered', streams: [{ verdict: 'truncated' }] });
    expect(report.findings[0]).toMatchObject({ verdict: 'malformed', traceId: 'ab'.repeat(16) });
  });

  test('does not stop the others: every fault is in the report', () => {
    const { spans: good, checkpoints: made } = fourEpochs();
    const [first] = made as [Checkpoint];
    const bad = texts('1', `${first.text}~b`, first.text.replace('k-test', 'k-none'));
    const [change] = good.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    if (change !== undefined) change.name = 'GET /other';
    const verifier = createVerifier({ keyRing: ring() });
    for (const request of [new Uint8Array([7]), bad, good, carrying(made)]) verifier.add(request);
    const { findings, result, spans: counts } = verifier.finish();
    expect(findings.map(({ verdict }) => verdict)).toEqual([
      ...['malformed', 'malformed', 'malformed', 'unknown-key', 'changed', 'missing'],
    ]);
    expect({ result, counts }).toMatchObject({ result: 'tampered', counts: { valid: 3, changed: 1 } });
  });
});

describe('a checkpoint that a holder of keys makes', () => {
  const stream = streamId(7);
  const honest = () => {
    const spans = [0, 1].map((number) => spanEndedAt(number));
    const key = stolenKey('span', { stream, epoch: 0 });
    const seals = spans.map((span, seq) => forgeSeal(span, key, { stream, epoch: 0, seq, marks: 6 }));
    return {
      request: forgedRequest(spans.map((span, at) => [span, seals[at] ?? ''] as const)),
      about: spans.map(({ traceId = '' }, at) => ({ mac: macIn(seals[at] ?? ''), traceId })),
    };
  };
  const make = (said: Partial<ForgedCheckpoint>, stolen = said.epoch ?? 0): string =>
    forgeCheckpoint(stolenKey('checkpoint', { stream, epoch: stolen }), { stream, epoch: 0, ...said });
  const { request, about } = honest();
  const first = make({ spans: about });

  /** The report on the two spans, the first checkpoint, and a second one that says this. */
  const followedBy = (said: Partial<ForgedCheckpoint>, stolen?: number): Report =>
    verify([
      request,
      texts(first, make({ number: 1, first: 2, previous: digestOf(first), ...said }, stolen)),
    ]);

  test('is taken when it says what a sealer would', () => {
    expect(followedBy({ end: true })).toMatchObject({ result: 'intact', streams: [{ verdict: 'complete' }] });
  });

  test.each<[string, Partial<ForgedCheckpoint>, string]>([
    ['says another hash', { previous: Buffer.alloc(16, 1) }, 'checkpoint 1 follows another one than this'],
    ['leaves seqs out', { first: 3 }, 'checkpoint 1 does not begin where the one before ends'],
    ['says seqs again', { first: 1 }, 'checkpoint 1 does not begin where the one before ends'],
    ['has the number of another', { number: 0, first: 0 }, 'two checkpoints have the number 0'],
  ])('and that %s is a fork', (_, said, message) => {
    const report = followedBy({ end: true, ...said });
    expect(report).toMatchObject({ result: 'tampered', streams: [{ verdict: 'fork' }] });
    expect(report.findings.map((finding) => finding.message)).toContain(message);
  });

  test.each<[string, Partial<ForgedCheckpoint>]>([
    ['does not begin at the first span', { first: 1, spans: about.slice(1) }],
    ['follows another one', { previous: Buffer.alloc(16, 1), spans: about }],
  ])('is a fork when it is the first and %s', (_, said) => {
    expect(verify([request, texts(make({ end: true, ...said }))])).toMatchObject({
      result: 'tampered',
      streams: [{ verdict: 'fork' }],
      findings: [{ message: 'checkpoint 0 follows another one, and is the first' }],
    });
  });

  test('is a fork behind the end, whatever its number', () => {
    for (const number of [1, 2]) {
      const end = make({ spans: about, end: true });
      const more = make({ number, first: 2, previous: digestOf(end), end: true });
      const report = verify([request, texts(end, more)]);
      expect(report).toMatchObject({ result: 'tampered', streams: [{ verdict: 'fork' }] });
      expect(report.findings[0]?.message).toBe(`checkpoint ${number} follows the end`);
    }
  });

  test('is a fork when its spans are there and are others', () => {
    const others = about.map(({ traceId }) => ({ mac: Buffer.alloc(16, 1), traceId }));
    for (const spans of [others, [...about].reverse()]) {
      const report = verify([request, texts(make({ spans, end: true }))]);
      expect(report).toMatchObject({ result: 'tampered', streams: [{ verdict: 'fork' }] });
      expect(report.findings[0]?.message).toBe('checkpoint 0 is about other spans than these');
    }
  });

  test('for an earlier epoch, with the key of the current one, does not verify', () => {
    const report = followedBy({ end: true, epoch: 1, toMillis: startMillis + epochMillis }, 2);
    expect(report).toMatchObject({ result: 'tampered', findings: [{ verdict: 'invalid' }, {}] });
  });

  test.each<[number, string]>([
    [-epochMillis - 1, 'epoch-mismatch'],
    [-epochMillis, 'intact'],
    [2 * epochMillis, 'intact'],
    [2 * epochMillis + 1, 'epoch-mismatch'],
  ])('may say a time of an epoch before and behind its own, and no other: %d ms', (from, said) => {
    const report = followedBy({ epoch: 2, toMillis: startMillis + 2 * epochMillis + from, end: true });
    if (said === 'intact') expect(report).toMatchObject({ result: 'intact', findings: [] });
    else {
      expect(report).toMatchObject({ result: 'tampered', streams: [{ verdict: 'truncated' }] });
      expect(report.findings[0]).toMatchObject({
        verdict: said,
        message: 'a checkpoint: the time of the span is not the time of its sealing',
      });
    }
  });

  test('is refused at the time of the revocation, and taken for the epoch before it', () => {
    const at = (from: number) => {
      const primary = { id: 'k2', secret: otherSecret };
      const keyRing = createKeyRing({
        ...{ realm: 'acme/production', primary, revoked: [{ id: 'k-test', secret, from }] },
      });
      return verify([request, texts(make({ spans: about, end: true }))], { keyRing });
    };
    expect(at(startMillis + epochMillis)).toMatchObject({ result: 'intact', spans: { valid: 2 } });
    expect(at(startMillis + epochMillis - 1)).toMatchObject({
      ...{ result: 'tampered', spans: { 'revoked-key': 2, valid: 0 } },
      findings: [{}, {}, { verdict: 'revoked-key', message: expect.stringContaining('a checkpoint: ') }],
    });
  });

  test('does not unsay what came before: losses do not reach to spans that are there, nor hide others', () => {
    const lost = make({ spans: about, end: true, losses: [[0, 0, 1]] });
    expect(verify([request, texts(lost)])).toMatchObject({
      result: 'intact',
      streams: [{ verdict: 'complete' }],
    });
    const rest = only(request, (number) => number === 9);
    expect(verify([rest, texts(lost)])).toMatchObject({
      result: 'incomplete',
      streams: [{ verdict: 'missing', missing: [[1, 1]], declared: [[0, 0]] }],
    });
  });

  test('says how many spans were never sealed: that is a declared loss', () => {
    const report = verify([request, texts(make({ spans: about, end: true, unsealed: 3 }))]);
    expect(report).toMatchObject({
      ...{ result: 'intact', streams: [{ verdict: 'declared-loss', unsealed: 3 }] },
      findings: [{ message: '3 spans are not there that were never sealed, as the sealer said' }],
    });
  });
});

describe('a span with the seq of a checkpoint', () => {
  test('sealed again with the current key is a conflict beside the old one, and a fork in the place of it', () => {
    const { spans, checkpoints } = fourEpochs();
    const stream = streamId(7);
    const key = stolenKey('span', { stream, epoch: 3 });
    const span = spanEndedAt(50, startMillis + 3 * epochMillis);
    const again = forgedRequest([[span, forgeSeal(span, key, { stream, epoch: 3, seq: 0, marks: 6 })]]);
    expect(verify([spans, again, carrying(checkpoints)])).toMatchObject({
      ...{ result: 'tampered', spans: { valid: 4, conflict: 1 } },
      streams: [{ verdict: 'complete' }],
    });
    expect(verify([only(spans, (number) => number !== 0), again, carrying(checkpoints)])).toMatchObject({
      ...{ result: 'tampered', streams: [{ verdict: 'fork' }] },
    });
  });
});
