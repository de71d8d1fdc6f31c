import { describe, expect, test } from '@jest/globals';
import { maskFreeText } from '../../src/content/free-text.js';
import { createMasker } from '../../src/index.js';
import { FakeRules } from './fake-rules.js';

const rules = new FakeRules();

describe('pairs that were percent-encoded as a whole lose their secrets', () => {
  test.each([
    ['user%3Dbob%26pwd%3Dswordfish', 'user%3Dbob%26pwd%3D****'],
    ['a%3Fpwd%3Dswordfish%26b%3Dc', 'a%3Fpwd%3D****%26b%3Dc'],
    ['a%3B pwd%3Dswordfish', 'a%3B pwd%3D****'],
    ['user%253Dbob%2526pwd%253Dswordfish%2526b%253Dc', 'user%253Dbob%2526pwd%253D****%2526b%253Dc'],
    ['%7B%22password%22%3A%22swordfish%22%7D', '%7B%22password%22%3A%22****%22%7D'],
    [
      '%7B%22a%22%3A1%2C%22password%22%3A%20%22swordfish%22%2C%22b%22%3A2%7D',
      '%7B%22a%22%3A1%2C%22password%22%3A%20%22****%22%2C%22b%22%3A2%7D',
    ],
  ])('%j', (text, masked) => {
    expect(maskFreeText(text, rules)).toBe(masked);
    expect(maskFreeText(masked, rules)).toBe(masked);
    const masker = createMasker();
    expect(masker.attribute('note', text)).not.toMatch(/swordfish/);
  });
});
