// `npm run bench -- NAME…`: builds what the benchmarks need, then runs them.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { turbo } from './turbo.mjs';

if (!turbo('build', '--filter=@spanseal/bench...')) process.exit(1);
const bench = fileURLToPath(new URL('../packages/bench/dist/main.js', import.meta.url));
const { status } = spawnSync(process.execPath, [bench, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
