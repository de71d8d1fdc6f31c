import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The published vectors. */
export const vectors: string = join(__dirname, '../../vectors');

/** Runs a module with the interpreter that `npm run e2e` set up, and gives what it printed. @throws Error with what it said when it fails. */
export function python(...args: readonly string[]): string {
  const interpreter = process.env['SPANSEAL_PYTHON'];
  if (!interpreter) throw new Error('SPANSEAL_PYTHON is not set: run npm run e2e');
  const { status, stdout, stderr } = spawnSync(interpreter, ['-m', ...args], {
    cwd: __dirname,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`python -m ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

/** What the second implementation of the verifier says, a line of JSON each. */
export function pythonVerifier(...args: readonly string[]): readonly unknown[] {
  return python('spanseal_verifier', ...args)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}
