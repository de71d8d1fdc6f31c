import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

const HIDING: readonly unknown[] = [
  [{ name: 'password', value: 'swordfishX' }],
  { key: 'password', value: 'swordfishX' },
  { Value: 'swordfishX', Name: 'password' },
  { k: 'password', v: 'swordfishX' },
  { name: 'password', type: 'text', value: 'swordfishX' },
  [['password', 'swordfishX']],
  [['password', 'monkeyballs']],
  [['user', 'bob', 'password', 'monkeyballs']],
  ['Host', 'x', 'x-api-key', 'swordfishX'],
  ['run', '--token', 'swordfishX'],
  { key: 'password', value: { stringValue: 'swordfishX' } },
  { param: 'pwd', val: 'swordfishX' },
  { fields: [{ id: 'pwd', val: 'swordfishX' }] },
  { title: 'Password', text: 'swordfish$X7' },
  { attribute: 'custom:pin', newValue: 'swordfishX' },
  { tokens: ['kJ8vQ2xN7swordfish4tW9yB3cF6hL1'] },
  { tokens: [{ v: 'kJ8vQ2xN7swordfish4tW9yB3cF6hL1' }] },
  { op: 'replace', path: '/user/password', value: 'swordfishX' },
  { property: 'password', constraints: { minLength: 'too short' }, value: 'swordfishX' },
  { instancePath: '/password', params: { limit: 12 }, data: 'swordfishX' },
  [{ name: 'DB_PASSWORD', scope: {}, list: [{ name: 'a' }, {}], value: 'swordfishX' }],
];

describe('a value that its sibling names is masked', () => {
  test.each(HIDING.map((value) => [value]))('%j', (value) => {
    const text = JSON.stringify(value);
    const masked = masker.attribute('note', text);
    expect(masked).not.toContain('swordfish');
    expect(masked).toContain('****');
    expect(masker.attribute('note', masked)).toBe(masked);
    expect(JSON.stringify(masker.attribute('note', JSON.stringify({ a: text })))).not.toContain('swordfish');
    const real = masker.attribute('note', value as never);
    expect(JSON.stringify(real)).not.toContain('swordfish');
    expect(masker.attribute('note', real)).toBe(real);
  });
});

test('a validator that says what it was given before the path to it', () => {
  const path = {
    type: 'object',
    origin: 'value',
    input: { password: 'swordfishX' },
    key: 'password',
    value: 'swordfishX',
  };
  const issue = {
    kind: 'schema',
    input: 'swordfishX',
    received: '"swordfishX"',
    requirement: 8,
    path: [path],
  };
  const text = JSON.stringify({ issues: [issue] });
  const masked = masker.attribute('note', text);
  expect(masked).not.toContain('swordfish');
  expect(masker.attribute('note', masked)).toBe(masked);
  const other = text.replaceAll('password', 'title');
  expect(masker.attribute('note', other)).toBe(other);
});

describe('names without a value stay', () => {
  test.each([
    [['password', 'token', 'key']],
    [['password', 'token']],
    [['password', 'apiKeys']],
    [['password', 'email']],
    [['user', 'password', 'email', 'token']],
    [{ name: 'Reset password', value: 'on' }],
    [{ title: 'Password', text: 'Choose at least 12 characters' }],
    [{ id: 'token', text: 'Token' }],
    [{ tokens: ['Hello', ' world', 'internationalization'] }],
    [{ tokens: [{ v: 'internationalisation1' }] }],
    [{ name: 'password', type: 'text' }],
    [{ list: [{ name: 'password' }, { value: 'plain' }] }],
    [[{ name: 'password', meta: { a: [{}] } }, { value: 'plain' }]],
    [{ name: 'password', meta: { name: 'colour', value: 'red' } }],
    [{ meta: { name: 'password' }, value: 'plain' }],
  ])('%j', (value) => {
    expect(masker.attribute('note', value)).toBe(value);
    const text = JSON.stringify(value);
    expect(masker.attribute('note', text)).toBe(text);
  });
});
