import { describe, expect, test } from '@jest/globals';
import { maskFreeText } from '../../src/content/free-text.js';
import { FakeRules } from './fake-rules.js';

const rules = new FakeRules();

describe('a value is read to its end', () => {
  test.each([
    ["CREATE LOGIN x WITH PASSWORD = N'swordfish', a", 'CREATE LOGIN x WITH PASSWORD = ****, a'],
    ["password=_utf8'swordfish' b", 'password=**** b'],
    ["requests.get(u, auth=('bob', 'hunter2pw'))", 'requests.get(u, auth=****)'],
    ["auth=('bob', 'hunter2pw'", 'auth=****'],
    ["'password=b', 'c'", "'password=****', 'c'"],
  ])('%j', (text, masked) => {
    expect(maskFreeText(text, rules)).toBe(masked);
    expect(maskFreeText(masked, rules)).toBe(masked);
  });
});
