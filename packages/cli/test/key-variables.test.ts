import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { folder, json, sealedRequests, secret, spansealHere } from './spanseal.js';

const home = folder({
  'one.json': json({ resourceSpans: sealedRequests().flatMap(({ resourceSpans }) => resourceSpans) }),
  ring: JSON.stringify({ realm: 'cli-test', primary: { id: 'k-cli', secret } }),
  named: `SPANSEAL_KEY_ID=k-cli\nSPANSEAL_SIGNING_KEY=${secret}\nSPANSEAL_REALM=cli-test\n`,
  bare: secret,
  empty: '',
  broken: '{',
});
const at = (name: string): string => join(home, name);
const verify = (args: readonly string[], env: Record<string, string>) =>
  spansealHere(['verify', at('one.json'), ...args], '', env);
const inRealm = { SPANSEAL_REALM: 'cli-test' };

describe('the variables of the key', () => {
  test.each<[string, readonly string[], Record<string, string>]>([
    ['an id that is empty', [], { ...inRealm, SPANSEAL_SIGNING_KEY: secret, SPANSEAL_KEY_ID: '' }],
    [
      'a realm that is empty, beside a file',
      [],
      { SPANSEAL_SIGNING_KEY_FILE: at('ring'), SPANSEAL_REALM: '' },
    ],
    ['white space around the key', [], { ...inRealm, SPANSEAL_SIGNING_KEY: ` ${secret}\n` }],
    ['a key of white space', [], { SPANSEAL_SIGNING_KEY: ' ', SPANSEAL_SIGNING_KEY_FILE: at('ring') }],
    ['the id of the ring', [], { SPANSEAL_SIGNING_KEY_FILE: at('ring'), SPANSEAL_KEY_ID: 'k-cli' }],
    ['the id in the file', [], { SPANSEAL_SIGNING_KEY_FILE: at('named'), SPANSEAL_KEY_ID: 'k-cli' }],
    ['another id, beside a typed file', ['--key-file', at('ring')], { SPANSEAL_KEY_ID: 'k-other' }],
    [
      'a typed id before that of the environment',
      ['--key-id', 'k-cli'],
      {
        ...{ SPANSEAL_SIGNING_KEY_FILE: at('ring'), SPANSEAL_KEY_ID: 'k-other' },
      },
    ],
  ])('can be: %s', async (_, args, env) => {
    const { code, stderr } = await verify(args, env);
    // The stream has no end.
    expect([code, stderr]).toEqual([0, '']);
  });

  test.each<[string, readonly string[], Record<string, string>, string]>([
    ['no such file', [], { SPANSEAL_SIGNING_KEY_FILE: at('none') }, 'SPANSEAL_SIGNING_KEY_FILE'],
    ['an empty file', [], { SPANSEAL_SIGNING_KEY_FILE: at('empty') }, 'SPANSEAL_SIGNING_KEY_FILE'],
    ['half a ring', [], { SPANSEAL_SIGNING_KEY_FILE: at('broken') }, 'SPANSEAL_SIGNING_KEY_FILE'],
    ['another id', [], { SPANSEAL_SIGNING_KEY_FILE: at('ring'), SPANSEAL_KEY_ID: 'k-9' }, 'SPANSEAL_KEY_ID'],
    ['another realm', [], { SPANSEAL_SIGNING_KEY_FILE: at('named'), SPANSEAL_REALM: 'r' }, 'SPANSEAL_REALM'],
    [
      'an id that is none',
      [],
      { SPANSEAL_SIGNING_KEY_FILE: at('bare'), SPANSEAL_KEY_ID: 'a.b' },
      'SPANSEAL_KEY_ID',
    ],
    ['a typed id', ['--key-id', 'a.b'], { SPANSEAL_SIGNING_KEY: secret, SPANSEAL_KEY_ID: 'k' }, '--key-id'],
    ['a typed id that differs', ['--key-file', at('ring'), '--key-id', 'k-9'], {}, '--key-id'],
    ['a typed realm', ['--realm', 'r'], { SPANSEAL_SIGNING_KEY_FILE: at('ring') }, '--realm'],
  ])('are named in errors, and options where they were typed: %s', async (_, args, env, name) => {
    const { code, stderr } = await verify(args, env);
    expect(code).toBe(3);
    expect(stderr).toMatch(new RegExp(`^error ERR_SPANSEAL_(?:CLI_KEY|KEY_RING): ${name}: expected`));
  });
});
