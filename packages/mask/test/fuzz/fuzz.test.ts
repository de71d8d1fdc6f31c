import { expect, test } from '@jest/globals';
import { FuzzRun } from './fuzz-run.js';

/** `npm run e2e` sets a million. */
const values = Number(process.env['SPANSEAL_FUZZ_VALUES'] ?? 5000);
const seed = Number(process.env['SPANSEAL_FUZZ_SEED'] ?? 20_260_101);

test(`${values} values, seed ${seed}: no throw, none slow, all as the reference masks them`, () => {
  const report = new FuzzRun(seed).run(values);
  if (process.env['SPANSEAL_FUZZ_VALUES'] !== undefined)
    process.stderr.write(`${JSON.stringify({ ...report, failures: report.failures.length })}\n`);
  expect(report.failures.join('\n\n')).toBe('');
  expect(report.values).toBe(values);
  expect(report.limited).toBeLessThan(values / 100);
  expect(report.masked).toBeGreaterThan(values / 4);
}, 3_600_000);
