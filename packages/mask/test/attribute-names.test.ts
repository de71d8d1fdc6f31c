import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../src/index.js';
import { leastOf } from './cpu-time.js';

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

  test('that is longer than any name is cut, and what was cut is masked', () => {
    const token = `AKIA${'QYLPMN5HFIQR7XYA'}`;
    for (const length of [10, 300, 1000, 1100, 60_000]) {
      const attributes = {
        [`${'x'.repeat(length)}.${token}`]: 1,
        map: { [`${'y'.repeat(length)}.${token}`]: 1 },
      };
      const masked = masker.attributes(attributes);
      expect(JSON.stringify(masked)).not.toContain(token);
      expect(masker.attributes(masked)).toBe(masked);
    }
    const plain = { ['x'.repeat(60_000)]: 1 };
    expect(createMasker({ extends: [] }).attributes(plain)).toBe(plain);
  });

  test('of 60 kB costs little more than the decision about it, whatever it holds', () => {
    for (const policy of [{ extends: 'lumigo' } as const, {}]) {
      const each = createMasker(policy);
      for (const unit of ['a', 'pas', '_a', 'ke', 'a.', '=', 'a@', 'x ']) {
        const name = unit.repeat(60_000 / unit.length);
        const least = leastOf(60, (index) => each.attributes({ [name + index]: 'v' }));
        expect({ unit, slow: least > 16 }).toEqual({ unit, slow: false });
      }
    }
  });

  test('loses no value to another one that is the same once masked', () => {
    const attributes = { 'to a@example.com': 1, 'to b@example.com': 2, 'to ****#2': 3 };
    expect(Object.values(masker.attributes(attributes)).sort()).toEqual([1, 2, 3]);
    expect(Object.values(masker.attributes({ map: attributes }).map).sort()).toEqual([1, 2, 3]);
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
