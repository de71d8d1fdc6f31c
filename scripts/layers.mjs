// `npm run layers`: builds the packages, and the zips of the Lambda layers from them.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { turbo } from './turbo.mjs';

const folder = fileURLToPath(new URL('../packages/lambda-layer', import.meta.url));

if (!turbo('build')) process.exit(1);
const args = ['scripts/build-layers.mjs', ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, args, { cwd: folder, stdio: 'inherit' }).status ?? 1);
