import { describe, expect, test } from '@jest/globals';
import { hasMarksOnlyIn, type TextScan } from '../src/scan/text-scan.js';

const scanWith = (...ends: readonly number[]): TextScan => ({ traits: 1, ends, places: ends.length });
const parts = [
  { start: 10, end: 20 },
  { start: 30, end: 40 },
];

describe('marks stand only in parts of a text', () => {
  test.each([[[]], [[11]], [[20]], [[12, 15, 31, 40]]])('when each ends in one of them: %j', (ends) => {
    expect(hasMarksOnlyIn(scanWith(...ends), parts)).toBe(true);
  });

  test.each([[[5]], [[10]], [[21]], [[12, 25, 31]], [[31, 41]]])('and else not: %j', (ends) => {
    expect(hasMarksOnlyIn(scanWith(...ends), parts)).toBe(false);
  });

  test('and not when there are too many to list', () => {
    expect(hasMarksOnlyIn({ traits: 1, ends: undefined, places: 9 }, [{ start: 0, end: 100 }])).toBe(false);
  });
});
