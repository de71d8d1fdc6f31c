import { createHmac, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { crc32 } from '../src/crc32.js';
import { HmacKey, hmacRoom } from '../src/hmac-key.js';

// The primitives come from node:crypto, but for the two hashes that make an HMAC of a span. These vectors prove that they are used as their standards mean it: tag
// truncation from the left, HKDF with empty salt, key and tag lengths.

function load<T>(name: string): T {
  return JSON.parse(readFileSync(`${__dirname}/vectors/${name}`, 'utf8')) as T;
}

interface Wycheproof<Case> {
  numberOfTests: number;
  testGroups: { tagSize?: number; tests: (Case & { tcId: number; result: string })[] }[];
}

describe.each([
  ['sha256', 'hmac_sha256_test.json'],
  ['sha512', 'hmac_sha512_test.json'],
] as const)('HMAC with %s', (hash, file) => {
  test('holds on every Wycheproof case', () => {
    const { testGroups, numberOfTests } = load<Wycheproof<{ key: string; msg: string; tag: string }>>(file);
    let seen = 0;
    for (const { tagSize = 0, tests } of testGroups) {
      for (const { key, msg, tag, result } of tests) {
        const [secret, message] = [Buffer.from(key, 'hex'), Buffer.from(msg, 'hex')];
        const mac = createHmac(hash, secret).update(message).digest();
        expect(mac.subarray(0, tagSize / 8).toString('hex') === tag).toBe(result === 'valid');
        const behindRoom = Buffer.concat([Buffer.alloc(hmacRoom(hash)), message]);
        expect(new HmacKey(hash, secret).macToLatin1(behindRoom)).toBe(mac.toString('latin1'));
        seen += 1;
      }
    }
    expect(seen).toBe(numberOfTests);
  });

  test('holds for keys of every length around a block, and leaves no key behind in the room', () => {
    for (let length = 0; length <= 2 * hmacRoom(hash) + 2; length += 1) {
      const key = Buffer.alloc(length, length + 1);
      const bytes = Buffer.concat([Buffer.alloc(hmacRoom(hash), 7), Buffer.from('a message')]);
      const expected = createHmac(hash, key).update('a message').digest('binary');
      const own = new HmacKey(hash, key);
      expect([length, own.macToLatin1(bytes)]).toEqual([length, expected]);
      expect(bytes.subarray(0, hmacRoom(hash)).every((byte) => byte === 0)).toBe(true);
      expect(bytes.subarray(hmacRoom(hash)).toString()).toBe('a message');
      expect(own.macToLatin1(bytes)).toBe(expected);
    }
  });
});

test('HKDF-SHA256 holds on every Wycheproof case', () => {
  type Case = { ikm: string; salt: string; info: string; size: number; okm: string };
  const { testGroups, numberOfTests } = load<Wycheproof<Case>>('hkdf_sha256_test.json');
  let seen = 0;
  for (const { ikm, salt, info, size, okm, result } of testGroups.flatMap(({ tests }) => tests)) {
    const derive = () => Buffer.from(hkdfSync('sha256', ...inputs(ikm, salt, info), size)).toString('hex');
    if (result === 'invalid') expect(derive).toThrow();
    else expect(derive()).toBe(okm);
    seen += 1;
  }
  expect(seen).toBe(numberOfTests);
});

interface RfcCase<Config> {
  config: Config & { hash: string };
  input: string;
  expect: { equals: string };
}

test('RFC 5869 appendix A holds', () => {
  const { cases } = load<{ cases: RfcCase<{ salt: string; info: string; length: number }>[] }>(
    'rfc5869-hkdf.json',
  );
  expect(cases).toHaveLength(3);
  for (const { config, input, expect: expected } of cases) {
    const okm = hkdfSync(config.hash, ...inputs(input, config.salt, config.info), config.length);
    expect(Buffer.from(okm).toString('hex')).toBe(expected.equals);
  }
});

test('RFC 4231 holds', () => {
  const { cases } = load<{ cases: RfcCase<{ key: string }>[] }>('rfc4231-hmac.json');
  expect(cases).toHaveLength(21);
  for (const { config, input, expect: expected } of cases) {
    const mac = createHmac(config.hash, Buffer.from(config.key, 'hex'))
      .update(Buffer.from(input, 'hex'))
      .digest('hex');
    expect(mac.slice(0, expected.equals.length)).toBe(expected.equals);
  }
});

function inputs(...texts: [string, string, string]): [Buffer, Buffer, Buffer] {
  return texts.map((text) => Buffer.from(text, 'hex')) as [Buffer, Buffer, Buffer];
}

test('CRC-32 is that of zlib, for stretches of every length and behind others', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), fc.nat(), (bytes, one, other) => {
      const [start = 0, end = 0] = [one % (bytes.length + 1), other % (bytes.length + 1)].sort(
        (a, b) => a - b,
      );
      const front = crc32(bytes, { start: 0, end: start });
      expect(front).toBe(zlibCrc32(bytes.subarray(0, start)));
      expect(crc32(bytes, { start, end }, front)).toBe(zlibCrc32(bytes.subarray(0, end)));
    }),
    { seed: 20261129, numRuns: 2000 },
  );
});
