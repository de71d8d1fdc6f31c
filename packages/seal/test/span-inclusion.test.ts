import { describe, expect, test } from '@jest/globals';
import {
  type Checkpoint,
  checkInclusion,
  createSpanSealer,
  createVerifier,
  type SpanInclusion,
} from '../src/index.js';
import { anchored, carrying } from './anchored-stream.js';
import { ring, sampleSpan, sealedRequest, startMillis } from './sealed-request.js';

describe('a proof of inclusion', () => {
  const sealer = anchored();
  const request = sealedRequest(
    Array.from({ length: 5 }, (_, number) => sampleSpan(number)),
    sealer,
  );
  const [checkpoint] = sealer.checkpoint({ nowMillis: startMillis, end: true });
  const anchor = carrying([checkpoint as Checkpoint]);
  const spanId = (number: number): string => (number + 1).toString(16).padStart(16, '0');

  /** Four spans of another stream, with a checkpoint for two of them each. */
  function anchoredTwice(from = 0) {
    const random = new Uint8Array(12).fill(5);
    const by = createSpanSealer({ keyRing: ring(), startMillis, random, checkpoints: true });
    const spans = [0, 1, 2, 3].map((at) =>
      at < 3 ? sampleSpan(from + at) : { ...sampleSpan(3), spanId: 'abcdef0123456789' },
    );
    const halves = [sealedRequest(spans.slice(0, 2), by)];
    const first = by.checkpoint({ nowMillis: startMillis });
    halves.push(sealedRequest(spans.slice(2), by));
    const made = [...first, ...by.checkpoint({ nowMillis: startMillis, end: true })];
    return [{ resourceSpans: halves.flatMap(({ resourceSpans }) => resourceSpans) }, carrying(made)] as const;
  }

  function proofOf(id: string, requests: readonly object[] = [request, anchor]) {
    const verifier = createVerifier({ keyRing: ring() });
    for (const one of requests) verifier.add(one);
    return verifier.prove(id);
  }

  test('holds for every span of a checkpoint, and without a key', () => {
    for (let number = 0; number < 5; number += 1) {
      const proof = proofOf(spanId(number)) as SpanInclusion;
      expect(proof).toMatchObject({ seq: number, index: number, size: 5, checkpoint: checkpoint?.text });
      expect(checkInclusion(proof)).toBe(true);
    }
  });

  test('does not hold with any part of it changed', () => {
    const proof = proofOf(spanId(2)) as SpanInclusion;
    const other = proofOf(spanId(3)) as SpanInclusion;
    for (const name of ['mac', 'leaf', 'seq', 'index', 'proof'] as const)
      expect([name, checkInclusion({ ...proof, [name]: other[name] })]).toEqual([name, false]);
    for (const size of [0, 2, 9, -1, 0.5]) expect(checkInclusion({ ...proof, size })).toBe(false);
    expect(checkInclusion({ ...proof, root: proof.leaf })).toBe(false);
    expect(checkInclusion({ ...proof, proof: [...proof.proof, ...proof.proof.slice(0, 1)] })).toBe(false);
    expect(checkInclusion({ ...proof, proof: proof.proof.slice(1) })).toBe(false);
    for (const mac of ['', proof.mac.slice(0, -4), `${proof.mac}AAAA`])
      expect(checkInclusion({ ...proof, mac })).toBe(false);
    // A proof that leads nowhere leads to no root either, not to an empty one.
    for (const path of [[], proof.proof.slice(1), [...proof.proof, proof.leaf]])
      expect(checkInclusion({ ...proof, proof: path, root: '' })).toBe(false);
    // A second spelling of the same bytes is no proof either.
    expect(checkInclusion({ ...proof, root: proof.root.replace('=', '') })).toBe(false);
    expect(checkInclusion({ ...proof, leaf: proof.leaf.replace('=', '') })).toBe(false);
  });

  test('is false for what is none, and does not throw', () => {
    const proof = proofOf(spanId(2)) as SpanInclusion;
    const others: readonly object[] = [
      ...[{ seq: -1 }, { seq: '2' }, { seq: 2 ** 53 }, { index: 0.5 }, { index: -1 }, { size: Number.NaN }],
      ...[{ proof: 'x' }, { proof: {} }, { proof: [1] }, { proof: undefined }, { mac: 7 }, { leaf: null }],
      ...[{ root: undefined }, { root: 7 }, { size: '5' }],
    ];
    for (const other of others)
      expect([other, checkInclusion({ ...proof, ...other } as SpanInclusion)]).toEqual([other, false]);
    for (const nothing of [undefined, null, {}, 7]) expect(checkInclusion(nothing as never)).toBe(false);
  });

  test('is refused for what nobody can prove', () => {
    expect(proofOf('00'.repeat(8))).toBe('no-span');
    expect(proofOf(spanId(2), [request])).toBe('no-checkpoint');
    const [group] = request.resourceSpans;
    const fewer = structuredClone({ resourceSpans: [group] });
    fewer.resourceSpans[0]?.scopeSpans[0]?.spans?.pop();
    expect(proofOf(spanId(2), [fewer, anchor])).toBe('spans-missing');
  });

  test('is for the span with the id, in whichever stream and spelling', () => {
    const other = createSpanSealer({ keyRing: ring(), startMillis, random: new Uint8Array(12).fill(4) });
    const more = sealedRequest([sampleSpan(8), { ...sampleSpan(9), spanId: 'abcdef0123456789' }], other);
    const found = proofOf(spanId(2), [more, request, anchor]) as SpanInclusion;
    expect(found).toMatchObject({ stream: sealer.stream, seq: 2, spanId: spanId(2) });
    expect(proofOf(spanId(9), [more, request, anchor])).toBe('no-span');
    expect(proofOf('abcdef0123456789', [more, request, anchor])).toBe('no-checkpoint');
    expect(proofOf('ABCDEF0123456789', [more, request, anchor])).toBe('no-checkpoint');
    const proof = proofOf('ABCDEF0123456789', anchoredTwice()) as SpanInclusion;
    expect(proof).toMatchObject({ spanId: 'abcdef0123456789', seq: 3, index: 1, size: 2 });
    expect(checkInclusion(proof)).toBe(true);
  });

  test('is of the checkpoint that is about the span, and refused when that is about others', () => {
    const [spans, checkpoints] = anchoredTwice();
    for (const [number, index] of [
      [0, 0],
      [1, 1],
      [2, 0],
    ] as const) {
      const proof = proofOf(spanId(number), [spans, checkpoints]) as SpanInclusion;
      expect([number, proof.index, proof.size]).toEqual([number, index, 2]);
      expect(checkInclusion(proof)).toBe(true);
    }
    const reversed = structuredClone(checkpoints);
    reversed.resourceSpans[0]?.scopeSpans[0]?.spans?.reverse();
    for (const [number, first] of [
      [0, 0],
      [3, 2],
    ] as const) {
      const id = number === 3 ? 'abcdef0123456789' : spanId(number);
      const proof = proofOf(id, [spans, reversed]) as SpanInclusion;
      expect([number, proof.index, proof.size]).toEqual([number, number - first, 2]);
    }
    const [others] = anchoredTwice(20);
    expect(proofOf(spanId(20), [others, checkpoints])).toBe('fork');
  });
});
