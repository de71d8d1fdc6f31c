// `npm run e2e`: packs every published package, and tests the tarballs in clean folders.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { matrix, nodeBinary } from './node-binary.mjs';
import { finish, runJest } from './run-jest.mjs';
import { turbo } from './turbo.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const packs = `${root}.cache/packs`;

if (!turbo('build')) process.exit(1);
rmSync(packs, { recursive: true, force: true });
mkdirSync(packs, { recursive: true });
for (const name of readdirSync(`${root}packages`)) {
  const folder = `${root}packages/${name}`;
  if (JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).private) continue;
  const pnpm = `${root}node_modules/.bin/pnpm`;
  const { status } = spawnSync(pnpm, ['pack', '--pack-destination', packs], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) process.exit(1);
}
process.env.SPANSEAL_PACKS = packs;
process.env.SPANSEAL_NODES = [process.execPath, ...matrix.map(nodeBinary)].join(',');
finish([runJest({ name: 'e2e', workers: '1', args: ['--config', 'e2e/packed/jest.config.mjs'] })]);
