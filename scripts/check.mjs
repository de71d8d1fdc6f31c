// `npm run check`: everything that must hold before a commit lands, in the order of what fails fastest. `--static` leaves
// the tests out.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { turbo } from './turbo.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(name, command, args) {
  console.log(`\n── ${name}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  console.error(`\n${name} failed`);
  process.exit(1);
}

run('lint and format', `${root}node_modules/.bin/biome`, ['check', '.']);
console.log('\n── build, types, generated files, package checks');
if (!turbo('build', 'types', 'generate', 'pack:check')) process.exit(1);
run('generated files in sync', 'git', [
  'diff',
  '--exit-code',
  '--stat',
  '--',
  '**/generated/**',
  '**/*.schema.json',
  'vectors',
]);
if (!process.argv.includes('--static')) run('tests', process.execPath, ['scripts/test.mjs']);
