// Runs turbo tasks; the build of every package goes through here.
import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string[]} args @returns {boolean} whether all tasks passed */
export function turbo(...args) {
  const bin = `${root}node_modules/.bin`;
  const env = {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    PATH: `${bin}${delimiter}${process.env.PATH}`,
  };
  const { status } = spawnSync(
    `${bin}/turbo`,
    ['run', ...args, '--output-logs=errors-only', '--log-order=grouped'],
    {
      cwd: root,
      stdio: 'inherit',
      env,
      shell: process.platform === 'win32',
    },
  );
  return status === 0;
}
