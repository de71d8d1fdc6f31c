import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { maskFreeText } from '../../src/content/free-text.js';
import { FakeRules } from './fake-rules.js';

const rules = new FakeRules();

describe('cookies in a text lose their values', () => {
  test.each([
    [
      inspect({ 'set-cookie': ['session=Zx9kQ7vLm2; Path=/'] }),
      "{ 'set-cookie': [ 'session=****; Path=/' ] }",
    ],
    [
      inspect({ 'set-cookie': ['a=Zx9kQ7vLm2', 'b=y; Path=/'], x: 1 }),
      "{ 'set-cookie': [ 'a=****', 'b=****; Path=/' ], x: 1 }",
    ],
    ["{ 'cookie': 'session=Zx9kQ7vLm2' }", "{ 'cookie': 'session=****' }"],
    ["{'Cookie': 'session=Zx9kQ7vLm2', 'a': 'b'}", "{'Cookie': 'session=****', 'a': 'b'}"],
    ["{ cookie: 'theme=x; y=z' }", "{ cookie: 'theme=****; y=****' }"],
    ['cookie: "theme=x" next', 'cookie: "theme=****" next'],
    ['{\\"cookie\\":\\"a=b; c=d\\",\\"e\\":1}', '{\\"cookie\\":\\"a=****; c=****\\",\\"e\\":1}'],
    [
      '{\\"set-cookie\\":[\\"a=b; Path=/\\",\\"c=d\\"]}',
      '{\\"set-cookie\\":[\\"a=****; Path=/\\",\\"c=****\\"]}',
    ],
    ['headers.cookie: a=b; c=d', 'headers.cookie: a=****; c=****'],
    ['cookie: swordfishX7', 'cookie: ****'],
    ["curl -H 'Cookie: a=b' https://h/x", "curl -H 'Cookie: a=****' https://h/x"],
  ])('%j', (text, masked) => {
    expect(maskFreeText(text, rules)).toBe(masked);
    expect(maskFreeText(masked, rules)).toBe(masked);
  });

  test.each(['Cookie: not found', "{ cookie: 'missing' }", 'set-cookie: [ ]', 'cookie: ['])(
    '%j holds none',
    (text) => {
      expect(maskFreeText(text, rules)).toBe(text);
    },
  );
});
