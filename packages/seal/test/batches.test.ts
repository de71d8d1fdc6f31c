import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { computeBatchMac } from '../src/batch.js';
import { formatBatch, parseBatch } from '../src/batch-text.js';
import {
  type BatchVerifierOptions,
  batchHeaderName,
  createBatchVerifier,
  createKeyRing,
  createSpanSealer,
  type ReceivedBatch,
  type SpanSealer,
} from '../src/index.js';
import { findKey } from '../src/key-ring.js';
import { deriveEpochKeys, deriveStreamKey } from '../src/stream-key.js';
import { otherSecret, ring, secret, startMillis } from './sealed-request.js';

const body = Buffer.from('a request, with whatever bytes');
const open = (keyRing = ring(), start = startMillis): SpanSealer =>
  createSpanSealer({ keyRing, startMillis: start, random: randomBytes(12) });
const sent = (by: SpanSealer = open(), nowMillis = startMillis): string =>
  by.sealBatch({ body, format: 'protobuf', first: 3, count: 2 }, nowMillis);
const verifier = (options: Partial<BatchVerifierOptions> = {}) =>
  createBatchVerifier({ keyRing: ring(), ...options });

function verdict(received: Partial<ReceivedBatch>, by = verifier()): string {
  return by.check({ header: undefined, body, format: 'protobuf', nowMillis: startMillis, ...received })
    .verdict;
}

describe('The header of a batch', () => {
  test('says who sent which spans, and holds for the body that was sent', () => {
    const by = open();
    const header = sent(by);
    expect(batchHeaderName).toBe('spanseal-batch');
    expect(header).toMatch(/^[0-9A-Za-z~-]+$/);
    expect(verifier().check({ header, body, format: 'protobuf', nowMillis: startMillis })).toEqual({
      ...{ verdict: 'valid', keyId: 'k-test', stream: by.stream, number: 0, first: 3, count: 2 },
    });
  });

  test('holds for no other body, format, or spelling', () => {
    const header = sent();
    for (let at = 0; at < body.length * 8; at += 1) {
      const other = Buffer.from(body);
      other[at >> 3] = (other[at >> 3] ?? 0) ^ (1 << (at & 7));
      expect(verdict({ header, body: other })).toBe('invalid');
    }
    for (const other of [body.subarray(1), Buffer.concat([body, Buffer.alloc(1)]), Buffer.alloc(0)])
      expect(verdict({ header, body: other })).toBe('invalid');
    expect(verdict({ header, format: 'json' })).toBe('invalid');
    for (const other of [
      ` ${header}`,
      `${header}~`,
      header.toLowerCase(),
      header.slice(0, -1),
      'x'.repeat(500),
    ])
      expect(verdict({ header: other })).not.toBe('valid');
  });

  test('holds with none of its bits changed', () => {
    const header = Buffer.from(sent(), 'latin1');
    const seen = new Set<string>();
    for (let at = 0; at < header.length * 8; at += 1) {
      const other = Buffer.from(header);
      other[at >> 3] = (other[at >> 3] ?? 0) ^ (1 << (at & 7));
      seen.add(verdict({ header: other.toString('latin1') }));
    }
    expect([...seen].sort()).toEqual([
      'invalid',
      'malformed',
      'unknown-key',
      'unsupported-version',
      'wrong-realm',
    ]);
  });

  test('is expected once', () => {
    const header = sent();
    expect(verdict({ header: undefined })).toBe('unsigned');
    expect(verdict({ header: [] })).toBe('unsigned');
    expect(verdict({ header: [header] })).toBe('valid');
    expect(verdict({ header: [header, header] })).toBe('malformed');
    expect(verdict({ header: '' })).toBe('malformed');
    expect(verdict({ header: header.replace('1', '2') })).toBe('unsupported-version');
  });

  test('is of one key, one realm, and none that was revoked', () => {
    const header = sent();
    expect(verdict({ header }, verifier({ keyRing: ring('k-other') }))).toBe('unknown-key');
    expect(verdict({ header }, verifier({ keyRing: ring('k-test', 'acme/staging') }))).toBe('wrong-realm');
    const revoked = createKeyRing({
      realm: 'acme/production',
      primary: { id: 'k-new', secret: otherSecret },
      revoked: [{ id: 'k-test', secret, from: startMillis }],
    });
    expect(verdict({ header }, verifier({ keyRing: revoked }))).toBe('revoked-key');
  });

  test('cannot be moved to another stream, nor into another epoch', () => {
    const [one, other] = [sent().split('~'), sent().split('~')];
    const spliced = [...one.slice(0, 3), other[3], ...one.slice(4)].join('~');
    expect(verdict({ header: spliced })).toBe('invalid');
    const later = open();
    const header = sent(later, startMillis + 700_000).split('~');
    expect(header[4]).not.toBe(one[4]);
    expect(verdict({ header: [...header.slice(0, 4), one[4], ...header.slice(5)].join('~') })).toBe(
      'invalid',
    );
  });
});

