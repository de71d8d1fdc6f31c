import { describe, expect, test } from '@jest/globals';
import { spanseal } from './spanseal.js';

describe('spanseal keygen', () => {
  test('prints a new key as environment lines', () => {
    const outcomes = [spanseal(['keygen']), spanseal(['keygen'])];
    for (const { code, stdout, stderr } of outcomes) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(
        /^SPANSEAL_KEY_ID=k-[a-z]{6}\nSPANSEAL_SIGNING_KEY=base64:[A-Za-z0-9+/]{43}=\n$/,
      );
    }
    expect(outcomes[0]?.stdout).not.toBe(outcomes[1]?.stdout);
  });

  test('takes an id', () => {
    expect(spanseal(['keygen', '--id', 'prod-2026']).stdout).toContain('SPANSEAL_KEY_ID=prod-2026\n');
  });

  test.each([
    [['keygen', '--id', 'not an id'], 'ERR_SPANSEAL_KEY_RING'],
    [['keygen', 'extra'], 'ERR_SPANSEAL_CLI_ARGUMENT'],
    [['keygen', '--bits', '512'], 'ERR_SPANSEAL_CLI_OPTION'],
  ])('refuses %j and prints no key', (args, code) => {
    const outcome = spanseal(args);
    expect(outcome).toMatchObject({ code: 3, stdout: '' });
    expect(outcome.stderr).toContain(`error ${code}: `);
  });
});

test.each([
  [['keygen', 'extra'], 'expected no arguments, got one argument'],
  [['keygen', 'extra', 'more'], 'expected no arguments, got 2 arguments'],
  [['explain'], 'expected KEY and VALUE, got none'],
])('says how many arguments it got: %j', (args, message) => {
  expect(spanseal(args).stderr).toContain(message);
});

test('help says what there is', () => {
  for (const args of [[], ['--help'], ['help'], ['-h']]) {
    expect(spanseal(args)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/keygen[\s\S]*mask[\s\S]*verify/),
    });
  }
  for (const name of ['demo', 'keygen', 'mask', 'verify']) {
    expect(spanseal([name, '--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(`^spanseal ${name}`),
    });
  }
});
