import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { folder, spanseal, spansealHere } from './spanseal.js';

const explained = async (args: readonly string[], input = '') => {
  const { code, stdout, stderr } = await spansealHere(['explain', '--format', 'json', ...args], input);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
};

describe('spanseal explain', () => {
  const home = folder({
    'policy.yaml': [
      'extends: [default, payments]',
      'define: { ours: [tenant] }',
      'keys:',
      '  - $ours',
      '  - { pattern: order_ref, action: partial, name: orders }',
      '  - { glob: app.debug.*, action: drop }',
      '  - { pattern: api_key_hint, action: keep }',
      'values:',
      '  - { name: ticket, pattern: "TCK-[0-9]{6}" }',
      'allow: { keys: ["^demo_password$"] }',
    ].join('\n'),
  });
  const policy = ['--policy', join(home, 'policy.yaml')];

  test('names the rule, where it is from, and what comes out', async () => {
    expect(await explained(['api_key', 'hunter2'])).toEqual({
      key: 'api_key',
      action: 'mask',
      rule: 'default:key',
      reason: 'the rule default:key hits the name',
      rules: [{ rule: 'default:key', origin: 'preset default' }],
      changed: true,
      dropped: false,
      result: '****',
      nearMisses: [],
    });
  });

  test.each([
    ['tenant', 'acme', 'tenant', 'define.ours'],
    ['order_ref', '0123456789', 'orders', 'keys[1]'],
    ['app.debug.x', '1', 'app.debug.*', 'keys[2]'],
    ['note', 'see TCK-123456', 'ticket', 'values[0]'],
    ['note', '4111111111111111', 'payment-card', 'preset default'],
    ['bank_routing_number', '021000021', 'payments:*routing_number', 'preset payments'],
  ])('%s: %s is hit by %s of %s', async (key, value, rule, origin) => {
    expect((await explained([key, value, ...policy])).rules).toContainEqual({ rule, origin });
  });

  test('says all rules that hit a nested value, which comes as JSON', async () => {
    const report = await explained([
      'body',
      '{"a":{"password":"hunter2","mail":"bob@example.com"},"n":4}',
      '--json',
    ]);
    expect(report.rules).toEqual([
      { rule: 'default:pass', origin: 'preset default' },
      { rule: 'email', origin: 'preset default' },
    ]);
    expect(report.result).toEqual({ a: { password: '****', mail: '****' }, n: 4 });
  });

  test.each(['-', ''])('takes free text under the key "%s"', async (key) => {
    const report = await explained([key, 'login with password=hunter2 failed']);
    expect(report).toMatchObject({ action: 'redact-match', result: 'login with password=**** failed' });
    expect(report).not.toHaveProperty('key');
  });

  test('reads the value from standard input, without its line end', async () => {
    expect(await explained(['note', '-'], 'bob@example.com\n')).toMatchObject({
      rule: 'email',
      result: '****',
    });
  });

  test.each([
    ['primary_key', 'primary', 'default:key'],
    ['token_type', 'type', 'default:token'],
    ['is_secret', 'is', 'default:secret'],
    ['cachePassKey', 'cachepasskey', undefined],
    ['monkey', 'monkey', undefined],
  ])('says that %s is on the keep list, because of a word', async (key, word, rule) => {
    const { action, nearMisses } = await explained([key, 'abc']);
    if (action !== 'keep') return expect(key).toBe('cachePassKey');
    expect(nearMisses).toContainEqual({
      kind: 'keep-list',
      message: expect.stringContaining(`kept: ${key} is on the keep list, because of the word ${word}`),
    });
    if (rule !== undefined) expect(nearMisses[0].message).toContain(`${rule} would hit`);
  });

  test('says what an allow rule, a keep rule, a preset that is not extended, and the form of the value have to do with it', async () => {
    const kinds = async (args: string[]) =>
      (await explained(args)).nearMisses.map(({ kind }: { kind: string }) => kind);
    expect(await kinds(['demo_password', 'x', ...policy])).toContain('allow');
    expect(await kinds(['api_key_hint', 'x', ...policy])).toContain('allow');
    expect((await explained(['user.id', '42'])).nearMisses).toContainEqual({
      kind: 'preset',
      message: 'the preset pii, which the policy does not extend, would mask it: pii:personal-data',
    });
    expect(await kinds(['note', '4111111111111112'])).toEqual(['value']);
    expect(await kinds(['password', 'false', '--json'])).toContain('value');
    expect(await kinds(['note', 'Tr0ub4dor&3x'])).toEqual(['scan']);
    expect(await kinds(['page', '3'])).toEqual([]);
  });

  test('never shows a value that comes out as it went in', async () => {
    for (const args of [
      ['note', 'hunter2-plain'],
      ['page', '"hunter2-plain"', '--json'],
    ]) {
      for (const format of ['table', 'json']) {
        const { code, stdout, stderr } = await spansealHere(['explain', ...args, '--format', format]);
        expect(code).toBe(0);
        expect(stdout + stderr).not.toContain('hunter2');
      }
    }
  });

  test('prints a table for people', async () => {
    const { stdout } = await spansealHere(['explain', 'api_key', 'hunter2']);
    expect(stdout).toBe(
      [
        'MASKED by default:key',
        '  key       api_key',
        '  action    mask',
        '  why       the rule default:key hits the name',
        '  rules     default:key  (preset default)',
        '  result    ****',
        '',
      ].join('\n'),
    );
    expect((await spansealHere(['explain', 'app.debug.x', '1', ...policy])).stdout).toMatch(
      /^DROPPED by app\.debug\.\*\n/,
    );
    expect((await spansealHere(['explain', 'page', '3'])).stdout).toMatch(
      /^KEPT: no rule hits\n[\s\S]*\(as it came\)/,
    );
  });

  test.each([
    [['explain'], 'ARGUMENT'],
    [['explain', 'key'], 'ARGUMENT'],
    [['explain', 'note', 'hunter2', 'more'], 'ARGUMENT'],
    [['explain', 'note', '{hunter2', '--json'], 'ARGUMENT'],
    [['explain', 'note', '--hunter2'], 'OPTION'],
    [['explain', 'note', 'x', '--format', 'hunter2'], 'OPTION'],
    [['explain', 'note', 'x', '--policy', '/hunter3/none.yaml'], 'POLICY'],
  ])('%j is wrong use: 3, in one line', async (args, code) => {
    const outcome = await spansealHere(args);
    expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code: 3, stdout: '' });
    expect(outcome.stderr).toMatch(new RegExp(`^error ERR_SPANSEAL_CLI_${code}: [^\\n]+\\n$`));
    expect(outcome.stderr).not.toContain('hunter2');
  });

  test('takes a value that begins with a dash behind --', async () => {
    expect(await explained(['--json', 'note', '--', '-5'])).toMatchObject({ action: 'keep' });
  });
});

test('spanseal --version is the version of its package', () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'));
  expect(spanseal(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});
