import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createMasker, type Policy, PolicyError, SpansealError } from '../src/index.js';

function refusal(policy: unknown): PolicyError {
  try {
    createMasker(policy as Policy);
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
  throw new Error('the policy was taken');
}

const paths = (policy: unknown): string[] => refusal(policy).faults.map(({ path }) => path);

describe('a policy', () => {
  test.each<[string, unknown, string]>([
    ['null', null, ''],
    ['a string', 'default', ''],
    ['an array', [], ''],
    ['an unknown member', { kyes: [] }, 'kyes'],
    ['an unknown preset', { extends: ['default', 'nope'] }, 'extends[1]'],
    ['a preset that is no string', { extends: [null] }, 'extends[0]'],
    ['presets that are no list', { extends: 5 }, 'extends'],
    ['keys that are no list', { keys: 'a' }, 'keys'],
    ['an empty pattern', { keys: [''] }, 'keys[0]'],
    ['an empty glob', { keys: [{ glob: '' }] }, 'keys[0].glob'],
    ['a rule without a pattern', { keys: [{ name: 'x' }] }, 'keys[0]'],
    ['a rule with both', { keys: [{ pattern: 'a', glob: 'a' }] }, 'keys[0]'],
    ['an unknown action', { keys: [{ pattern: 'a', action: 'burn' }] }, 'keys[0].action'],
    ['redact-match on a name', { keys: [{ pattern: 'a', action: 'redact-match' }] }, 'keys[0].action'],
    ['hash without a key', { keys: [{ pattern: 'a', action: 'hash' }] }, 'keys[0].action'],
    ['an unknown tier', { keys: [{ pattern: 'a', tier: 'x' }] }, 'keys[0].tier'],
    ['a tier with an unknown action', { tiers: { sensitive: 'x' } }, 'tiers.sensitive'],
    ['look-ahead', { keys: ['a(?=b)'] }, 'keys[0]'],
    ['negative look-ahead', { keys: ['a(?!b)'] }, 'keys[0]'],
    ['look-behind', { values: [{ name: 'x', pattern: '(?<=a)b' }] }, 'values[0].pattern'],
    ['negative look-behind', { allow: { keys: ['(?<!a)b'] } }, 'allow.keys[0]'],
    ['a back-reference', { keys: ['(a)\\1'] }, 'keys[0]'],
    ['a named back-reference', { keys: ['(?<x>a)\\k<x>'] }, 'keys[0]'],
    ['a broken pattern', { keys: ['(a'] }, 'keys[0]'],
    ['a pattern that can never match', { keys: ['a^b'] }, 'keys[0]'],
    ['an empty class', { keys: ['a[]'] }, 'keys[0]'],
    ['an unknown detector', { values: ['credit-cards'] }, 'values[0]'],
    ['a value rule without a name', { values: [{ pattern: 'a' }] }, 'values[0].name'],
    [
      'a group that is not there',
      { values: [{ name: 'x', pattern: '(a)', replace: '$2' }] },
      'values[0].replace',
    ],
    ['an unknown service', { services: ['ibm'] }, 'services[0]'],
    ['a service rule that matches everything', { services: [{ name: 'x' }] }, 'services[0]'],
    ['a port out of range', { services: [{ name: 'x', port: 70000 }] }, 'services[0].port'],
    ['an unknown list', { keys: ['$ours'] }, 'keys[0]'],
    ['an empty mask', { mask: '' }, 'mask'],
    ['a mask that is no string', { mask: 5 }, 'mask'],
    ['a short key', { hashKey: 'hex:abcd' }, 'hashKey'],
    ['a key of no known form', { hashKey: 'x'.repeat(40) }, 'hashKey'],
    ['a limit out of range', { limits: { depth: Number.NaN } }, 'limits.depth'],
    ['an unknown limit', { limits: { time: 5 } }, 'limits.time'],
  ])('with %s is refused', (_name, policy, path) => {
    const error = refusal(policy);
    expect(error).toBeInstanceOf(SpansealError);
    expect(error.code).toBe('ERR_SPANSEAL_POLICY');
    expect(error.name).toBe('PolicyError');
    expect(error.faults.map((fault) => fault.path)).toEqual([path]);
    for (const { expected, got, message } of error.faults) {
      expect(expected).not.toBe('');
      expect(got).not.toBe('');
      expect(error.message).toContain(message);
    }
  });

  test('has all its faults reported at once', () => {
    expect(paths({ extends: 'x', keys: ['(', 5, 'ok'], values: ['y'], nope: 1, mask: 7 }).sort()).toEqual(
      ['extends', 'keys[0]', 'keys[1]', 'mask', 'nope', 'values[0]'].sort(),
    );
  });

  test('names what is known when it names what is not', () => {
    expect(refusal({ extends: 'x' }).message).toContain('lumigo');
    expect(refusal({ values: ['x'] }).message).toContain('payment-card');
    expect(refusal({ nope: 1 }).message).toContain('hashKey');
  });

  test('says what a linear-time engine cannot do', () => {
    expect(refusal({ keys: ['a(?=b)'] }).message).toContain('look-around');
    expect(refusal({ keys: ['(a)\\1'] }).message).toContain('back-reference');
  });

  test('shows no value in its error', () => {
    const error = refusal({
      hashKey: 'hunter2',
      mask: { hunter2: 1 },
      keys: ['hunter2(?=x)'],
      extends: 'hunter2',
      values: ['hunter2'],
      'hunter2 hunter2': 1,
    });
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('hunter2');
  });

  test('with members of the prototype in its place is refused like any other', () => {
    expect(paths(JSON.parse('{"__proto__":{"extends":[]},"constructor":1}'))).toEqual([
      '__proto__',
      'constructor',
    ]);
    expect(paths({ extends: ['constructor'] })).toEqual(['extends[0]']);
    expect(paths({ values: ['toString'] })).toEqual(['values[0]']);
    expect(createMasker(Object.create({ extends: [] })).attribute('password', 'x')).toBe('****');
  });

  test('whose members throw is refused', () => {
    expect(
      paths({
        get keys(): string[] {
          throw new Error('hunter2');
        },
      }),
    ).toEqual(['']);
  });

  test('takes what JavaScript, Python and Go write', () => {
    const keys = [
      '(?i)abc',
      '(?P<a>x)y',
      '(?<a>x)z',
      '\\bword\\b',
      '[^]q',
      'a{1,2000}b',
      '[\\w-]{10,1024}k',
      '((a{100}){100}){2}c',
      '\\u0041b',
      'p|q|r',
      'end$',
      '^start',
    ];
    expect(() => createMasker({ extends: [], keys })).not.toThrow();
    const masker = createMasker({
      extends: [],
      keys: ['^[\\w-]{10,1024}k$', '^x{3}$', '^(?:ab){1001,1002}$'],
    });
    const hits = (key: string): boolean => masker.attribute(key, 'v') === '****';
    expect([
      hits(`${'a'.repeat(10)}k`),
      hits('aak'),
      hits('xxx'),
      hits('xx'),
      hits('ab'.repeat(1001)),
      hits('ab'.repeat(1003)),
    ]).toEqual([true, false, true, false, true, false]);
  });

  test('merges presets in order', () => {
    const masker = createMasker({ extends: ['aws', 'genai', 'pii'] });
    expect(masker.attribute('gen_ai.input.messages', '[{"role":"user"}]')).toBe('****');
    expect(masker.attribute('user.email', 'nobody')).toBe('****');
    expect(masker.attribute('password', 'x')).toBe('x');
    expect(masker.sensitiveService({ 'server.address': 'kms.us-east-1.amazonaws.com' })?.service).toBe('kms');
  });

  test('strict lets nothing through that is not listed', () => {
    const masker = createMasker({ extends: 'strict', allow: { keys: ['^shop\\.'] } });
    expect(
      masker.attributes({
        'http.route': '/a',
        'http.response.status_code': 200,
        note: 'x',
        'shop.id': 'y',
        n: 5,
      }),
    ).toEqual({
      'http.route': '/a',
      'http.response.status_code': 200,
      note: '****',
      'shop.id': 'y',
      n: '****',
    });
  });
});
