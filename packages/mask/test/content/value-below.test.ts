import { describe, expect, test } from '@jest/globals';
import { maskFreeText } from '../../src/content/free-text.js';
import { FakeRules } from './fake-rules.js';

const rules = new FakeRules();

describe('a value on the line below its name', () => {
  test.each([
    ['password:\n  swordfishX7\nnext: a', 'password:\n  ****\nnext: a'],
    ['password:\r\n\tswordfishX7\r\nnext', 'password:\r\n\t****\r\nnext'],
    ['a:\n  password: |\n    swordfish\n    two\n  b: c', 'a:\n  password: |\n    ****\n  b: c'],
    ['password: >-\n  swordfish', 'password: >-\n  ****'],
  ])('%j is masked', (text, masked) => {
    expect(maskFreeText(text, rules)).toBe(masked);
    expect(maskFreeText(masked, rules)).toBe(masked);
  });

  test.each([
    'password:\n  min: 8\n  max: 20',
    'password:\nnext',
    'invalid password:\n  too short',
    'text: |\n  a b',
  ])('%j is none', (text) => {
    expect(maskFreeText(text, rules)).toBe(text);
  });
});
