// The npm packages that a bundle was made from, by the paths of its inputs.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folderOf = /^.*node_modules\/(?!.*node_modules)(?:@[^/]+\/)?[^/]+|^packages\/[^/]+/;

/** @returns {{ name: string, version: string, license: string, text: string }[]} each once, in the order of their names. */
export function bundledPackages(inputs) {
  const folders = new Set(inputs.flatMap((input) => folderOf.exec(input) ?? []));
  const packages = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8'));
    const file = readdirSync(`${root}${folder}`).find((each) => /^licen[cs]e/i.test(each));
    const isOurs = folder.startsWith('packages/');
    if (file === undefined && !isOurs) throw new Error(`no licence of ${name}`);
    const text = readFileSync(isOurs ? `${root}LICENSE` : `${root}${folder}/${file}`, 'utf8');
    packages.set(`${name}@${version}`, { name, version, license, text });
  }
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** The licences of the packages of others. */
export function licenceTexts(packages) {
  const others = packages.filter(({ name }) => !name.startsWith('@spanseal/'));
  return others.map(({ name, version, text }) => `${name} ${version}\n\n${text}`).join('\n\n');
}
