import { expect, test } from '@jest/globals';
import { FuzzRun } from './fuzz-run.js';

// A taste of the million values that `npm run e2e` tries.
test('no throw, none slow, and all as the reference masks them', () => {
  const { failures, ...figures } = new FuzzRun(20_260_101).run(4000);
  expect(failures.join('\n\n')).toBe('');
  expect(figures.values).toBeGreaterThanOrEqual(4000);
  expect(figures.limited).toBe(0);
  expect(figures.masked).toBeGreaterThan(figures.bags / 2);
});