describe('A batch of which a holder of the key of one epoch says another time', () => {
  /** The header of a batch of the first epoch, made anew with another time under the key of that epoch. */
  function saying(millis: number, header = sent()): string {
    const parts = parseBatch(header);
    if (typeof parts === 'string') throw new Error(parts);
    const key = findKey(ring(), parts.keyId, parts.stream);
    if (key === undefined) throw new Error('no key');
    const { algorithm } = key;
    const realm = 'acme/production';
    const { batch } = deriveEpochKeys(deriveStreamKey(key, realm, parts.stream), parts.epoch, algorithm.hash);
    const said = { ...parts, millis };
    const mac = computeBatchMac(said, { body, format: 'protobuf' }, { algorithm, realm, key: batch });
    return formatBatch(said, mac);
  }
  const endMillis = startMillis + 300_000;

  test('is of another epoch, at whatever time it comes', () => {
    for (const millis of [startMillis - 300_001, endMillis + 300_001, 0, endMillis + 86_400_000]) {
      for (const nowMillis of [millis, startMillis, millis + 86_400_000])
        expect(verdict({ header: saying(millis), nowMillis })).toBe('epoch-mismatch');
    }
  });

  test('is valid within what clocks may differ by', () => {
    for (const millis of [startMillis - 300_000, startMillis, endMillis, endMillis + 300_000])
      expect(verdict({ header: saying(millis), nowMillis: millis })).toBe('valid');
  });

  test('takes no number', () => {
    const by = verifier();
    const header = sent();
    const nowMillis = endMillis + 300_001;
    expect(verdict({ header: saying(nowMillis, header), nowMillis }, by)).toBe('epoch-mismatch');
    expect(verdict({ header }, by)).toBe('valid');
    expect(verdict({ header: saying(startMillis + 1, header) }, by)).toBe('conflict');
  });
});

describe('A batch that comes again', () => {
  test('is a retry while it is young, and a replay after', () => {
    const by = verifier({ maxAgeMillis: 60_000 });
    const header = sent();
    expect(verdict({ header }, by)).toBe('valid');
    expect(verdict({ header, nowMillis: startMillis + 60_000 }, by)).toBe('duplicate');
    expect(verdict({ header, nowMillis: startMillis + 60_001 }, by)).toBe('replay');
    expect(verdict({ header, nowMillis: startMillis - 60_001 }, by)).toBe('replay');
    expect(verdict({ header, nowMillis: Number.NaN }, by)).toBe('replay');
  });

  test('is remembered for as long as it is young, also when it came from the future', () => {
    const by = verifier({ maxAgeMillis: 60_000 });
    const header = sent();
    expect(verdict({ header, nowMillis: startMillis - 60_000 }, by)).toBe('valid');
    const [later, nowMillis] = [sent(open(), startMillis + 60_000), startMillis + 60_000];
    expect(verdict({ header: later, nowMillis }, by)).toBe('valid');
    expect(verdict({ header, nowMillis }, by)).toBe('duplicate');
  });

  test('is a replay also when the clock was set back after it was forgotten', () => {
    const by = verifier({ maxAgeMillis: 60_000 });
    const header = sent();
    expect(verdict({ header }, by)).toBe('valid');
    const later = sent(open(), startMillis + 120_000);
    expect(verdict({ header: later, nowMillis: startMillis + 120_000 }, by)).toBe('valid');
    expect(verdict({ header }, by)).toBe('replay');
  });

  test('is remembered whatever else comes, or refused', () => {
    const by = verifier();
    const first = sent();
    expect(verdict({ header: first }, by)).toBe('valid');
    const flood = open();
    for (let number = 0; number < 100_000; number += 1) {
      const header = flood.sealBatch({ body, format: 'protobuf', first: 0, count: 0 }, startMillis + 1);
      by.check({ header, body, format: 'protobuf', nowMillis: startMillis });
    }
    expect(verdict({ header: first }, by)).toBe('replay');
    expect(verdict({ header: sent() }, by)).toBe('replay');
    expect(verdict({ header: sent(open(), startMillis + 2) }, by)).toBe('valid');
  });

  test('with another body under the same number is a conflict, which only a holder of the key can make', () => {
    const random = new Uint8Array(12);
    const twin = (): SpanSealer => createSpanSealer({ keyRing: ring(), startMillis, random });
    const by = verifier();
    expect(verdict({ header: sent(twin()) }, by)).toBe('valid');
    const other = Buffer.from('another body');
    const header = twin().sealBatch({ body: other, format: 'protobuf', first: 0, count: 1 }, startMillis);
    expect(verdict({ header, body: other }, by)).toBe('conflict');
  });
});

describe('A sealer', () => {
  test('counts its batches, and makes them with the key of their epoch', () => {
    const by = open();
    const check = (header: string, nowMillis: number) =>
      verifier().check({ header, body, format: 'protobuf', nowMillis });
    expect(check(sent(by), startMillis)).toMatchObject({ verdict: 'valid', number: 0 });
    const later = startMillis + 301_000;
    expect(check(sent(by, later), later)).toMatchObject({ verdict: 'valid', number: 1 });
    // Its clock was set back: the epoch stays, and so does its time.
    expect(check(sent(by, startMillis), later)).toMatchObject({ verdict: 'valid', number: 2 });
    by.close();
    expect(() => sent(by)).toThrow(expect.objectContaining({ code: 'ERR_SPANSEAL_SEALER' }));
  });
});

test('A verifier of batches names every fault of its options', () => {
  expect(() => createBatchVerifier({ keyRing: {}, maxAgeMillis: -1, maxAge: 1 } as never)).toThrow(
    expect.objectContaining({
      code: 'ERR_SPANSEAL_VERIFIER',
      faults: [
        { path: 'maxAge', expected: 'only keyRing, maxAgeMillis', got: 'an unknown option' },
        expect.objectContaining({ path: 'keyRing' }),
        expect.objectContaining({ path: 'maxAgeMillis' }),
      ],
    }),
  );
});
