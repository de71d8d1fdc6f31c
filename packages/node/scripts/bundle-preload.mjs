// Bundles what is preloaded, each part in one file: reading many small files is most of what a preload costs.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const parts = ['register', 'masking', 'sealing', 'policy-file'];
const outdir = 'dist/preload';

const { metafile } = await build({
  entryPoints: parts.map((part) => `dist/esm/${part}.js`),
  outdir,
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'eof',
  // Needed for policies in files only, and large.
  external: ['yaml', './*.cjs'],
});
copyFileSync('dist/esm/register.d.ts', `${outdir}/register.d.cts`);

// The licences of the packages of others that are in the bundles.
const require = createRequire(import.meta.url);
const folders = new Set(
  Object.keys(metafile.inputs).flatMap(
    (input) => /^.*node_modules\/(?!.*node_modules)(?:@[^/]+\/)?[^/]+/.exec(input) ?? [],
  ),
);
const texts = [...folders].map((folder) => {
  const { name, version } = require(join(process.cwd(), folder, 'package.json'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${dirname(folder)}: no licence of ${name}`);
  return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8')}`;
});
writeFileSync(`${outdir}/LICENSES.txt`, texts.join('\n\n'));
