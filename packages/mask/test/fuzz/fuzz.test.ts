import { expect, test } from '@jest/globals';
import { FuzzRun } from './fuzz-run.js';

// A taste of what `npm run e2e` tries. The bound of time is held there alone: here, two workers share
// the cores, and a value that waits for its turn would count as slow.
test('no throw, and all as the reference masks them', () => {
  const { failures, ...figures } = new FuzzRun(20_260_101).run(4000);
  const differences = failures.filter((failure) => !/^seed \d+, bag \d+: slow /.test(failure));
  expect(differences.join('\n\n')).toBe('');
  expect(figures.values).toBeGreaterThanOrEqual(4000);
  expect(figures.limited).toBe(0);
  expect(figures.masked).toBeGreaterThan(figures.bags / 2);
});
