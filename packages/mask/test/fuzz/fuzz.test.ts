import { expect, test } from '@jest/globals';
import { FuzzRun } from './fuzz-run.js';

/** `npm run e2e` sets a million, half of them in each of two processes. */
const values = Number(process.env['SPANSEAL_FUZZ_VALUES'] ?? 5000);
const seed = Number(process.env['SPANSEAL_FUZZ_SEED'] ?? 20_260_101);

test(`${values} values, seed ${seed}: no throw, none slow, all as the reference masks them`, () => {
  const report = new FuzzRun(seed).run(values);
  const { failures, ...figures } = report;
  if (process.env['SPANSEAL_FUZZ_VALUES'] !== undefined)
    process.stderr.write(`fuzz, seed ${seed}: ${JSON.stringify(figures)}\n`);
  expect(failures.join('\n\n')).toBe('');
  expect(report.values).toBeGreaterThanOrEqual(values);
  expect(report.limited).toBeLessThan(report.compared / 100);
  expect(report.masked).toBeGreaterThan(report.bags / 2);
}, 3_600_000);
