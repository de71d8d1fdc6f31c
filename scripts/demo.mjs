// `npm run demo`: builds what the demo needs, then runs `spanseal demo`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { turbo } from './turbo.mjs';

if (!turbo('build', '--filter=@spanseal/cli...')) process.exit(1);
const cli = fileURLToPath(new URL('../packages/cli/dist/esm/main.js', import.meta.url));
const { status } = spawnSync(process.execPath, [cli, 'demo'], { stdio: 'inherit' });
process.exit(status ?? 1);
