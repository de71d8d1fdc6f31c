import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../src/index.js';

const masker = createMasker();

describe('an attribute key', () => {
  test('is text: what would be masked in a value is masked in it', () => {
    expect(masker.attributes({ 'a password=swordfishQ': 'x' })).toEqual({ 'a password=****': '****' });
    expect(masker.attributes({ 'mail to alice@example.com': 1 })).toEqual({ 'mail to ****': 1 });
  });

  test('that is a plain name stays, and so does the reference', () => {
    const attributes = { 'http.route': '/', 'db.password_policy': 'strict', 'a.b-c_d': 1 };
    expect(masker.attributes(attributes)).toBe(attributes);
  });

  test('loses no value to another one that is the same once masked', () => {
    const attributes = { 'to a@example.com': 1, 'to b@example.com': 2, 'to ****#2': 3 };
    expect(Object.values(masker.attributes(attributes)).sort()).toEqual([1, 2, 3]);
  });
});

describe('an allowed value', () => {
  test('exempts the match that it covers, and not one that only contains it', () => {
    const policy = { allow: { values: ['.*@example\\.com'] } };
    const allowing = createMasker(policy);
    expect(allowing.text('c@example.com and d@example.com.evil.org')).toBe('c@example.com and ****');
    expect(createMasker({ allow: { values: ['example'] } }).text('c@example.com')).toBe('****');
  });
});
