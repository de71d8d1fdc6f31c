import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AttributeValue, checkPolicy, createMasker, type Policy, PolicyError } from '../src/index.js';

const found = (policy: Policy): string[] => checkPolicy(policy).map(({ path, code }) => `${path} ${code}`);

describe('the check of a policy', () => {
  test('has nothing to say about policies that are well written', () => {
    const sound: Policy[] = [
      {},
      { extends: ['default', 'aws', 'pii', 'genai'] },
      {
        keys: ['internal', '^tenant_', { glob: 'app.debug.*', action: 'drop' }],
        values: ['jwt', { name: 'order', pattern: 'ORD-[0-9]{8}' }],
      },
      { keys: [{ glob: 'cache_key', action: 'keep' }, '.*key.*'] },
      { define: { ours: ['a_id', 'b_id'] }, keys: ['$ours'], allow: { keys: ['^a_id_public$'] } },
      {
        tiers: { restricted: 'partial' },
        keys: [
          { pattern: 'iban', tier: 'restricted' },
          { pattern: 'note', tier: 'unrestricted' },
        ],
      },
      {
        values: [
          { name: 'a', pattern: 'a+', action: 'drop' },
          { name: 'b', pattern: 'b+' },
        ],
      },
      {
        values: [
          { name: 'a', pattern: 'xy' },
          { name: 'b', pattern: 'x' },
        ],
      },
      { services: ['gcp', { name: 'a', host: '*.corp' }, { name: 'b', host: '*.corp.example' }] },
      { keys: ['(?i)\\bpin\\b', 'pin'] },
      { keys: [{ pattern: 'password', within: 'http.*' }, 'password'] },
      { keys: ['^pin$', { pattern: '^pin$', within: 'http.*' }] },
      { keys: [{ pattern: 'pin', outside: 'http.body' }, 'pin', { pattern: 'iban', whole: true }, 'iban'] },
      { keys: [{ pattern: 'Pin', caseSensitive: true }, 'pin'] },
      { keys: [{ pattern: '^order_id$', exact: true }, '^order_id$'] },
      { keys: ['^order_id$'], allow: { keys: ['^order_'] } },
      { keys: ['_x$'], extends: [], allow: { keys: ['^a-x$'] } },
    ];
    for (const policy of sound) expect([policy, found(policy)]).toEqual([policy, []]);
  });

  test.each<[string, Policy, string[]]>([
    ['text before the start', { keys: ['(a|b)^c'] }, ['keys[0] never-matches']],
    ['text after the end', { keys: ['(a$)b'] }, ['keys[0] never-matches']],
    ['a required set of nothing', { keys: ['a[^\\s\\S]'] }, ['keys[0] never-matches']],
    ['an empty name alone', { keys: ['^$'] }, ['keys[0] empty-name']],
    ['empty text alone', { values: [{ name: 'x', pattern: '^$|\\b' }] }, ['values[0] never-matches']],
    ['an allowed name that cannot be', { allow: { keys: ['a\\Ab'] } }, ['allow.keys[0] never-matches']],
    ['a rule behind a wider one', { keys: ['pass', 'password'] }, ['keys[1] shadowed']],
    ['the same rule in another spelling', { keys: ['[Pp]ass[0-9]', '(?i)PASS\\d.*'] }, ['keys[1] shadowed']],
    ['a rule behind two that share its names', { keys: ['^a', '^b', '^[ab]c'] }, ['keys[2] shadowed']],
    ['a glob behind a wider one', { keys: [{ glob: 'user.*' }, { glob: 'USER.id' }] }, ['keys[1] shadowed']],
    ['a pattern behind a glob', { keys: [{ glob: '*pin*' }, 'my_pin'] }, ['keys[1] shadowed']],
    [
      'a nested rule behind one for all places',
      { keys: ['pin', { pattern: '^pin$', within: 'http.body' }] },
      ['keys[1] shadowed'],
    ],
    [
      'a rule behind one that keeps',
      { keys: [{ pattern: 'id', action: 'keep' }, 'user_id'] },
      ['keys[1] shadowed'],
    ],
    [
      'a rule that allow makes void',
      { keys: ['^cache_key$', { pattern: '^my_key$', exact: true }], allow: { keys: ['cache', '^my_'] } },
      ['keys[0] exempt', 'keys[1] exempt'],
    ],
    [
      'a within that is masked whole',
      { extends: [], keys: ['^http\\.', { glob: 'pin', within: 'http.body' }] },
      ['keys[1] never-matches'],
    ],
    [
      'an allowed name that nothing masks',
      { extends: 'lumigo', allow: { keys: ['^color$'] } },
      ['allow.keys[0] no-effect'],
    ],
    [
      'no allowed name that has an effect in another spelling (`aB`)',
      { extends: [], keys: ['ab'], allow: { keys: ['^a_b$'] } },
      [],
    ],
    [
      'an allowed name twice',
      { extends: 'lumigo', allow: { keys: ['key', 'monkey'] } },
      ['allow.keys[1] duplicate'],
    ],
    [
      'a value rule behind a drop',
      {
        values: [
          { name: 'a', pattern: 'token=', action: 'drop' },
          { name: 'b', pattern: 'token=[a-z]+' },
        ],
      },
      ['values[1] shadowed'],
    ],
    [
      'a value rule behind a mask',
      {
        values: [
          { name: 'a', pattern: '[0-9]', action: 'mask' },
          { name: 'b', pattern: '\\b[0-9]{4}\\b' },
        ],
      },
      ['values[1] shadowed'],
    ],
    [
      'a value rule that allow makes void',
      { values: [{ name: 'a', pattern: 'ORD-[0-9]{4}' }], allow: { values: ['[A-Z]+-\\d+'] } },
      ['values[0] exempt'],
    ],
    [
      'a value rule that another keeps',
      {
        values: [
          { name: 'a', pattern: 'ab' },
          { name: 'b', pattern: '[a-c]+', action: 'keep' },
        ],
      },
      ['values[0] exempt'],
    ],
    ['a detector twice', { values: ['jwt', 'email', 'jwt'] }, ['values[2] duplicate']],
    ['a preset twice', { extends: ['default', 'pii', 'default'] }, ['extends[2] duplicate']],
    [
      'a service behind a wider one',
      {
        services: [
          { name: 'a', host: 'X.corp' },
          { name: 'b', host: 'x.corp', port: 443 },
        ],
      },
      ['services[1] shadowed'],
    ],
    ['a service preset twice', { services: ['gcp', 'gcp'] }, ['services[1] duplicate']],
    [
      'a path with a fragment',
      { services: [{ name: 'a', path: '/x#y' }] },
      ['services[0].path never-matches'],
    ],
    [
      'a list that nothing takes in',
      { define: { a: ['x'], b: ['$a'] } },
      ['define.a unused', 'define.b unused'],
    ],
    ['a tier that nothing names', { tiers: { sensitive: 'drop' } }, ['tiers.sensitive unused']],
    [
      'a tier that keeps',
      { tiers: { sensitive: 'keep' }, keys: [{ pattern: 'pin', tier: 'sensitive' }] },
      ['tiers.sensitive no-effect'],
    ],
    ['a key that nothing hashes with', { hashKey: `hex:${'0'.repeat(64)}` }, ['hashKey unused']],
    ['nothing at all', { extends: [] }, [' no-effect']],
  ])('finds %s', (_name, policy, expected) => {
    expect(found(policy)).toEqual(expected);
  });

  test('shows nothing of the policy but paths', () => {
    const policy: Policy = {
      keys: ['hunter2', 'hunter2x', '(hunter2$)x'],
      values: [{ name: 'hunter2', pattern: 'hunter2^' }].slice(1),
    };
    expect(JSON.stringify(checkPolicy(policy))).not.toContain('hunter2');
  });

  test('throws what createMasker throws', () => {
    expect(() => checkPolicy({ keys: ['('] })).toThrow(PolicyError);
  });
});

