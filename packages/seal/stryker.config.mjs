// `npm run mutation` here plants faults in src one by one, and says which ones no test notices; `npm run mutation -- --mutate
// src/check-span.ts` in one file. What was found so far is kept in .stryker, so that only what changed is tried again.
import { preset } from '../../jest.preset.mjs';

/** Too slow to be run for every fault, so a score here is a lower bound: every bit of a request, and times. */
const slow = ['bit-flips', 'linear-time'];

export default {
  mutate: ['src/**/*.ts'],
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  jest: {
    // The sandbox is a copy of this folder alone, so the preset comes from here.
    projectType: 'custom',
    config: { ...preset('seal'), testPathIgnorePatterns: [`/(${slow.join('|')})`] },
  },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  tempDirName: '.stryker/sandbox',
  ignorePatterns: ['.stryker', '.turbo'],
  // TypeScript 7 has no API to read a tsconfig with, and swc needs none.
  tsconfigFile: 'none',
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.stryker/report.json' },
  htmlReporter: { fileName: '.stryker/report.html' },
  timeoutMS: 10_000,
};
