import { describe, expect, test } from '@jest/globals';
import { maskRedisText } from '../../src/content/redis-text.js';
import { vectorCases } from '../vector-file.js';
import { FakeRules } from './fake-rules.js';

const rules = new FakeRules();

test.each([
  ["eval return redis.call('get',KEYS[1]) 1 k-SECRET argv-SECRET", 'eval ?'],
  ['EVALSHA abcdef 1 k-SECRET argv', 'EVALSHA abcdef ?'],
  ['set user:1 hunter2 EX 10 NX', 'set user:1 ? EX 10 NX'],
  ['SET k two words', 'SET k ?'],
  ['SET k first line\nsecond line of the value', 'SET k ?\n?'],
  ['HSET user name John Smith password hunter2', 'HSET user ?'],
  ['HMSET user name x password hunter2', 'HMSET user name ? password ?'],
  ['config set requirepass abc', 'config set requirepass ?'],
  ['HELLO 3 AUTH default pw SETNAME me', 'HELLO 3 AUTH ? SETNAME me'],
  ['SCRIPT LOAD "return 1"', 'SCRIPT LOAD ?'],
  ['GET token:a1b2c3d4e5f6', 'GET token:****'],
  ['MSET a 1 b 2', 'MSET a ? b ?'],
  ['*2\r\n$4\r\nAUTH\r\n$7\r\nhunter2\r\n', '*2\r\n$4\r\nAUTH\r\n$7\r\n?\r\n'],
  ['*3\n$3\nSET\n$1\nk\n$9\none\r\ntwo\nx\n', '*3\n$3\nSET\n$1\nk\n$9\n?\n'.replace('?\n', '?')],
  ['*2\\r\\n$4\\r\\nAUTH\\r\\n$1\\r\\nx', '*2\\r\\n$4\\r\\nAUTH\\r\\n$1\\r\\n?'],
])('"%s" becomes "%s"', (text, masked) => {
  expect(maskRedisText(text, rules)).toBe(masked);
  expect(maskRedisText(masked, rules)).toBe(masked);
});

test.each([
  'GET user:1',
  'HSET hash field [1 other arguments]',
  'LPUSH list [1 other arguments]',
  'CONFIG GET maxmemory',
  'INCRBY counter 5',
  'MULTI\nGET a\nEXEC',
  'EXISTS token:5',
  'DEL token:5 token:6',
  'TTL token:usage',
  'INCR token:count:daily',
  '*2\r\n$3\r\nGET\r\n$6\r\nuser:1\r\n',
])('"%s" stays as it is', (text) => {
  expect(maskRedisText(text, rules)).toBe(text);
});

describe('the Datadog agent', () => {
  /** The member of a query and the pivot of a list are content too. */
  const differs = new Set(['redis/6', 'redis/49', 'redis/50']);
  const rows = vectorCases('redis-datadog').filter(
    ({ id, op }) => op === 'redis-obfuscate' && !differs.has(id),
  );
  const trimmed = (text: unknown): string =>
    String(text)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n');

  test.each(rows)('$id', ({ input, expect: expected }) => {
    const masked = maskRedisText(String(input), rules);
    if (expected['unchanged'] === true) expect(masked).toBe(input);
    if (expected['equals'] !== undefined) expect(trimmed(masked)).toBe(trimmed(expected['equals']));
    for (const secret of (expected['absent'] ?? []) as readonly string[])
      expect(masked).not.toContain(secret);
  });
});