const atom = fc.constantFrom(
  'a',
  'b',
  'k',
  '_',
  '.',
  '^',
  '$',
  '\\b',
  '[ab]',
  '[^a]',
  'a*',
  'b+',
  '.*',
  '(?:ab)?',
  '(a|b)',
  'K{2}',
  'a{1,2}',
  '\\.',
  '(?:^a|b$)',
);
const pattern = fc.oneof(
  { weight: 4, arbitrary: fc.array(atom, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')) },
  fc.constantFrom('^a_b$', '^a_', '_b$', 'a_b', '^a$', 'ab'),
);
const glob = fc
  .array(fc.constantFrom('a', 'b', '_', '.', '*', '?', 'K', 'i'), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''));
const action = fc.constantFrom('mask', 'drop', 'keep', 'partial') as fc.Arbitrary<
  'mask' | 'drop' | 'keep' | 'partial'
>;
const attribute = fc.oneof(
  glob,
  glob.map((text) => `${text}.*`),
  fc.array(glob, { minLength: 1, maxLength: 2 }),
);
const within = fc.option(attribute, { nil: undefined });
const outside = fc.option(attribute, { nil: undefined, freq: 5 });
const flag = fc.constantFrom(undefined, undefined, undefined, true);
const keyRule = fc.oneof(
  pattern,
  fc.record({ pattern, action, within, outside, caseSensitive: flag, exact: flag }),
  fc.record({ pattern, action: fc.constantFrom('mask', 'drop', 'keep'), outside, whole: flag }),
  fc.record({ glob, action, within, outside, caseSensitive: flag }),
  fc.record({ pattern, action, within }),
  fc.record({ glob, action, within }),
) as fc.Arbitrary<NonNullable<Policy['keys']>[number]>;
const valueAction = fc.constantFrom('mask', 'drop', 'drop', 'keep', 'redact-match') as fc.Arbitrary<
  'mask' | 'drop' | 'keep' | 'redact-match'
>;
type GeneratedPolicy = Required<Pick<Policy, 'extends' | 'keys' | 'values'>> & {
  readonly allow: { readonly keys: string[]; readonly values: string[] };
};
const policies = fc.record({
  extends: fc.constantFrom([], ['lumigo' as const]),
  keys: fc.array(keyRule, { maxLength: 4 }),
  values: fc.array(fc.record({ name: fc.constantFrom('x', 'y'), pattern, action: valueAction }), {
    maxLength: 3,
  }),
  allow: fc.record({
    keys: fc.array(pattern, { maxLength: 2 }),
    values: fc.oneof(fc.constant([]), fc.array(pattern, { maxLength: 1 })),
  }),
}) as fc.Arbitrary<GeneratedPolicy>;
const name = fc.oneof(
  fc.constantFrom('aB', 'a-b', 'A.b', 'a_b', '-a-', 'Ab'),
  fc
    .array(fc.constantFrom('a', 'b', 'A', 'k', 'K', '\u212a', '_', '.', 'i', '\u0130', '\n', 'é', '😀'), {
      maxLength: 5,
    })
    .map((parts) => parts.join('')),
);
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  name,
  fc.dictionary(name, name, { maxKeys: 2, noNullPrototype: true }),
  fc.array(name, { maxLength: 2 }),
);
const bags = fc.array(fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true }), {
  minLength: 25,
  maxLength: 25,
});

