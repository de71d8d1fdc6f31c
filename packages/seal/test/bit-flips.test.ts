import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type AnyValue, decodeTraceRequest, type Span, type TraceRequest } from '@spanseal/otlp';
import {
  type AlgorithmName,
  createKeyRing,
  createSpanSealer,
  createVerifier,
  type KeyRing,
  openCheckpointNote,
  type Report,
  type SpanSealer,
} from '../src/index.js';
import { carrying } from './anchored-stream.js';
import { spansOf, textOf } from './attacked-stream.js';
import { type Coverage, checkpointModel, sealedModel } from './decoded-model.js';
import { protobuf, sampleSpan, sealedRequest, secret, startMillis } from './sealed-request.js';

/** Thousands of requests are verified in each of these tests, on machines that do other things besides. */
const patience = 120_000;

const ringOf = (algorithm: AlgorithmName): KeyRing =>
  createKeyRing({ realm: 'acme/production', primary: { id: 'k-test', secret, algorithm } });

function sealerOf(keyRing: KeyRing, more: object = {}): SpanSealer {
  return createSpanSealer({ keyRing, startMillis, random: new Uint8Array(12).fill(7), ...more });
}

function reportOn(keyRing: KeyRing, ...requests: (Uint8Array | TraceRequest)[]): Report {
  const verifier = createVerifier({ keyRing });
  for (const request of requests) verifier.add(request);
  return verifier.finish();
}

/** The bytes with each of their bits flipped, one after the other. The array is the same each time. */
function* flips(bytes: Uint8Array): Generator<{ flipped: Uint8Array; at: number; bit: number }> {
  const flipped = Uint8Array.from(bytes);
  for (let at = 0; at < bytes.length; at += 1) {
    const before = flipped[at] ?? 0;
    for (let bit = 0; bit < 8; bit += 1) {
      flipped[at] = before ^ (1 << bit);
      yield { flipped, at, bit };
    }
    flipped[at] = before;
  }
}

const lean: Span = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  name: 'GET /',
  kind: 2,
  startTimeUnixNano: `${startMillis}000000`,
  endTimeUnixNano: `${startMillis}000001`,
  attributes: [{ key: 'http.request.method', value: { stringValue: 'GET' } }],
};

/** A span with every kind of value in every list, a NaN and a zero among them, which have more than one spelling. */
function heavy(): Span {
  const span = sampleSpan();
  const values: AnyValue[] = [{}, { boolValue: false }, { doubleValue: 0 }, { intValue: '-1' }];
  const map = { values: [{ key: 'b', value: { bytesValue: 'AQ==' } }, { key: 'a' }] };
  const attributes = [
    { key: 'list', value: { arrayValue: { values } } },
    { key: 'map', value: { kvlistValue: map } },
    { key: 'nan', value: { doubleValue: Number.NaN } },
  ];
  return {
    ...span,
    attributes: [...(span.attributes ?? []), ...attributes],
    events: (span.events ?? []).map((event, at) => (at === 0 ? { ...event, attributes } : event)),
    links: (span.links ?? []).map((link) => ({ ...link, traceState: 'v=1', attributes })),
    droppedEventsCount: 1,
    droppedLinksCount: 2,
  };
}

const meaningOf = (request: TraceRequest, coverage: Coverage): string =>
  JSON.stringify(sealedModel(request, coverage));

interface Counts {
  flips: number;
  detected: number;
  void: number;
  tail: number;
}

describe.each<[string, AlgorithmName, Span]>([
  ['lean', 'hs256', lean],
  ['lean', 'hs512', lean],
  ['heavy', 'hs256', heavy()],
  ['heavy', 'hs512', heavy()],
])('a request with a %s span under %s', (_, algorithm, span) => {
  test(
    'is intact, and with any bit of its bytes flipped it is not, or means the same',
    () => {
      const keyRing = ringOf(algorithm);
      const bytes = protobuf(sealedRequest([span], sealerOf(keyRing)));
      expect(reportOn(keyRing, bytes)).toMatchObject({ result: 'intact', spans: { valid: 1 } });
      const model = decodeTraceRequest(bytes);
      const meant = { exact: meaningOf(model, 'exact'), core: meaningOf(model, 'core') };
      const seal = textOf(spansOf(model)[0]);
      const sealAt = Buffer.from(bytes).indexOf(seal);
      const isSeal = (at: number): boolean => at >= sealAt && at < sealAt + seal.length;
      const counts: Counts = { flips: 0, detected: 0, void: 0, tail: 0 };
      const unseen: string[] = [];
      for (const { flipped, at, bit } of flips(bytes)) {
        const { result, spans } = reportOn(keyRing, flipped);
        counts.flips += 1;
        const coverage = spans.valid === 1 ? 'exact' : 'core';
        if (result !== 'intact') {
          counts.detected += 1;
          if (spans.valid > 0) unseen.push(`byte ${at} bit ${bit}: valid`);
          continue;
        }
        counts[coverage === 'exact' ? 'void' : 'tail'] += 1;
        if (isSeal(at) || meaningOf(decodeTraceRequest(flipped), coverage) !== meant[coverage])
          unseen.push(`byte ${at} bit ${bit}: ${coverage}`);
      }
      expect(unseen).toEqual([]);
      expect(counts.flips).toBe(8 * bytes.length);
      // Of the resource, `host.name` may be written anew; of the heavy span, flags and the like are its tail.
      expect(counts.detected).toBeGreaterThan(0.8 * counts.flips);
      expect(counts.void).toBeGreaterThan(0);
      expect(counts.tail > 0).toBe(span !== lean);
    },
    patience,
  );
});

