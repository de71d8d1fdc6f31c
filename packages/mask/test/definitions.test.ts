// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${name}` is the spelling of the policy.
import { describe, expect, test } from '@jest/globals';
import { createMasker, type Policy, PolicyError } from '../src/index.js';

const faultsOf = (policy: unknown): string[] => {
  try {
    createMasker(policy as Policy);
  } catch (error) {
    if (error instanceof PolicyError) return error.faults.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
};
const masked = (policy: Policy, keys: readonly string[]): string[] => {
  const masker = createMasker({ extends: [], ...policy });
  return keys.filter((key) => masker.attribute(key, 'value') !== 'value');
};

describe('define', () => {
  const names = ['order_id', 'OrderId', 'tenant', 'tenants', 'other'];

  test('gives lists to keys, globs and within', () => {
    const define = { ours: ['order_id', '$theirs'], theirs: '^tenant$' };
    expect(masked({ define, keys: ['$ours'] }, names)).toEqual(['order_id', 'OrderId', 'tenant']);
    expect(masked({ define: { ours: ['order_id', 'tenant?'] }, keys: [{ glob: '$ours' }] }, names)).toEqual([
      'order_id',
      'OrderId',
      'tenants',
    ]);
    const masker = createMasker({
      extends: [],
      define: { bodies: ['http.*', 'rpc.*'] },
      keys: [{ pattern: 'pin', within: '$bodies' }],
    });
    expect(masker.attribute('rpc.body', { pin: 1 })).toEqual({ pin: '****' });
    expect(masker.attribute('db.body', { pin: 1 })).toEqual({ pin: 1 });
  });

  test('gives alternatives to patterns', () => {
    const define = { sides: ['left', 'right'], end: '_(?:${sides})$', one: 'a|b' };
    expect(masked({ define, keys: ['x${end}'] }, ['x_left', 'x_right', 'x_up', 'y_left'])).toEqual([
      'x_left',
      'x_right',
    ]);
    expect(masked({ define, keys: ['^${one}$'] }, ['a', 'b', 'ab', 'ax'])).toEqual(['a', 'b']);
    expect(masked({ define, keys: ['\\${one}'] }, ['${one}', 'a'])).toEqual(['${one}']);
    const values = [{ name: 'x', pattern: '$sides' }];
    expect(createMasker({ extends: [], define, values }).text('left or right')).toBe('**** or ****');
  });

  test('gives detectors, services and what is allowed', () => {
    const masker = createMasker({
      extends: [],
      define: {
        found: ['email', 'jwt'],
        clouds: ['gcp', 'azure'],
        shown: ['^public_', '_count$'],
        test: 'nobody@example\\.com',
      },
      keys: ['.'],
      values: ['$found'],
      services: ['$clouds'],
      allow: { keys: ['$shown'], values: ['$test'] },
    });
    expect(masker.text('a@example.com nobody@example.com')).toBe('**** nobody@example.com');
    expect(masker.sensitiveService({ 'server.address': 'v.vault.azure.net' })?.service).toBe('keyvault');
    expect(masker.attribute('public_x', 'v')).toBe('v');
    expect(masker.attribute('private_x', 'v')).toBe('****');
  });

  test.each<[string, unknown, string[]]>([
    [
      'an unknown name in a list',
      { keys: ['$nope'] },
      ['keys[0]: expected a name that define gives, got an unknown name'],
    ],
    [
      'an unknown name in a pattern',
      { keys: ['a${nope}b'] },
      ['keys[0]: expected a name that define gives, got an unknown name'],
    ],
    [
      'an unknown name as a glob',
      { keys: [{ glob: '$nope' }] },
      ['keys[0].glob: expected a name that define gives, got an unknown name'],
    ],
    [
      'an unknown name as a host',
      { services: [{ name: 'x', host: '$nope' }] },
      ['services[0].host: expected a name that define gives, got an unknown name'],
    ],
    [
      'a list that holds itself',
      { define: { a: ['x', '$b'], b: ['$a'] } },
      ['define.b[0]: expected a list that does not hold itself, got one that does'],
    ],
    [
      'a pattern that holds itself',
      { define: { a: 'x${a}' } },
      ['define.a: expected a list that does not hold itself, got one that does'],
    ],
    [
      'a word that is no detector',
      { define: { a: ['email', 'hunter2'] }, values: ['$a'] },
      ['values[0]: expected one of'],
    ],
    [
      'a list of something else',
      { define: { a: [5] } },
      ['define.a[0]: expected a string that is not empty, got a number'],
    ],
    [
      'a name that is none',
      { define: { '1 2': 'x' } },
      ['define.(unreadable name): expected a name of letters, digits, _ and -, got another name'],
    ],
  ])('with %s is refused', (_name, policy, expected) => {
    const faults = faultsOf(policy);
    expect(faults.map((fault, index) => fault.slice(0, expected[index]?.length))).toEqual(expected);
    expect(faults.join()).not.toContain('hunter2');
  });

  test('that grows without end is refused soon', () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => [
        `l${level}`,
        level === 0 ? ['a', 'b'] : [`$l${level - 1}`, `$l${level - 1}`],
      ]),
    );
    const patterns = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => [
        `p${level}`,
        level === 0 ? 'ab' : `\${p${level - 1}}\${p${level - 1}}`,
      ]),
    );
    const start = process.cpuUsage().user;
    expect(faultsOf({ define: doubling, keys: ['$l39'] }).join()).toContain('at most 10000 texts');
    expect(faultsOf({ define: patterns, keys: ['${p39}'] }).join()).toContain('at most 100000 characters');
    expect((process.cpuUsage().user - start) / 1000).toBeLessThan(3000);
  });
});

