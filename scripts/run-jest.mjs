// Runs jest under a Node.js binary and gives what passed and failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {{ node?: string, name: string, args?: string[], workers?: string }} run
 * @returns {{ passed: number, failed: number, ok: boolean }}
 */
export function runJest({ node = process.execPath, name, args = [], workers = '100%' }) {
  const output = `${root}.cache/jest-${name}.json`;
  mkdirSync(`${root}.cache`, { recursive: true });
  rmSync(output, { force: true });
  console.log(`\n── jest, ${name}`);
  const jest = `${root}node_modules/jest/bin/jest.js`;
  const flags = [
    `--maxWorkers=${workers}`,
    '--json',
    `--outputFile=${output}`,
    '--reporters=default',
    ...args,
  ];
  const { status } = spawnSync(node, [jest, ...flags], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(output)) return { passed: 0, failed: 1, ok: false };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(output, 'utf8'),
  );
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed: numPassedTests, failed, ok: status === 0 && failed === 0 && numPassedTests > 0 };
}

/** Prints the closing line, keeps the figures for .ci/run, and ends the process. */
export function finish(runs) {
  const passed = runs.reduce((sum, run) => sum + run.passed, 0);
  const failed = runs.reduce((sum, run) => sum + run.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(runs.every((run) => run.ok) ? 0 : 1);
}
