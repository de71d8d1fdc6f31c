import { describe, expect, test } from '@jest/globals';
import type { TraceRequest } from '@spanseal/otlp';
import type { Checkpoint, StreamReport } from '../src/index.js';
import { anchored, carrying, numbers, only, verify } from './anchored-stream.js';
import { forgeCheckpoint, stolenKey, streamId } from './forger.js';
import { sealedRequest, sealer, startMillis } from './sealed-request.js';

const minute = 60_000;

/** Three checkpoints of three spans each, a minute apart, with losses in the last one. */
function nine(): Parameters<typeof verify>[0] {
  const by = anchored();
  return [0, 3, 6].flatMap((from, at) => {
    const spans = sealedRequest(numbers(3, from), by);
    const losses = at === 2 ? [{ reason: 'dropped' as const, first: 1, count: 1 }] : [];
    const made = by.checkpoint({ nowMillis: startMillis + (at + 1) * minute, losses, end: at === 2 });
    return [spans, carrying(made)];
  });
}

const streamOf = (requests: Parameters<typeof verify>[0], options = {}): StreamReport =>
  verify(requests, options).streams[0] as StreamReport;
const without = (...seqs: number[]) =>
  nine().map((request, at) => (at % 2 === 0 ? only(request, (number) => !seqs.includes(number)) : request));

const between = (from: number, to: number) => ({
  fromMillis: startMillis + from * minute,
  toMillis: startMillis + to * minute,
});

describe('a report says of a stream', () => {
  test('when it began, when it was last heard of, and whether that was its end', () => {
    const whole = { startMillis, lastMillis: startMillis + 3 * minute, ended: true };
    expect(streamOf(nine())).toMatchObject(whole);
    expect(streamOf(nine())).not.toHaveProperty('gaps');
    const cut = streamOf(nine().slice(0, 4));
    expect(cut).toMatchObject({ startMillis, lastMillis: startMillis + 2 * minute });
    expect(cut).not.toHaveProperty('ended');
  });

  test('the epoch of its last span, when no checkpoint is later', () => {
    const by = anchored();
    const made = by.checkpoint({ nowMillis: startMillis });
    const late: typeof by = { ...by, seal: (item) => by.seal(item, startMillis + 11 * minute) };
    const request = sealedRequest(
      numbers(1).map((span) => ({ ...span, endTimeUnixNano: `${startMillis + 11 * minute}000000` })),
      late,
    );
    expect(streamOf([carrying(made), request])).toMatchObject({ lastMillis: startMillis + 10 * minute });
  });

  test('between which checkpoints the missing spans were sealed, a gap for each kind and stretch', () => {
    expect(streamOf(without(0, 1, 2, 3, 5))).toMatchObject({
      missing: [
        [0, 0],
        [2, 3],
        [5, 5],
      ],
      declared: [[1, 1]],
      gaps: [
        {
          kind: 'missing',
          first: 0,
          last: 2,
          count: 2,
          fromMillis: startMillis,
          toMillis: startMillis + minute,
        },
        ...[{ kind: 'missing', first: 3, last: 5, count: 2, fromMillis: startMillis + minute }],
        ...[{ kind: 'declared', first: 1, last: 1, count: 1, toMillis: startMillis + minute }],
      ],
    });
    const sampled = streamOf(without(4), { sampled: true });
    expect(sampled.gaps).toMatchObject([{ kind: 'sampled', first: 4, last: 4, count: 1 }]);
  });

  test('between which of its neighbours a checkpoint was made that is not there, and its spans too', () => {
    const requests = without(3, 4).filter((_, at) => at !== 3);
    const times = { fromMillis: startMillis + minute, toMillis: startMillis + 2 * minute };
    expect(streamOf(requests).gaps).toEqual([
      { kind: 'missing', first: 3, last: 4, count: 2, ...times },
      { kind: 'checkpoints', first: 1, last: 1, count: 1, ...times },
    ]);
  });

  test('between which checkpoints several were made that are not there, one after the other', () => {
    const by = anchored();
    const made = [1, 2, 3, 4, 5].map((at) => by.checkpoint({ nowMillis: startMillis + at * minute }));
    const there = (...places: number[]): TraceRequest[] => places.map((at) => carrying(made[at] ?? []));
    const kind = 'checkpoints';
    expect(streamOf(there(0, 3, 4)).gaps).toEqual([{ kind, first: 1, last: 2, count: 2, ...between(1, 3) }]);
    expect(streamOf(there(3)).gaps).toEqual([{ kind, first: 0, last: 2, count: 3, ...between(0, 3) }]);
    expect(streamOf(there(3, 0)).gaps).toEqual([{ kind, first: 1, last: 2, count: 2, ...between(1, 3) }]);
    expect(streamOf(there(0))).not.toHaveProperty('gaps');
  });

  test('that spans before the first checkpoint that is there were sealed from its beginning on', () => {
    const requests = nine().filter((_, at) => at !== 0 && at !== 1);
    expect(streamOf(requests).gaps?.filter(({ kind }) => kind !== 'declared')).toEqual([
      { kind: 'missing', first: 0, last: 2, count: 2, ...between(0, 1) },
      { kind: 'checkpoints', first: 0, last: 0, count: 1, ...between(0, 1) },
    ]);
  });

  test('the times of the checkpoint that is about the spans, also where a forger has turned their order around', () => {
    const place = { stream: streamId(7), epoch: 0 };
    const spans = (count: number) =>
      Array.from({ length: count }, () => ({ mac: Buffer.alloc(16), traceId: 'ab'.repeat(16) }));
    const forged = [
      { number: 0, first: 4, spans: spans(1), ...between(2, 3) },
      { number: 1, first: 0, spans: spans(2), ...between(0, 1) },
    ].map((said) => ({ text: forgeCheckpoint(stolenKey('checkpoint', place), { ...place, ...said }) }));
    const kind = 'missing';
    expect(streamOf([carrying(forged as unknown as Checkpoint[])])).toMatchObject({
      verdict: 'fork',
      gaps: [
        { kind, first: 0, last: 1, count: 2, ...between(0, 1) },
        { kind, first: 2, last: 3, count: 2, ...between(1, 2) },
        { kind, first: 4, last: 4, count: 1, ...between(2, 3) },
      ],
    });
  });

  test('no more than the whole of its time, when it has no checkpoints', () => {
    const request = only(sealedRequest(numbers(4), sealer()), (number) => number !== 1);
    const whole = { startMillis, lastMillis: startMillis };
    expect(streamOf([request])).toMatchObject({
      ...whole,
      gaps: [
        { kind: 'missing', first: 1, last: 1, count: 1, fromMillis: startMillis, toMillis: startMillis },
      ],
    });
  });
});