describe('a tier', () => {
  const keys = [
    { pattern: 'a', tier: 'sensitive' },
    { pattern: 'b', tier: 'restricted' },
    { pattern: 'c', tier: 'unrestricted' },
    'abc?$',
  ] as const;
  const bag = { a: 'a long value', b: 'a long value', c: 'a long value', xabc: 'a long value' };
  const result = (policy: Policy): unknown => createMasker({ extends: [], keys, ...policy }).attributes(bag);

  test('masks or keeps by default', () => {
    expect(result({})).toEqual({ a: '****', b: '****', c: 'a long value', xabc: '****' });
  });

  test('does what the policy maps it to, and a rule of its own action does that', () => {
    expect(result({ tiers: { sensitive: 'drop', restricted: 'partial', unrestricted: 'mask' } })).toEqual({
      b: '****alue',
      c: '****',
    });
    const own = createMasker({
      extends: [],
      tiers: { sensitive: 'drop' },
      keys: [{ pattern: 'a', tier: 'sensitive', action: 'mask' }],
    });
    expect(own.attributes({ a: 'v' })).toEqual({ a: '****' });
    const values = [{ name: 'x', pattern: 'long', tier: 'sensitive' as const }];
    expect(createMasker({ extends: [], tiers: { sensitive: 'mask' }, values }).text('a long value')).toBe(
      '****',
    );
    expect(createMasker({ extends: [], tiers: { sensitive: 'keep' }, values }).text('a long value')).toBe(
      'a long value',
    );
  });

  test('that cannot be done is refused', () => {
    expect(faultsOf({ tiers: { sensitive: 'hash' } })).toEqual([
      'tiers.sensitive: expected a policy with a hashKey beside the action hash, got none',
    ]);
    expect(
      faultsOf({ tiers: { sensitive: 'redact-match' }, keys: [{ pattern: 'a', tier: 'sensitive' }] })[0],
    ).toMatch(/^keys\[0\]\.tier: /);
    expect(faultsOf({ tiers: { secret: 'mask' } })[0]).toMatch(/^tiers\.secret: .*an unknown member/);
  });
});

describe('a fault', () => {
  test('proposes a word of ours for a typing error', () => {
    expect(faultsOf({ kyes: [] })[0]).toContain('did you mean keys?');
    expect(faultsOf({ extends: 'defualt' })[0]).toContain('did you mean default?');
    expect(faultsOf({ values: ['payment-crad'] })[0]).toContain('did you mean payment-card?');
    expect(faultsOf({ keys: [{ patern: 'x' }] }).join()).toContain('did you mean pattern?');
    expect(faultsOf({ extends: 'xyz' })[0]).not.toContain('did you mean');
    expect(faultsOf({ keys: [{ pattern: 'x', action: 'burn' }] })[0]).not.toContain('did you mean');
  });

  test('of many is shown among the first, and all are there', () => {
    try {
      createMasker({ keys: Array.from({ length: 500 }, () => 5) as never });
    } catch (error) {
      expect(error).toBeInstanceOf(PolicyError);
      if (!(error instanceof PolicyError)) return;
      expect(error.faults).toHaveLength(500);
      expect(error.message.split('\n')).toHaveLength(52);
      expect(error.message).toContain('and 450 more');
    }
    expect.assertions(4);
  });

  test('does not come of members that are undefined', () => {
    expect(
      faultsOf({
        keys: undefined,
        extends: undefined,
        allow: { keys: undefined },
        limits: { depth: undefined },
      }),
    ).toEqual([]);
    expect(faultsOf({ keys: [{ pattern: 'a', glob: undefined, tier: undefined }] })).toEqual([]);
    expect(faultsOf({ keys: [undefined] })).toEqual([
      'keys[0]: expected a regular expression or a key rule, got nothing',
    ]);
  });

  test('is one fault: a wrong hash key does not make a rule wrong', () => {
    expect(faultsOf({ hashKey: 'short', keys: [{ pattern: 'a', action: 'hash' }] })).toHaveLength(1);
    expect(faultsOf({ services: [{ name: 'x', host: 'https://a/b' }] })).toHaveLength(1);
    expect(
      faultsOf({
        services: [
          { name: 'x', host: 'a:8200' },
          { name: 'y', path: 'v1/*' },
        ],
      }).map((fault) => fault.split(':')[0]),
    ).toEqual(['services[0].host', 'services[1].path']);
  });
});
