import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type SeenSpan, SeenSpans } from '../src/seen-spans.js';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const spanOf = fc.record({
  mac: bytes(16),
  traceTag: bytes(6),
  spanId: bytes(8),
  arrival: fc.nat(2 ** 31 - 1).map((number) => number * 2 ** 16),
});

describe('The spans that a ledger has seen', () => {
  test('come back as they were put in, by seq, and in its order', () => {
    const seq = fc.oneof(fc.nat(200), fc.nat(5_000_000), fc.maxSafeInteger().map(Math.abs));
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(seq, spanOf), { selector: ([number]) => number }), (entries) => {
        const seen = new SeenSpans();
        for (const [number, span] of entries) seen.add(number, span);
        for (const [number, span] of entries) {
          const found = seen.get(number) as SeenSpan;
          expect({ ...found, mac: Uint8Array.from(found.mac) }).toMatchObject({
            mac: span.mac,
            arrival: span.arrival,
          });
          expect(Buffer.compare(found.traceTag, span.traceTag)).toBe(0);
          expect(Buffer.compare(found.spanId, span.spanId)).toBe(0);
          expect(seen.macAt(number)).toEqual(found.mac);
        }
        const free = [...entries.map(([number]) => number + 1), 0, 31, 32].filter(
          (number) => !entries.some(([taken]) => taken === number),
        );
        for (const number of free)
          expect([number, seen.get(number), seen.macAt(number)]).toEqual([number, undefined, undefined]);
        expect(seen.size).toBe(entries.length);
        expect([...seen.seqs()]).toEqual(entries.map(([number]) => number).sort((one, other) => one - other));
      }),
      { seed: 20261128, numRuns: 300 },
    );
  });

  test('take some 40 bytes each where seqs lie close', () => {
    const [mac, traceTag, spanId] = [new Uint8Array(16), new Uint8Array(6), new Uint8Array(8)];
    const before = process.memoryUsage().arrayBuffers;
    const seen = new SeenSpans();
    for (let number = 0; number < 200_000; number++)
      seen.add(number, { mac, traceTag, spanId, arrival: number });
    const each = (process.memoryUsage().arrayBuffers - before) / 200_000;
    expect(seen.size).toBe(200_000);
    expect(each).toBeLessThan(45);
  });
});
