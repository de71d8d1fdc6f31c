// Other Node.js versions for the test matrix, from the npm package `node`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The versions that the tests run on beside the one that runs them. */
export const matrix = ['22.23.3', '24.21.0'];

/** Path of that version's binary, installed when it is not there yet. */
export function nodeBinary(version) {
  const folder = `${root}.cache/node-${version}`;
  const binary = `${folder}/node_modules/node/bin/node`;
  if (!existsSync(binary)) {
    console.error(`Setting up: node ${version} …`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/package.json`, '{ "private": true }\n');
    const args = ['install', '--no-fund', '--no-audit', '--loglevel=error', `node@${version}`];
    const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0 || !existsSync(binary)) {
      console.error(`node ${version} cannot be installed.`);
      process.exit(1);
    }
  }
  return binary;
}
