import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeForm, decodePercent } from '../../src/content/percent-decoding.js';
import { leastOf } from '../cpu-time.js';

/** By the platform alone, which throws. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const piece = fc.oneof(
  fc.constantFrom(
    '%',
    '%%',
    '%2',
    '%zz',
    '%41',
    '%c3%a9',
    '%C3',
    '%a9',
    '%ed%a0%80',
    '%f0%9f%98%80',
    '%c0%80',
  ),
  fc.constantFrom('%00', '%25', '%EF%BB%BF', '%f4%90%80%80', '+', 'a', 'é', '\ud800'),
  fc.string({ maxLength: 3 }),
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

describe('percent-escapes', () => {
  test('are decoded as the platform does, where it does', () => {
    fc.assert(
      fc.property(text, (given) => {
        const expected = decoded(given);
        if (expected !== undefined) expect(decodePercent(given)).toBe(expected);
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ['100%', '100%'],
    ['%zz%41', '%zzA'],
    ['%41%C3', 'A%C3'],
    ['%41%C3%42', 'A%C3B'],
    ['%C3%A9%', 'é%'],
    ['%ED%A0%80', '%ED%A0%80'],
    ['a%4', 'a%4'],
  ])('that are valid are decoded beside those that are not: "%s"', (given, expected) => {
    expect(decodePercent(given)).toBe(expected);
  });

  test('of a form have a plus for a space', () => {
    expect(decodeForm('a+b%2Bc+%')).toBe('a b+c %');
  });

  test('that are not valid take no longer than those that are', () => {
    const spent = (given: string): number =>
      leastOf(5, () => {
        for (let round = 0; round < 2000; round += 1) decodePercent(given);
      });
    expect(spent('cookie: %')).toBeLessThan(10);
    expect(spent('%ff'.repeat(5))).toBeLessThan(20);
  });
});
