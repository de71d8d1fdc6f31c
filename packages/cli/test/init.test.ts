import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createMasker } from '@spanseal/mask';
import { load } from 'js-yaml';
import { folder, spansealHere } from './spanseal.js';

describe('spanseal init', () => {
  test('writes a policy that is sound, and masks what the default masks', async () => {
    const path = join(folder(), 'spanseal.yaml');
    const { code, stdout, stderr } = await spansealHere(['init', path]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`SPANSEAL_POLICY_FILE=${path} node --require @spanseal/node/register`);
    expect(load(readFileSync(path, 'utf8'))).toEqual({ extends: ['default'] });
    const checked = await spansealHere(['policy', 'check', path]);
    expect([checked.code, checked.stdout]).toEqual([0, 'nothing is wrong with the policy\n']);
  });

  test('explains nothing that is not so: with every comment taken out, the policy is sound', async () => {
    const path = join(folder(), 'spanseal.yaml');
    await spansealHere(['init', path]);
    const [, , ...lines] = readFileSync(path, 'utf8').split('\n');
    const open = lines.map((line) => line.replace(/^# (?=\w+:| {2})/, '')).join('\n');
    const policy = load(open) as object;
    const members = ['extends', 'define', 'keys', 'values', 'services', 'allow', 'mask', 'hashKey'];
    expect(Object.keys(policy)).toEqual(members);
    const hashKey = `base64:${Buffer.alloc(32, 1).toString('base64')}`;
    const masker = createMasker({ ...policy, hashKey });
    expect(masker.attribute('tenant_ref', 'x')).toBe('****');
    expect(masker.text('ORD-12345678')).toBe('****');
  });

  test('names the schema that editors complete it by: the installed one where there is one', async () => {
    const home = folder();
    await spansealHere(['init', join(home, 'a.yaml')]);
    expect(readFileSync(join(home, 'a.yaml'), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=https:\/\/unpkg\.com\/@spanseal\/mask\/policy\.schema\.json\n/,
    );
    mkdirSync(join(home, 'node_modules/@spanseal/mask'), { recursive: true });
    writeFileSync(join(home, 'node_modules/@spanseal/mask/policy.schema.json'), '{}');
    await spansealHere(['init', join(home, 'b.yaml')]);
    expect(readFileSync(join(home, 'b.yaml'), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\/node_modules\/@spanseal\/mask\/policy\.schema\.json\n/,
    );
  });

  test('never overwrites', async () => {
    const home = folder({ 'spanseal.yaml': 'mine\n' });
    const { code, stdout, stderr } = await spansealHere(['init', join(home, 'spanseal.yaml')]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toBe(
      'error ERR_SPANSEAL_CLI_OUTPUT: FILE: expected a path where a new file can be written, got one where a file is already, which stays as it is\n',
    );
    expect(readFileSync(join(home, 'spanseal.yaml'), 'utf8')).toBe('mine\n');
  });

  test('is clear about its arguments', async () => {
    expect((await spansealHere(['init', 'a', 'b'])).stderr).toContain('ERR_SPANSEAL_CLI_ARGUMENT: init');
  });
});
