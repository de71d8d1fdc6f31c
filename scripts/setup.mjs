// Installs what the lock file names, when it is not installed yet, with nothing but Node and npm on the machine.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}.cache/installed`;
const lock = createHash('sha256')
  .update(readFileSync(`${root}pnpm-lock.yaml`))
  .update(readFileSync(`${root}pnpm-workspace.yaml`))
  .update(process.platform + process.arch)
  .digest('hex');
const installed = existsSync(stamp) && existsSync(`${root}node_modules/.modules.yaml`);

if (!installed || readFileSync(stamp, 'utf8') !== lock) {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  console.error(`Setting up: ${packageManager} install (once; a minute or so) …`);
  const args = ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'];
  const { status } = spawnSync('npx', args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('Setting up failed: the package manager says why above.');
    process.exit(1);
  }
  mkdirSync(`${root}.cache`, { recursive: true });
  writeFileSync(stamp, lock);
}