/** The policy without the part that a finding is about, or undefined when the part is none of its rules. */
function without(policy: GeneratedPolicy, path: string): Policy | undefined {
  const [, list, place] = /^(keys|values|allow\.keys|allow\.values)\[(\d)\]$/.exec(path) ?? [];
  const others = <T>(elements: readonly T[]): T[] => elements.filter((_, index) => index !== Number(place));
  if (list === 'keys') return { ...policy, keys: others(policy.keys) };
  if (list === 'values') return { ...policy, values: others(policy.values) };
  if (list === 'allow.keys')
    return { ...policy, allow: { ...policy.allow, keys: others(policy.allow.keys) } };
  if (list === 'allow.values')
    return { ...policy, allow: { ...policy.allow, values: others(policy.allow.values) } };
  return undefined;
}

/** Every rule under a name of its own, so that its hits are counted apart. */
function named(policy: GeneratedPolicy): GeneratedPolicy {
  const keys = policy.keys.map((rule, index) => ({
    ...(typeof rule === 'string' ? { pattern: rule } : rule),
    name: `k${index}`,
  }));
  const values = policy.values.map((rule, index) =>
    typeof rule === 'string' ? rule : { ...rule, name: `v${index}` },
  );
  return { ...policy, keys: keys as GeneratedPolicy['keys'], values };
}

function findingsOf(policy: Policy): ReturnType<typeof checkPolicy> {
  try {
    return checkPolicy(policy);
  } catch (error) {
    if (error instanceof PolicyError) return [];
    throw error;
  }
}

describe('for any policy', () => {
  test('what is reported never acts, and can be taken away without a difference', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(policies, bags, (given, attributes) => {
        const policy = named(given);
        for (const { path, code } of findingsOf(policy)) {
          const rest = without(policy, path);
          if (rest === undefined || code === 'empty-name') continue;
          const key = `${path.replace(/\[.*/, '')} ${code}`;
          seen.set(key, (seen.get(key) ?? 0) + 1);
          const [one, other] = [createMasker(policy), createMasker(rest)];
          for (const bag of attributes) {
            const masked = one.attributes(bag);
            // A name that a rule hits and that is allowed stays with all that is in it.
            if (key !== 'keys exempt')
              expect([path, code, other.attributes(bag)]).toEqual([path, code, masked]);
          }
          const rule = path.replace(/^([kv])\w+\[(\d)\]$/, '$1$2');
          expect([path, code, one.counters().hits[rule] ?? 0]).toEqual([path, code, 0]);
        }
      }),
      { numRuns: 500 },
    );
    const expected = [
      'keys never-matches',
      'keys shadowed',
      'keys exempt',
      'values shadowed',
      'values exempt',
      'values never-matches',
      'allow.keys no-effect',
    ];
    expect(expected.filter((key) => !seen.has(key))).toEqual([]);
  });
});
