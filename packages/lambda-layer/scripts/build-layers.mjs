// `npm run layers`: the zips of the layers, with their bills of materials, into dist; prints sizes, and what each adds to the
// start of a process. `--out FOLDER`: somewhere else; `--no-times`: without measuring.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { billOfMaterials } from './bill-of-materials.mjs';
import { bundledPackages, licenceTexts } from './bundled-packages.mjs';
import { bundleLayer, layerNames } from './layer-bundles.mjs';
import { isPacked, packParts } from './packed-parts.mjs';
import { startTimes } from './start-times.mjs';
import { zipOf } from './zip-file.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string' }, 'no-times': { type: 'boolean' } } });
const out = values.out ?? join(here, 'dist');
const { version } = JSON.parse(readFileSync(`${here}package.json`, 'utf8'));

/** Writes a layer as a zip, as the folder that Lambda makes of it, and its bill of materials. */
async function buildLayer(layer) {
  const { files, inputs } = await bundleLayer(layer);
  const packages = bundledPackages(inputs);
  if (isPacked(layer)) await packParts(layer, files);
  const licences = licenceTexts(packages);
  if (licences !== '') files.set('spanseal/LICENSES.txt', Buffer.from(licences));
  const handler = `${here}layers/${layer}/spanseal-handler`;
  if (existsSync(handler)) files.set('spanseal-handler', readFileSync(handler));
  const zip = await zipOf(files);
  const name = `spanseal-${layer}-layer`;
  for (const [path, content] of files) {
    const target = join(out, layer, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content, { mode: path.includes('.') ? 0o644 : 0o755 });
  }
  writeFileSync(join(out, `${name}.zip`), zip);
  const bill = billOfMaterials({ name, version, packages, files });
  writeFileSync(join(out, `${name}.cdx.json`), `${JSON.stringify(bill, null, 2)}\n`);
  const digest = createHash('sha256').update(zip).digest('hex');
  const unpacked = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    layer,
    'zip, bytes': zip.length,
    'unpacked, bytes': unpacked,
    packages: packages.length,
    sha256: digest,
  };
}

rmSync(out, { recursive: true, force: true });
const built = [];
for (const layer of layerNames) built.push(await buildLayer(layer));
console.table(built);
if (!values['no-times']) console.table(startTimes(out));
