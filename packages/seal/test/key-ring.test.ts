import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createKeyRing, generateSecret, SealError } from '../src/index.js';
import { otherSecret, secret } from './sealed-request.js';

const bytes = Buffer.from(secret.slice('base64:'.length), 'base64');

function faultsOf(options: unknown): readonly { path: string; expected: string; got: string }[] {
  try {
    createKeyRing(options as never);
  } catch (error) {
    expect(error).toBeInstanceOf(SealError);
    expect((error as SealError).code).toBe('ERR_SPANSEAL_KEY_RING');
    return (error as SealError).faults;
  }
  throw new Error('the ring was accepted');
}

describe('a key ring', () => {
  test('takes base64 and hex secrets of 32 bytes and more', () => {
    const ring = createKeyRing({
      primary: { id: 'now', secret },
      verifyOnly: [{ id: 'before', secret: otherSecret, algorithm: 'hs512' }],
      revoked: [{ id: 'stolen', secret: generateSecret(), from: '2026-01-01T00:00:00Z' }],
    });
    expect(ring.keyIds).toEqual(['now', 'before', 'stolen']);
    expect(ring.realm).toBe('');
  });

  test.each([
    ['31 bytes', `base64:${bytes.subarray(1).toString('base64')}`, '31 bytes'],
    ['no encoding', bytes.toString('base64'), 'a text without a known encoding, or not of that encoding'],
    [
      'unpadded base64',
      `base64:${bytes.toString('base64').replace('=', '')}`,
      'a text without a known encoding, or not of that encoding',
    ],
    [
      'base64url',
      `base64:${Buffer.alloc(33, 0xff).toString('base64url')}`,
      'a text without a known encoding, or not of that encoding',
    ],
    ['half a hex byte', `hex:${'0'.repeat(65)}`, 'a text without a known encoding, or not of that encoding'],
    [
      'a very long text',
      `hex:${'0'.repeat(10_000_000)}`,
      'a text without a known encoding, or not of that encoding',
    ],
  ])('refuses a secret of %s, without saying the secret', (_, wrong, got) => {
    const [fault] = faultsOf({ primary: { id: 'k', secret: wrong } });
    expect(fault).toMatchObject({ path: 'primary.secret', got });
  });

  test('refuses every fault at once, by path', () => {
    const faults = faultsOf({
      realm: 7,
      primary: { id: 'bad id', secret: 'short', algorithm: 'none', extra: 1 },
      verifyOnly: {},
      revoked: [{ id: 'r', secret: otherSecret, from: 'soon' }],
      other: true,
    });
    expect(faults.map(({ path }) => path).sort()).toEqual([
      'other',
      'primary.algorithm',
      'primary.extra',
      'primary.id',
      'primary.secret',
      'realm',
      'revoked[0].from',
      'verifyOnly',
    ]);
  });

  test.each(['', 'a b', '-x', 'x'.repeat(33), 'k123456789', 'k~1', 'k.1', 'ключ'])(
    'refuses the id %j',
    (id) => {
      expect(faultsOf({ primary: { id, secret } }).map(({ path }) => path)).toEqual(['primary.id']);
    },
  );

  test('refuses the same id twice', () => {
    const faults = faultsOf({ primary: { id: 'k', secret }, verifyOnly: [{ id: 'k', secret: otherSecret }] });
    expect(faults).toEqual([{ path: 'keys', expected: 'every id once', got: 'the id k again' }]);
  });

  test.each([undefined, null, 'text', 7, []])('refuses %j in place of its options', (options) => {
    expect(faultsOf(options).length).toBeGreaterThan(0);
  });

  test('shows no key material to inspect, JSON, errors, or an own enumerable property', () => {
    const ring = createKeyRing({ primary: { id: 'k', secret } });
    const shown = [
      inspect(ring, { showHidden: true, depth: 9 }),
      inspect(ring),
      JSON.stringify(ring),
      String(ring),
      Object.values(ring).join(),
    ].join('\n');
    for (const form of [
      bytes.toString('base64'),
      bytes.toString('hex'),
      inspect(bytes),
      [...bytes].join(', '),
    ]) {
      expect(shown).not.toContain(form.slice(0, 20));
    }
    expect(inspect(ring)).toBe("KeyRing { realm: '', keyIds: [ 'k' ] }");
  });

  test('is frozen', () => {
    expect(Object.isFrozen(createKeyRing({ primary: { id: 'k', secret } }))).toBe(true);
  });
});

test('a generated secret is one that a ring takes, and never the same twice', () => {
  const secrets = Array.from({ length: 20 }, generateSecret);
  expect(new Set(secrets).size).toBe(20);
  for (const each of secrets)
    expect(createKeyRing({ primary: { id: 'k', secret: each } }).keyIds).toEqual(['k']);
});
