// `npm run mutation` in this folder plants faults in src one by one, and says which ones no test notices; `npm run mutation --
// --mutate src/check-span.ts` in one file, and `--ignoreStatic` leaves out what only runs when a module is loaded, for which
// all tests have to be run. What was found is kept in .stryker, so that only what changed is tried again.
export default {
  mutate: ['src/**/*.ts'],
  plugins: ['./mutation/in-process-runner.mjs'],
  testRunner: 'in-process',
  // Too slow to be run for every fault, so the score is a lower bound: every bit of a request, and times.
  inProcess: { ignore: ['bit-flips', 'linear-time'] },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  tempDirName: '.stryker/sandbox',
  ignorePatterns: ['.stryker', '.turbo'],
  // TypeScript 7 has no API to read a tsconfig with, and swc needs none.
  tsconfigFile: 'none',
  reporters: ['clear-text', 'json', 'html', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.stryker/report.json' },
  htmlReporter: { fileName: '.stryker/report.html' },
  timeoutMS: 10_000,
  timeoutFactor: 5,
};