/** A sealed span, and its checkpoint, signed by a third party as well. */
function anchoredSpan(algorithm: AlgorithmName) {
  const keyRing = ringOf(algorithm);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const by = sealerOf(keyRing, { checkpoints: true, signers: [{ name: 'witness', key: privateKey }] });
  const sealed = sealedRequest([lean], by);
  const losses = [{ reason: 'dropped' as const, first: 40, count: 2 }];
  const [checkpoint] = by.checkpoint({ nowMillis: startMillis + 5, losses, end: true });
  if (checkpoint === undefined) throw new Error('a sealer makes at least one checkpoint');
  return { keyRing, sealed, checkpoint, publicKey };
}

describe.each<AlgorithmName>(['hs256', 'hs512'])('a checkpoint under %s', (algorithm) => {
  test(
    'holds its stream together, and with any bit of its span flipped it does not, or says the same',
    () => {
      const { keyRing, sealed, checkpoint } = anchoredSpan(algorithm);
      const times = { startTimeUnixNano: `${startMillis}000000`, endTimeUnixNano: `${startMillis}500000` };
      const bytes = protobuf(carrying([checkpoint], { ...times, flags: 0x101 }));
      expect(reportOn(keyRing, sealed, bytes)).toMatchObject({
        ...{ result: 'intact', spans: { total: 1, valid: 1 } },
        streams: [{ verdict: 'complete', checkpoints: 1 }],
      });
      const said = JSON.stringify(checkpointModel(decodeTraceRequest(bytes)));
      const textAt = Buffer.from(bytes).indexOf(checkpoint.text);
      const isText = (at: number): boolean => at >= textAt && at < textAt + checkpoint.text.length;
      const unseen: string[] = [];
      let voids = 0;
      for (const { flipped, at, bit } of flips(bytes)) {
        if (reportOn(keyRing, sealed, flipped).result !== 'intact') continue;
        voids += 1;
        if (isText(at) || JSON.stringify(checkpointModel(decodeTraceRequest(flipped))) !== said)
          unseen.push(`byte ${at} bit ${bit}`);
      }
      expect(unseen).toEqual([]);
      // 24 bytes of ids, 16 of times, and the resource.
      expect(voids).toBeGreaterThan(8 * 24);
    },
    patience,
  );

  test('is signed by the witness in its note, and with any bit of that flipped it is not', () => {
    const { checkpoint, publicKey } = anchoredSpan(algorithm);
    const keys = [{ name: 'witness', key: publicKey }];
    const bytes = Buffer.from(checkpoint.note);
    const opened = openCheckpointNote(checkpoint.note, keys);
    expect(opened?.signedBy).toEqual(['witness']);
    // The first signature is the MAC. It is not the witness's, and a reader without the key cannot check it.
    const macFrom = bytes.indexOf('\n\n') + 2;
    const macTo = bytes.indexOf('\n', macFrom) + 1;
    const unseen: string[] = [];
    let others = 0;
    for (const { flipped, at, bit } of flips(bytes)) {
      const now = openCheckpointNote(Buffer.from(flipped).toString(), keys);
      if ((now?.signedBy ?? []).length === 0) continue;
      others += 1;
      if (at < macFrom || at >= macTo || now?.body !== opened?.body) unseen.push(`byte ${at} bit ${bit}`);
    }
    expect(unseen).toEqual([]);
    expect(others).toBeGreaterThan(0);
    expect(others).toBeLessThanOrEqual(8 * (macTo - macFrom));
  });
});
