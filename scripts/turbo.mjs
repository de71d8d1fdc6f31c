// Runs turbo tasks; the build of every package goes through here. What turbo says is shown only when a task failed.
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
  const flags = ['--output-logs=errors-only', '--log-order=grouped'];
  const { status, stdout, stderr } = spawnSync(`${bin}/turbo`, ['run', ...args, ...flags], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status !== 0) console.error(`${stdout}${stderr}`);
  return status === 0;
}
