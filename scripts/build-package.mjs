// Builds the package in the current folder as ESM (dist/esm) and CommonJS (dist/cjs), each with its types. With `--bundle`, each
// entry point is one file, with what several share beside it: to read some hundred small ones takes longer than to run them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

function compile(outDir, ...flags) {
  const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', outDir, ...flags];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** What `exports` of package.json names under `import`, as paths in dist/esm. */
function entryPoints() {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  return Object.values(exports).flatMap((target) => target.import?.default ?? []);
}

/** Takes the modules out of a folder, and leaves the types. */
function removeModules(folder) {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (/\.js(\.map)?$/.test(file)) rmSync(join(folder, file));
  }
}

/**
 * Two getters stand in front of each export of CommonJS that was made of ESM, so that it can change. Ours cannot, and hot paths of other
 * packages go through them for every span.
 */
const plainExports = `module.exports = Object.defineProperty({ ...module.exports }, '__esModule', { value: true });\n`;

/**
 * One file for each entry point. CommonJS is made of the same files: a bundler that writes CommonJS puts what two entry points
 * share into both, and then an object of the one would be none of the other's class.
 */
async function bundle() {
  const { build, transform } = await import('esbuild');
  const shared = { platform: 'node', target: 'node20.19', charset: 'utf8', sourcemap: true };
  const { outputFiles } = await build({
    ...shared,
    ...{ entryPoints: entryPoints(), outbase: 'dist/esm', outdir: 'dist/esm' },
    ...{ bundle: true, splitting: true, packages: 'external', format: 'esm', write: false },
  });
  removeModules('dist/esm');
  removeModules('dist/cjs');
  const root = join(process.cwd(), 'dist/esm/');
  for (const { path, text } of outputFiles) {
    const name = path.slice(root.length);
    writeFileSync(path, text);
    if (name.endsWith('.map')) continue;
    const { code } = await transform(text, { ...shared, sourcemap: false, format: 'cjs' });
    writeFileSync(
      join('dist/cjs', name),
      code.replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n') + plainExports,
    );
  }
}

rmSync('dist', { recursive: true, force: true });
compile('dist/esm');
// verbatimModuleSyntax refuses to turn `import` into `require`, so it holds in the ESM pass only.
compile(
  'dist/cjs',
  '--module',
  'commonjs',
  '--moduleResolution',
  'bundler',
  '--verbatimModuleSyntax',
  'false',
);
mkdirSync('dist/cjs', { recursive: true });
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
if (process.argv.includes('--bundle')) await bundle();
