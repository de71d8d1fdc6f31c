import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '../src/index.js';

const secret = `base64:${Buffer.alloc(32, 7).toString('base64')}`;

function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'spanseal-node-')), name);
  writeFileSync(path, text);
  return path;
}

/** What is left of an attribute. */
function masked(env: Record<string, string>, key: string, value = 'plain-text') {
  return loadConfig(env).masker.attribute(key, value);
}

describe('loadConfig()', () => {
  test('knows the variables that docs/preload.md has rows for', () => {
    const guide = readFileSync(join(__dirname, '../../../docs/preload.md'), 'utf8');
    const rows = [...guide.matchAll(/^\| `(SPANSEAL_[A-Z_]+)` \|/gm)].map(([, name]) => name);
    const [fault] = loadConfig({ SPANSEAL_NONE: '1' }).faults;
    expect(fault?.expected).toBe(`a known variable (${rows.join(', ')})`);
  });

  test('without a variable masks by the preset `default` and seals nothing', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      policy: { extends: ['default'] },
      exporter: 'keep',
      startSdk: false,
      disabled: false,
      logLevel: 'warn',
      origins: [],
      faults: [],
    });
    expect(config.keyRing).toBeUndefined();
    expect(config.masker.attribute('password', 'x')).toBe('****');
  });

  test.each([
    ['{ "keys": ["order"], "mask": "[gone]" }', 'policy.json'],
    ['keys: [order]\nmask: "[gone]"\n', 'policy.yaml'],
  ])('reads a policy file: %j', (text, name) => {
    const env = { SPANSEAL_POLICY_FILE: file(name, text) };
    expect(masked(env, 'order')).toBe('[gone]');
    expect(masked(env, 'password')).toBe('[gone]');
    expect(loadConfig(env).origins).toEqual([
      { variable: 'SPANSEAL_POLICY_FILE', members: ['keys', 'mask'] },
    ]);
  });

  test.each([
    ['order,basket', 'basket'],
    [' order , basket ', 'basket'],
    ['["order", "basket"]', 'basket'],
    ['["ref{2,3}$"]', 'reff'],
    ['[{ "glob": "app.*" }]', 'app.anything'],
    ['ref{2}', 'reff'],
  ])('takes SPANSEAL_KEYS=%j', (text, key) => {
    expect(loadConfig({ SPANSEAL_KEYS: text }).faults).toEqual([]);
    expect(masked({ SPANSEAL_KEYS: text }, key)).toBe('****');
    expect(masked({ SPANSEAL_KEYS: text }, 'other')).toBe('plain-text');
  });

  test('takes presets, detectors, services and the replacement text', () => {
    const env = {
      SPANSEAL_PRESETS: 'default,pii',
      SPANSEAL_VALUES: '[{"name":"order","pattern":"ORD-[0-9]{4}"}]',
      SPANSEAL_SERVICES: 'vault',
      SPANSEAL_MASK: '#',
    };
    const { masker, faults, policy } = loadConfig(env);
    expect(faults).toEqual([]);
    expect(policy).toMatchObject({ extends: ['default', 'pii'], services: ['vault'] });
    expect(masker.attribute('note', 'see ORD-1234')).toBe('see #');
    expect(masker.attribute('client.address', '203.0.113.7')).toBe('#');
  });

  test('lets variables come before the file, and adds their lists', () => {
    const path = file(
      'p.yaml',
      'extends: [pii]\nmask: "[file]"\nkeys:\n  - { pattern: order, action: keep }\n  - basket\n',
    );
    const env = {
      SPANSEAL_POLICY_FILE: path,
      SPANSEAL_KEYS: 'order',
      SPANSEAL_PRESETS: 'default',
      SPANSEAL_MASK: '#',
    };
    const { policy, masker } = loadConfig(env);
    expect(policy).toMatchObject({
      extends: ['default'],
      mask: '#',
      keys: ['order', { pattern: 'order' }, 'basket'],
    });
    expect([masker.attribute('order', 'x'), masker.attribute('basket', 'x')]).toEqual(['#', '#']);
  });

  test.each<[Record<string, string>, string]>([
    [{ LUMIGO_SECRET_MASKING_REGEX: '["order"]' }, 'order'],
    [{ LUMIGO_BLACKLIST_REGEX: '["order"]' }, 'order'],
    [{ AWS_REDACT_SPAN_ATTRIBUTES: 'order,app.*' }, 'app.x'],
  ])('masks what variables of other systems name, beside the default: %j', (env, key) => {
    const { masker, origins, faults } = loadConfig(env);
    expect(faults).toEqual([]);
    expect(masker.attribute(key, 'plain-text')).not.toBe('plain-text');
    expect(masker.attribute('password', 'plain-text')).not.toBe('plain-text');
    expect(origins.map(({ variable }) => variable)).toEqual(Object.keys(env));
  });

  test.each([
    [{ LUMIGO_WHITELIST_KEYS_REGEXES: '["password"]' }],
    [{ LUMIGO_WHITELIST_KEYS_REGEXES: '[".*"]', SPANSEAL_PRESETS: 'default' }],
    [{ LUMIGO_WHITELIST_KEYS_REGEXES: '["pass"]', LUMIGO_SECRET_MASKING_REGEX: '["order"]' }],
  ])('takes nothing of what is masked away for variables of other systems: %j', (env) => {
    const { masker, faults } = loadConfig(env);
    expect(faults).toEqual([]);
    expect(masker.attribute('password', 'plain-text')).toBe('****');
    expect(masker.text('password=plain-text')).toBe('password=****');
  });

  test('reads the key, its id and its realm', () => {
    const env = { SPANSEAL_SIGNING_KEY: secret, SPANSEAL_KEY_ID: 'k-1', SPANSEAL_REALM: 'shop/prod' };
    expect(loadConfig(env).keyRing).toMatchObject({ keyIds: ['k-1'], realm: 'shop/prod' });
    expect(loadConfig({ SPANSEAL_SIGNING_KEY: secret }).keyRing).toMatchObject({
      keyIds: ['default'],
      realm: '',
    });
  });

  test.each([
    [`SPANSEAL_KEY_ID=k-2\nSPANSEAL_SIGNING_KEY=${secret}\n`, 'k-2'],
    [secret, 'default'],
    [JSON.stringify({ realm: 'r', primary: { id: 'k-3', secret } }), 'k-3'],
  ])('reads a key file', (text, id) => {
    const { keyRing, faults } = loadConfig({ SPANSEAL_SIGNING_KEY_FILE: file('key', text) });
    expect(faults).toEqual([]);
    expect(keyRing?.keyIds).toEqual([id]);
  });

  test('reads a key with white space around it, and no id where its variable is empty', () => {
    const { keyRing, faults } = loadConfig({ SPANSEAL_SIGNING_KEY: ` ${secret}\n`, SPANSEAL_KEY_ID: '' });
    expect([faults, keyRing?.keyIds]).toEqual([[], ['default']]);
    expect(loadConfig({ SPANSEAL_SIGNING_KEY: ' ' }).keyRing).toBeUndefined();
  });

  test('takes an id beside a key ring that says the same, and no other', () => {
    const ring = file('ring', JSON.stringify({ primary: { id: 'k-3', secret } }));
    const read = (id: string) => loadConfig({ SPANSEAL_SIGNING_KEY_FILE: ring, SPANSEAL_KEY_ID: id });
    expect(read('k-3')).toMatchObject({ keyRing: { keyIds: ['k-3'] }, faults: [] });
    const fault = { variable: 'SPANSEAL_KEY_ID', expected: 'what the file says', got: 'another one' };
    expect(read('k-4')).toMatchObject({ keyRing: undefined, faults: [fault] });
  });

  test('reads the switches', () => {
    const env = {
      SPANSEAL_DISABLED: 'TRUE',
      SPANSEAL_START_SDK: '1',
      SPANSEAL_LOG_LEVEL: 'Debug',
      SPANSEAL_EXPORTER: 'otlp',
    };
    expect(loadConfig(env)).toMatchObject({
      disabled: true,
      startSdk: true,
      logLevel: 'debug',
      exporter: 'otlp',
      faults: [],
    });
  });

  test('takes an empty variable for one that is not set', () => {
    const names = [
      'POLICY_FILE',
      'PRESETS',
      'KEYS',
      'VALUES',
      'SERVICES',
      'MASK',
      'SIGNING_KEY',
      'REALM',
      'EXPORTER',
    ];
    const env = Object.fromEntries(names.map((name) => [`SPANSEAL_${name}`, '']));
    expect(loadConfig(env)).toMatchObject({ faults: [], policy: { extends: ['default'] } });
  });
});

