// What a layer holds, as CycloneDX 1.6: the packages in its bundles, and its files with their digests. No time and no serial
// number: the same layer has the same bill.
import { createHash } from 'node:crypto';

/** @param layer {{ name: string, version: string, packages: object[], files: Map<string, Uint8Array> }} */
export function billOfMaterials({ name, version, packages, files }) {
  const ref = `${name}@${version}`;
  const libraries = packages.map(libraryOf);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { 'bom-ref': ref, type: 'application', name, version, licenses: licenses('Apache-2.0') },
    },
    components: [...libraries, ...[...files].map(fileOf)],
    dependencies: [{ ref, dependsOn: libraries.map((library) => library['bom-ref']) }],
  };
}

function libraryOf({ name, version, license }) {
  const [scope, short] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const purl = `pkg:npm/${scope === undefined ? '' : `${encodeURIComponent(scope)}/`}${short}@${version}`;
  return {
    'bom-ref': purl,
    type: 'library',
    ...(scope && { group: scope }),
    name: short,
    version,
    licenses: licenses(license),
    purl,
  };
}

function fileOf([name, content]) {
  const hash = createHash('sha256').update(content).digest('hex');
  return { 'bom-ref': `file:${name}`, type: 'file', name, hashes: [{ alg: 'SHA-256', content: hash }] };
}

function licenses(id) {
  return [{ license: { id } }];
}
