// `npm run e2e`: packs every published package, tests the tarballs and the examples in clean folders, their pages in a browser
// and what they seal with a second implementation, and fuzzes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromiumBinary } from './chromium-binary.mjs';
import { collectorBinary } from './collector-binary.mjs';
import { keyPeers } from './key-peers.mjs';
import { lambdaPeers } from './lambda-peers.mjs';
import { matrix, nodeBinary } from './node-binary.mjs';
import { pythonVerifier } from './python-verifier.mjs';
import { finish, runJest } from './run-jest.mjs';
import { turbo } from './turbo.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const packs = `${root}.cache/packs`;

// First, since what is missing here cannot be made up for by an hour of tests.
process.env.SPANSEAL_CHROMIUM = chromiumBinary();
process.env.SPANSEAL_KEY_PEERS = keyPeers();
process.env.SPANSEAL_COLLECTOR = collectorBinary();
process.env.SPANSEAL_LAMBDA = lambdaPeers();
process.env.SPANSEAL_PYTHON = pythonVerifier();
if (!turbo('build')) process.exit(1);
rmSync(packs, { recursive: true, force: true });
mkdirSync(packs, { recursive: true });
const pnpm = `${root}node_modules/.bin/pnpm`;
const foldersIn = (folder) => readdirSync(`${root}${folder}`).map((name) => `${root}${folder}/${name}`);
const isPrivate = (folder) => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).private;
// Examples are packed as well: a manifest in a tarball has versions that npm understands.
for (const cwd of [
  ...foldersIn('packages').filter((folder) => !isPrivate(folder)),
  ...foldersIn('examples'),
]) {
  const { status } = spawnSync(pnpm, ['pack', '--pack-destination', packs], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) process.exit(1);
}
process.env.SPANSEAL_PACKS = packs;
process.env.SPANSEAL_NODES = [process.execPath, ...matrix.map(nodeBinary)].join(',');
const layers = ['packages/lambda-layer/scripts/build-layers.mjs', '--no-times'];
if (spawnSync(process.execPath, layers, { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
const suites =
  process.env.SPANSEAL_PYTHON === ''
    ? ['packed', 'browser', 'lambda']
    : ['packed', 'browser', 'lambda', 'python'];
const runs = suites.map((name) =>
  runJest({ name: `e2e-${name}`, workers: '1', args: ['--config', `e2e/${name}/jest.config.mjs`] }),
);
process.env.SPANSEAL_CHAOS_RUNS ??= '1000';
const chaos = ['--selectProjects', 'otlp-exporter', '--', 'chaos'];
runs.push(runJest({ name: 'e2e-chaos', workers: '1', args: chaos }));
// Values for each of two seeds: a million, in four to ten minutes on two cores, by what else runs there.
process.env.SPANSEAL_FUZZ_VALUES ??= '500000';
finish([...runs, runJest({ name: 'e2e-fuzz', args: ['--config', 'e2e/fuzz/jest.config.mjs'] })]);
