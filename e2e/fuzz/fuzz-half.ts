import { expect, test } from '@jest/globals';
import { FuzzRun } from '../../packages/mask/test/fuzz/fuzz-run.js';

const HOUR = 3_600_000;

/** One half of the run, in a process of its own. */
export function fuzzHalf(half: 0 | 1): void {
  const values = Number(process.env['SPANSEAL_FUZZ_VALUES'] ?? 5000);
  const seed = Number(process.env['SPANSEAL_FUZZ_SEED'] ?? 20_260_101) + half;
  test(
    `${values} values, seed ${seed}: no throw, none slow, all as the reference masks them`,
    () => {
      const { failures, ...figures } = new FuzzRun(seed).run(values);
      process.stderr.write(`fuzz, seed ${seed}: ${JSON.stringify(figures)}\n`);
      expect(failures.join('\n\n')).toBe('');
      expect(figures.values).toBeGreaterThanOrEqual(values);
      expect(figures.limited).toBeLessThan(figures.compared / 100);
      expect(figures.masked).toBeGreaterThan(figures.bags / 2);
    },
    HOUR,
  );
}
