import { describe, expect, test } from '@jest/globals';
import type { Span } from '@spanseal/otlp';
import {
  checkSealerOptions,
  createSpanSealer,
  type OpenSpanSealerOptions,
  openSpanSealer,
  SealError,
  type SpanSealer,
  type SpanSealerOptions,
  type VerifierOptions,
} from '../src/index.js';
import { numbers, verify } from './anchored-stream.js';
import { forgedRequest, forgedResource, forgedScope, forgeSeal, stolenKey, streamId } from './forger.js';
import { ring, sampleSpan, sealedRequest, startMillis } from './sealed-request.js';
import { rejectionOf, thrownBy } from './sealing-error.js';

const random = new Uint8Array(12).fill(7);
const options = { keyRing: ring(), startMillis, random };
const epochSeconds = 300;
const wait = 'milliseconds, 1 to 2147483647';

/** A span without events and links that ended some seconds after the second epoch began. */
function endedAt(seconds: number): Span {
  const { events: _, links: __, ...span } = sampleSpan();
  const end = startMillis / 1000 + epochSeconds + seconds;
  return { ...span, endTimeUnixNano: `${end}999999999` };
}

const boundaries: readonly (readonly [number, string])[] = [
  [-86_401, 'epoch-mismatch'],
  [-86_400, 'valid'],
  [600, 'valid'],
  [601, 'epoch-mismatch'],
];

describe('the time at which a span ended', () => {
  test.each(boundaries)(
    'is of its epoch or it is refused: %d s after its beginning, %s',
    (seconds, verdict) => {
      const stream = streamId(7);
      const span = endedAt(seconds);
      const seal = forgeSeal(span, stolenKey('span', { stream, epoch: 1 }), { stream, epoch: 1, seq: 0 });
      expect(verify([forgedRequest([[span, seal]])]).spans).toMatchObject({ [verdict]: 1, total: 1 });
    },
  );

  test.each(boundaries)(
    'is marked by a sealer where it is not: %d s after its beginning',
    (seconds, verdict) => {
      const by = createSpanSealer(options);
      const span = endedAt(seconds);
      const now = startMillis + 1000 * epochSeconds;
      const seal = by.seal({ span, scope: forgedScope, resource: forgedResource }, now);
      const of = (more: Partial<VerifierOptions>) => verify([forgedRequest([[span, seal]])], more).spans;
      expect(of({})).toMatchObject({ valid: 1 });
      expect(of({ refuseLate: true })).toMatchObject({ [verdict]: 1, total: 1 });
    },
  );

  test('is the same in whichever form it is given to a sealer', () => {
    for (const { span, is } of boundaries.map(([seconds, is]) => ({ span: endedAt(seconds), is }))) {
      const by = createSpanSealer(options);
      const given = { ...span, endTimeUnixNano: BigInt(span.endTimeUnixNano ?? 0) };
      const now = startMillis + 1000 * epochSeconds;
      const seal = by.seal({ span: given, scope: forgedScope, resource: forgedResource }, now);
      expect(verify([forgedRequest([[span, seal]])], { refuseLate: true }).spans).toMatchObject({ [is]: 1 });
    }
  });

  test('is 1970 where a span has none', () => {
    const { endTimeUnixNano: _, ...span } = sampleSpan();
    const request = sealedRequest([span], createSpanSealer(options));
    expect(verify([request]).spans).toMatchObject({ valid: 1 });
    expect(verify([request], { refuseLate: true }).spans).toMatchObject({ 'epoch-mismatch': 1 });
  });
});

