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
    ['nothing, as of a variable that is not set', '', 'an empty text'],
    ['31 bytes', `base64:${bytes.subarray(1).toString('base64')}`, '31 bytes'],
    ['no encoding', bytes.toString('base64'), 'a text that begins with neither'],
    [
      'unpadded base64',
      `base64:${bytes.toString('base64').replace('=', '')}`,
      'a text that is no base64, with its padding, behind base64:',
    ],
    [
      'base64url',
      `base64:${Buffer.alloc(33, 0xff).toString('base64url')}`,
      'a text that is no base64, with its padding, behind base64:',
    ],
    ['half a hex byte', `hex:${'0'.repeat(65)}`, 'a text that is no pairs of hexadecimal digits behind hex:'],
    ['a very long text', `hex:${'0'.repeat(10_000_000)}`, 'a longer text'],
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
    const id = '1 to 32 letters, digits, - and _, at most 8 digits in a row';
    const named = 'only id, secret, source, algorithm';
    expect(faults).toEqual([
      { path: 'other', expected: 'only realm, primary, verifyOnly, revoked', got: 'an unknown option' },
      { path: 'realm', expected: 'a well-formed text of at most 255 bytes', got: 'a number' },
      { path: 'primary.extra', expected: named, got: 'an unknown option' },
      { path: 'primary.id', expected: id, got: 'a text of 6 characters' },
      {
        path: 'primary.secret',
        expected: '"base64:…" or "hex:…" of 32 to 1024 bytes (spanseal keygen makes one)',
        got: 'a text that begins with neither',
      },
      { path: 'primary.algorithm', expected: 'hs256 or hs512', got: 'a text of 4 characters' },
      { path: 'verifyOnly', expected: 'an array of keys', got: 'an object' },
      {
        path: 'revoked[0].from',
        expected: 'a time: ISO 8601 text, Date, or milliseconds',
        got: 'a text of 4 characters',
      },
    ]);
  });

  test.each<[string, object, string]>([
    ['no secret', { secret: undefined }, 'secret'],
    ['a secret that is no text', { secret: 7 }, 'secret'],
    ['an empty secret', { secret: 'base64:' }, 'secret'],
    ['a secret of 1,025 bytes', { secret: `hex:${'a5'.repeat(1025)}` }, 'secret'],
    ['an algorithm that is no text', { algorithm: 7 }, 'algorithm'],
    ['the algorithm none', { algorithm: 'none' }, 'algorithm'],
    ['an id that is no text', { id: 7 }, 'id'],
    ['a time, where no key is revoked', { from: 1 }, 'from'],
  ])('refuses %s, of whichever key', (_, change, name) => {
    const key = { id: 'k', secret, ...change };
    const good = { id: 'good', secret: otherSecret };
    const paths = (options: object): string[] => faultsOf(options).map(({ path }) => path);
    expect(paths({ primary: key })).toEqual([`primary.${name}`]);
    expect(paths({ primary: good, verifyOnly: [good, key] })).toContain(`verifyOnly[1].${name}`);
    if (name !== 'from') expect(paths({ primary: good, revoked: [key] })).toEqual([`revoked[0].${name}`]);
  });

  test.each([
    ['a realm of 256 bytes', { realm: `${'é'.repeat(128)}` }],
    ['half a character in the realm', { realm: '\ud800' }],
    ['a null realm', { realm: null }],
  ])('refuses %s', (_, change) => {
    expect(faultsOf({ primary: { id: 'k', secret }, ...change }).map(({ path }) => path)).toEqual(['realm']);
  });

  test('takes a realm of 255 bytes, a secret of 1,024, and a revocation in any spelling of a time', () => {
    const realm = `${'é'.repeat(127)}x`;
    const long = `hex:${'a5'.repeat(1024)}`;
    const revoked = ['2026-01-01T00:00:00Z', new Date(1), 0, undefined].map((from, at) => ({
      ...{ id: `r${at}`, secret: otherSecret, from },
    }));
    const ring = createKeyRing({ realm, primary: { id: 'k', secret: long }, revoked: revoked as never });
    expect(ring.keyIds).toEqual(['k', 'r0', 'r1', 'r2', 'r3']);
    for (const from of [Number.NaN, Number.POSITIVE_INFINITY, new Date('x'), null, true])
      expect(
        faultsOf({ primary: { id: 'k', secret }, revoked: [{ id: 'r', secret, from }] }).map(
          ({ path }) => path,
        ),
      ).toEqual(['revoked[0].from']);
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