describe('a bad value', () => {
  const hostile = 'hunter2';
  const cases: [Record<string, string>, string, string][] = [
    [{ SPANSEAL_POLICY_FILE: `/nowhere/${hostile}` }, 'SPANSEAL_POLICY_FILE', 'ENOENT'],
    [
      { SPANSEAL_POLICY_FILE: file('p.yaml', `keys: [${hostile}\n`) },
      'SPANSEAL_POLICY_FILE',
      'a text that is neither',
    ],
    [
      { SPANSEAL_POLICY_FILE: file('p.yaml', `- ${hostile}\n`) },
      'SPANSEAL_POLICY_FILE',
      'another kind of value',
    ],
    [{ SPANSEAL_POLICY_FILE: file('p.yaml', `keys: ${hostile}\n`) }, 'SPANSEAL_POLICY_FILE', 'a string'],
    [{ SPANSEAL_POLICY_FILE: file('p.yaml', 'extends: 5\n') }, 'SPANSEAL_POLICY_FILE', 'a number'],
    [{ SPANSEAL_POLICY_FILE: file('p.yaml', 'kyes: []\n') }, 'SPANSEAL_POLICY_FILE', 'an unknown member'],
    [{ SPANSEAL_PRESETS: hostile }, 'SPANSEAL_PRESETS', ''],
    [{ SPANSEAL_PRESETS: '[]' }, 'SPANSEAL_PRESETS', 'an empty list'],
    [
      {
        SPANSEAL_POLICY_FILE: file('p.json', '{"__proto__": {"allow": {"keys": ["password"]}}, "allow": {}}'),
      },
      'SPANSEAL_POLICY_FILE',
      'an unknown member',
    ],
    [{ SPANSEAL_KEYS: `["${hostile}"` }, 'SPANSEAL_KEYS', 'a text that begins like one and is none'],
    [{ SPANSEAL_KEYS: `{"a":"${hostile}"}` }, 'SPANSEAL_KEYS', 'a JSON object'],
    [
      { SPANSEAL_KEYS: `${hostile}{1,2}` },
      'SPANSEAL_KEYS',
      'a text with commas, and brackets or backslashes',
    ],
    [{ SPANSEAL_KEYS: `["(${hostile}"]` }, 'SPANSEAL_KEYS', ''],
    [{ SPANSEAL_KEYS: ',' }, 'SPANSEAL_KEYS', 'commas alone'],
    [{ SPANSEAL_VALUES: hostile }, 'SPANSEAL_VALUES', ''],
    [{ SPANSEAL_SERVICES: hostile }, 'SPANSEAL_SERVICES', ''],
  ];

  test.each(cases)('of the policy makes the preset `strict` stand in: %j', (env, variable, got) => {
    const { masker, faults, policy } = loadConfig(env);
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault.variable).toBe(variable);
    expect(faults.map((fault) => fault.got).join()).toContain(got);
    expect(JSON.stringify(faults)).not.toContain(hostile);
    expect([policy.extends].flat()).toContain('strict');
    expect(masker.attribute('password', 'plain-text')).toBe('****');
    expect(masker.attribute('some.name.that.nobody.listed', 'plain-text')).toBe('****');
  });

  test('leaves in force what masks, and nothing that exempts', () => {
    const path = file(
      'p.yaml',
      'mask: "[m]"\nkeys:\n  - http.route\n  - { pattern: password, action: keep }\nvalues:\n  - { name: o, pattern: ORD-1 }\nallow: { keys: [secret] }\n',
    );
    const { masker, faults } = loadConfig({ SPANSEAL_POLICY_FILE: path, SPANSEAL_KEYS: '[' });
    expect(faults.map(({ variable }) => variable)).toEqual(['SPANSEAL_KEYS']);
    expect(masker.attribute('http.route', '/x')).toBe('[m]');
    expect(masker.attribute('password', 'x')).toBe('[m]');
    expect(masker.attribute('secret', 'x')).toBe('[m]');
    expect(masker.text('see ORD-1')).toBe('see [m]');
  });

  test.each<[string, object]>([
    ['an action', { action: 'keep' }],
    ['a tier', { tier: 'unrestricted' }],
  ])('leaves no rule in force that keeps what it finds in text by %s', (_, keeping) => {
    const values = [{ name: 'notes', pattern: 'plain.*', ...keeping }];
    const path = file('p.json', JSON.stringify({ values }));
    const { masker } = loadConfig({ SPANSEAL_POLICY_FILE: path, SPANSEAL_KEYS: '[' });
    expect(masker.attribute('password', 'plain-text')).toBe('****');
    expect(masker.attribute('some.name.that.nobody.listed', 'plain-text')).toBe('****');
  });

  test('beside a sound list of the same member is not lost', () => {
    const path = file('p.yaml', 'keys: 5\n');
    const { faults } = loadConfig({ SPANSEAL_POLICY_FILE: path, SPANSEAL_KEYS: 'order' });
    expect(faults).toMatchObject([{ variable: 'SPANSEAL_POLICY_FILE', got: 'a number' }]);
  });

  test.each<[Record<string, string>, string]>([
    [{ SPANSEAL_SIGNING_KEY: hostile }, 'SPANSEAL_SIGNING_KEY'],
    [{ SPANSEAL_SIGNING_KEY: secret, SPANSEAL_KEY_ID: `${hostile} !` }, 'SPANSEAL_KEY_ID'],
    [{ SPANSEAL_SIGNING_KEY_FILE: `/nowhere/${hostile}` }, 'SPANSEAL_SIGNING_KEY_FILE'],
    [{ SPANSEAL_SIGNING_KEY_FILE: file('k', `{${hostile}`) }, 'SPANSEAL_SIGNING_KEY_FILE'],
    [{ SPANSEAL_KEY_ID: hostile }, 'SPANSEAL_KEY_ID'],
    [{ SPANSEAL_REALM: hostile }, 'SPANSEAL_REALM'],
  ])('of the key leaves spans without seals, and the policy as it is: %j', (env, variable) => {
    const { faults, keyRing, policy } = loadConfig(env);
    expect(keyRing).toBeUndefined();
    expect(faults.map((fault) => fault.variable)).toEqual([variable]);
    expect(JSON.stringify(faults)).not.toContain(hostile);
    expect(policy.extends).toEqual(['default']);
  });

  test.each<[Record<string, string>, string]>([
    [{ SPANSEAL_DISABLED: 'yes' }, 'SPANSEAL_DISABLED'],
    [{ SPANSEAL_START_SDK: 'auto' }, 'SPANSEAL_START_SDK'],
    [{ SPANSEAL_LOG_LEVEL: 'loud' }, 'SPANSEAL_LOG_LEVEL'],
    [{ SPANSEAL_EXPORTER: 'zipkin' }, 'SPANSEAL_EXPORTER'],
    [{ SPANSEAL_KEY: hostile }, 'SPANSEAL_KEY'],
    [{ [`SPANSEAL_base64:${hostile}`]: 'x' }, 'SPANSEAL_…'],
  ])('of a switch changes nothing, and an unknown variable is named: %j', (env, variable) => {
    const { faults, disabled, startSdk, logLevel, exporter } = loadConfig(env);
    expect(faults.map((fault) => fault.variable)).toEqual([variable]);
    expect(JSON.stringify(faults)).not.toContain(hostile);
    expect([disabled, startSdk, logLevel, exporter]).toEqual([false, false, 'warn', 'keep']);
  });

  test('beside others is one of many: all are told at once', () => {
    const env = {
      SPANSEAL_KEYS: '[',
      SPANSEAL_VALUES: 'nope',
      SPANSEAL_LOG_LEVEL: 'loud',
      SPANSEAL_SIGNING_KEY: 'x',
    };
    expect(new Set(loadConfig(env).faults.map(({ variable }) => variable))).toEqual(
      new Set(Object.keys(env)),
    );
  });
});
