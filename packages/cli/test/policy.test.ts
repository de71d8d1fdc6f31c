import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { folder, spanseal } from './spanseal.js';

function check(content: string | Uint8Array, ...options: string[]) {
  const path = join(folder({ 'policy.yaml': content }), 'policy.yaml');
  return spanseal(['policy', 'check', path, ...options]);
}

describe('spanseal policy check', () => {
  test('says when nothing is wrong', () => {
    const yaml = `# ours\nextends: [default, pii]\ndefine: { ours: [order_ref] }\nkeys:\n  - $ours\n  - { glob: app.debug.*, action: drop }\nvalues:\n  - name: order\n    pattern: 'ORD-[0-9]{8}'\n`;
    for (const text of [
      yaml,
      `\ufeff${yaml}`,
      '{\n\t"keys": [\n\t\t"internal"\n\t]\n}',
      '{"$schema": "./policy.schema.json"}',
    ]) {
      const { code, stdout, stderr } = check(text);
      expect([code, stdout, stderr]).toEqual([0, 'nothing is wrong with the policy\n', '']);
    }
  });

  test('finds nothing wrong with the policy of the guide', () => {
    const guide = readFileSync(join(__dirname, '../../../docs/masking.md'), 'utf8');
    const blocks = [...guide.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, yaml]) => yaml ?? '');
    expect(blocks.length).toBeGreaterThan(0);
    for (const yaml of blocks)
      expect([yaml, check(yaml).stdout]).toEqual([yaml, 'nothing is wrong with the policy\n']);
  });

  test('names all faults with their lines', () => {
    const { code, stdout, stderr } = check(
      'extends: nope\nkeys:\n  - (\n  - 5\n  - pattern: a(?=b)\n    action: burn\nkyes: []\nservices:\n  - name: x\n    attributes:\n      db.system: 7\n',
    );
    expect(code).toBe(3);
    expect(stdout).toBe('');
    const lines = stderr.trimEnd().split('\n');
    expect(
      lines.map(
        (line) => /^error ERR_SPANSEAL_POLICY: (line \d+: [^:]+): expected .+, got .+$/.exec(line)?.[1],
      ),
    ).toEqual([
      'line 1: extends',
      'line 3: keys[0]',
      'line 4: keys[1]',
      'line 5: keys[2].pattern',
      'line 6: keys[2].action',
      'line 7: kyes',
      'line 11: services[0].attributes.db.system',
    ]);
    expect(stderr).toContain('got a number (in quotes it is text)');
    expect(stderr).toContain('did you mean keys?');
    expect(stderr).toContain('look-around');
  });

  test('names rules that can never match', () => {
    const { code, stdout, stderr } = check('keys:\n  - pass\n  - password\n  - (x$)y\n');
    expect([code, stderr]).toEqual([3, '']);
    expect(stdout).toBe(
      'line 3: keys[1]: shadowed: keys[0] takes every name that it hits\nline 4: keys[2]: never-matches: no name can match it\n',
    );
  });

  test('gives the same as JSON', () => {
    const faulty = check('keys: [5]\n', '--format', 'json');
    expect([faulty.code, JSON.parse(faulty.stdout)]).toEqual([
      3,
      {
        faults: [
          { path: 'keys[0]', line: 1, expected: 'a regular expression or a key rule', got: 'a number' },
        ],
        findings: [],
      },
    ]);
    const idle = check('extends: []\n', '--format=json');
    expect([idle.code, JSON.parse(idle.stdout)]).toEqual([
      3,
      {
        faults: [],
        findings: [{ path: '', line: null, code: 'no-effect', message: 'the policy masks nothing' }],
      },
    ]);
    expect(JSON.parse(check('{}', '--format=json').stdout)).toEqual({ faults: [], findings: [] });
  });

  test.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'expected one object, the policy, got an empty file'],
    ['comments alone', '# nothing\n', 'expected one object, the policy, got an empty file'],
    ['several documents', 'keys: [a]\n---\nkeys: [b]\n', 'expected one document, got several'],
    [
      'a member twice',
      'keys: [a]\nmask: x\nkeys: [b]\n',
      'expected each member once, got one twice on line 3',
    ],
    [
      'a member twice, as JSON',
      '{"keys": [],\n"keys": []}',
      'expected each member once, got one twice on line 2',
    ],
    ['an open bracket', 'keys: [hunter2\n', 'got a text that is neither (deficient indentation) on line 2'],
    ['a tag', 'keys: !hunter2 [a]\n', 'expected values without tags, got a tag of unknown meaning on line 1'],
    [
      'an alias of nothing',
      'keys: *hunter2\n',
      'expected aliases of anchors that stand before them, and not many, got others',
    ],
    ['many aliases', `keys: [&k a${', *k'.repeat(101)}]\n`, 'and not many, got others on line 1'],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x6b, 0), 'expected UTF-8 text, got other bytes'],
    ['5 MB', `# ${'x'.repeat(5_000_000)}\n`, 'expected a file of at most 4 MiB, got a larger one'],
  ])('refuses %s', (_name, content, message) => {
    const { code, stdout, stderr } = check(content);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/error ERR_SPANSEAL_CLI_POLICY: \S+policy\.yaml: expected /);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('hunter2');
  });

  test.each<[string, string, string]>([
    [
      'yes is no boolean of YAML 1.2',
      'keys:\n  - { pattern: a, unsafe: yes }\n',
      'line 2: keys[0].unsafe: expected true or false, got a string',
    ],
    [
      'a date is text, a number is not',
      'keys: [2020-01-01, 0x10]\n',
      'line 1: keys[1]: expected a regular expression or a key rule, got a number (in quotes it is text)',
    ],
    ['a list', '- hunter2\n', 'error ERR_SPANSEAL_POLICY: expected an object, got an array'],
    ['text', 'hunter2', 'error ERR_SPANSEAL_POLICY: expected an object, got a string'],
    ['nothing behind a colon', 'keys:\nmask:\n', 'line 1: keys: expected an array, got null'],
    ['a tilde', 'keys: [~]\n', 'keys[0]: expected a regular expression or a key rule, got null'],
    ['a merge key', 'define: &d { a: x }\n<<: *d\n', 'line 1: (unreadable name)'.replace('line 1: ', '')],
    [
      'a list that holds itself',
      'keys: &k [*k]\n',
      'keys[0]: expected a regular expression or a key rule, got an array',
    ],
    [
      'aliases by the million',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(
        /./g,
        (name) =>
          `${name}: &${name} [${Array(9)
            .fill(`*${String.fromCharCode(name.charCodeAt(0) - 1)}`)
            .join(',')}]\n`,
      )}`,
      'line 8: h: expected one of the known members',
    ],
    [
      'a secret as a name',
      'hashKey:\n  base64:hunter2hunter2hunter2hunter2: x\n',
      'hashKey: expected a string that is not empty, got an object',
    ],
  ])('is clear about what YAML makes of a text: %s', (_name, yaml, message) => {
    const { code, stderr } = check(yaml);
    expect(code).toBe(3);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('hunter2');
  });

  test('is clear about its own arguments', () => {
    for (const args of [[], ['check'], ['hunter2', 'x'], ['check', 'a', 'b']]) {
      const { code, stderr } = spanseal(['policy', ...args]);
      expect([code, stderr]).toEqual([
        3,
        'error ERR_SPANSEAL_CLI_ARGUMENT: policy: expected spanseal policy check P, got other arguments\n',
      ]);
    }
    expect(spanseal(['policy', 'check', '/nowhere/p']).stderr).toBe(
      'error ERR_SPANSEAL_CLI_POLICY: /nowhere/p: expected a file that can be read, got ENOENT\n',
    );
    expect(spanseal(['policy', '--help']).stdout).toContain('spanseal policy check P');
  });
});
