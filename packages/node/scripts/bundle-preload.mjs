// Bundles what is preloaded, each part in one file: reading many small files is most of what a preload costs.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { ownSources } from '../../../scripts/own-sources.mjs';

const parts = [
  ...['register', 'preload-guard', 'masking', 'sealing'],
  ...['policy-file', 'report-file', 'start-sdk'],
];
const outdir = 'dist/preload';

const { metafile } = await build({
  entryPoints: parts.map((part) => `dist/esm/${part}.js`),
  outdir,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  plugins: [ownSources],
  metafile: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'eof',
  // Large, and needed for policies in files and for gRPC only.
  external: ['js-yaml', '@grpc/grpc-js', './*.cjs'],
});
// For `--import`: a CommonJS file takes Node.js 20 and 22 some 30 to 80 ms longer there than a module, and a module that loads one
// takes twice what this takes. `require` is made when a part is asked for.
const lazyRequire =
  "let load;const require=(part)=>(load??=process.getBuiltinModule('node:module').createRequire(import.meta.url))(part);\n";
writeFileSync(`${outdir}/register.mjs`, lazyRequire + readFileSync(`${outdir}/register.cjs`, 'utf8'));
for (const extension of ['cts', 'mts'])
  copyFileSync('dist/esm/register.d.ts', `${outdir}/register.d.${extension}`);

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
if (texts.length > 0) writeFileSync(`${outdir}/LICENSES.txt`, texts.join('\n\n'));