describe('a sealer', () => {
  const epochOf = (seal: string): string | undefined => seal.split('~')[4];
  const sealedAt = (by: ReturnType<typeof createSpanSealer>, seconds: number): string =>
    by.seal({ span: sampleSpan() }, startMillis + 1000 * seconds);

  test('counts its spans, and its epochs forwards only', () => {
    const by = createSpanSealer(options);
    expect([by.sealed, by.unanchored, by.checkpointed, by.isCurrent]).toEqual([0, 0, 0, true]);
    const seals = [-5, 0, 299, 300, 599, 10, 900, 2 ** 40, 1000].map((seconds) => sealedAt(by, seconds));
    expect(seals.map(epochOf)).toEqual(['b', 'b', 'b', 'c', 'c', 'c', 'f', 'PPPP', 'PPPP']);
    expect([by.sealed, by.unanchored]).toEqual([9, 0]);
    expect(seals.map((seal) => seal.split('~')[5])).toEqual([...'bcdfghjkl']);
  });

  test('knows which spans no checkpoint is about yet, where it makes checkpoints', () => {
    const by = createSpanSealer({ ...options, checkpoints: true });
    sealedRequest(numbers(3), by);
    expect([by.unanchored, by.checkpointed]).toEqual([3, 0]);
    by.checkpoint({ nowMillis: startMillis });
    expect([by.unanchored, by.checkpointed]).toEqual([0, 1]);
  });

  test('uses up no seq for a span that cannot be sealed', () => {
    const by = createSpanSealer(options);
    expect(() => by.seal({ span: { name: '\ud800' } }, startMillis)).toThrow();
    expect(by.sealed).toBe(0);
    expect(sealedAt(by, 0).split('~')[5]).toBe('b');
  });

  test.each<[string, (by: SpanSealer) => unknown]>([
    ['seals another one in a later epoch', (by) => by.seal({ span: sampleSpan(1) }, startMillis + 300_000)],
    ['closes the stream', (by) => by.close()],
  ])('makes no seal under keys that are gone, of a span that %s while it is read', (_, act) => {
    const sealer = createSpanSealer(options);
    const span = {
      ...sampleSpan(),
      get name() {
        act(sealer);
        return 'n';
      },
    };
    expect(() => sealer.seal({ span }, startMillis)).toThrow(SealError);
  });

  test('gives no seq to two spans, of which one is sealed while the seal of the other is taken', () => {
    const sealer = createSpanSealer(options);
    const seals: string[] = [];
    const take = () => {
      expect(() => sealer.seal({ span: sampleSpan(1) }, startMillis)).toThrow(SealError);
    };
    seals.push(sealer.seal({ span: sampleSpan(0) }, startMillis, take));
    seals.push(sealer.seal({ span: sampleSpan(2) }, startMillis));
    expect(seals.map((seal) => seal.split('~')[5])).toEqual(['b', 'c']);
  });

  test('seals nothing once it was closed', () => {
    const by = createSpanSealer(options);
    sealedAt(by, 0);
    by.close();
    for (const seconds of [0, 1, 300]) {
      expect(() => sealedAt(by, seconds)).toThrow('seal: expected an open stream, got one that was closed');
      expect(() => by.checkpoint({ nowMillis: startMillis + 1000 * seconds })).toThrow(SealError);
    }
  });

  test.each<[string, Partial<Record<keyof OpenSpanSealerOptions, unknown>>, string, string]>([
    ['no ring', { keyRing: {} }, 'a key ring of createKeyRing()', 'an object'],
    ['no random bytes', { random: undefined }, '12 random bytes', 'undefined'],
    ['too few random bytes', { random: random.subarray(1) }, '12 random bytes', '11 bytes'],
    ['a list for bytes', { random: [...random] }, '12 random bytes', 'an array of 12'],
    ['a time before 1970', { startMillis: -1 }, 'a time since 1970', 'a number'],
    ['a time past 2106', { startMillis: 1000 * 2 ** 32 }, 'a time since 1970', 'a number'],
    ['no time', { startMillis: Number.NaN }, 'a time since 1970', 'a number that is not finite'],
    ['no list of signers', { signers: 7 }, 'an array', 'a number'],
    ['an endless wait', { timeoutMillis: Number.POSITIVE_INFINITY }, wait, 'a number that is not finite'],
    ['a wait longer than a timer takes', { timeoutMillis: 1e10 }, wait, 'a number'],
    ['a wait that is none', { timeoutMillis: 'x' }, wait, 'a text of 1 characters'],
    [
      'a signer without a key',
      { signers: [{ name: 'w' }] },
      'an Ed25519 or ML-DSA private key (KeyObject)',
      'undefined',
    ],
    [
      'an option that is misspelt',
      { checkpoint: true } as object,
      'only keyRing, startMillis, random, checkpoints, signers, timeoutMillis',
      'an unknown option',
    ],
  ])('is not begun with %s', (_, change, expected, got) => {
    const given = { ...options, ...change } as SpanSealerOptions;
    for (const begin of [createSpanSealer, checkSealerOptions]) {
      try {
        begin(given);
        throw new Error('it was begun');
      } catch (error) {
        expect((error as SealError).code).toBe('ERR_SPANSEAL_SEALER');
        expect((error as SealError).faults).toMatchObject([{ expected, got }]);
        expect((error as SealError).faults[0]?.path).toContain(Object.keys(change)[0]);
      }
    }
  });

  test.each([undefined, null, 'options'])('is not begun with %j in the place of options', async (given) => {
    const fault = { path: 'options', expected: 'an object' };
    for (const begin of [createSpanSealer, checkSealerOptions]) {
      const { code, faults } = thrownBy(() => begin(given as never));
      expect([code, faults]).toMatchObject(['ERR_SPANSEAL_SEALER', [fault]]);
    }
    const { code, faults } = await rejectionOf(openSpanSealer(given as never));
    expect([code, faults]).toMatchObject(['ERR_SPANSEAL_SEALER', [fault]]);
  });

  test('is begun at both ends of time', () => {
    for (const at of [0, 1000 * 2 ** 32 - 1]) {
      const { stream } = createSpanSealer({ ...options, startMillis: at });
      expect(stream).toHaveLength(26);
      expect(() => checkSealerOptions({ ...options, startMillis: at })).not.toThrow();
    }
  });
});
