// Bundles one entry point in parts: what every process needs, and what is loaded when the first of its functions is called. To read
// and to compile a function takes its time, whether anybody calls it or not. Parts fit together that were built together: where files
// can change under a process that runs, as those of packages can, this is not for them.
import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';
import { core, sourceOf, splitModules } from './later-modules.mjs';

/** In a bundle that is made to see what it takes from others: the module, and the name. */
const TAKEN = /\btaken\("([^"]+ \w+)"\)/g;
const ELSEWHERE = 'elsewhere';

/** What each part has for the others, in the order of its array. */
class Offers {
  #byPart = new Map();

  of(part) {
    return this.#byPart.get(part) ?? [];
  }

  /** @returns whether it is new. */
  add(part, offer) {
    const known = this.of(part);
    if (known.includes(offer)) return false;
    this.#byPart.set(part, [...known, offer]);
    return true;
  }
}

/** Resolves what another part has to a module that takes it from there. */
function elsewhere(part, { split, placeOf, fileOf }) {
  return {
    name: ELSEWHERE,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ path, importer, namespace }) => {
        const source = sourceOf(resolve(dirname(importer), path));
        if (namespace !== 'file' || split.partOf(source) === part) return undefined;
        return { path: source, namespace: ELSEWHERE, sideEffects: false };
      });
      onResolve({ filter: /^taken:/ }, ({ path }) => ({ path, namespace: ELSEWHERE, sideEffects: false }));
      onLoad({ filter: /^taken:/, namespace: ELSEWHERE }, ({ path }) => ({
        contents: takenFrom(fileOf(path.slice('taken:'.length))),
      }));
      onLoad({ filter: /^/, namespace: ELSEWHERE }, ({ path }) => {
        const owner = split.partOf(path);
        const take = (name) => `taken(${placeOf(owner, `${path} ${name}`)})`;
        const { offered, unused } = split.offersOf(path);
        const contents = [
          `import { taken } from 'taken:${owner}';`,
          ...offered.map((name) =>
            owner === core
              ? `export const ${name} = /* @__PURE__ */ ${take(name)};`
              : `export function ${name}(a, b, c) { return ${take(name)}(a, b, c); }`,
          ),
          ...unused.map((name) => `export const ${name} = undefined;`),
        ];
        return { contents: contents.join('\n') };
      });
    },
  };
}

function readOffer(offer) {
  const end = offer.lastIndexOf(' ');
  return { path: offer.slice(0, end), name: offer.slice(end + 1) };
}

/** The part is loaded when the first of it is taken: of the core at once, of others when a function is called. */
function takenFrom(file) {
  return `
    let offers;
    export function taken(place) { return (offers ??= require('./${file}').offers)[place]; }`;
}

/** The entry point of a part. */
function entryOf(entryPoint, offers) {
  const names = offers.map((offer, index) => {
    const { path, name } = readOffer(offer);
    return `import { ${name} as offer${index} } from ${JSON.stringify(path)};`;
  });
  const list = `[${offers.map((_, index) => `offer${index}`).join(', ')}]`;
  // What makes exports of CommonJS takes a line in each part, and nobody needs it here.
  const exported =
    entryPoint === undefined
      ? [`exports.offers = ${list};`]
      : [`export * from ${JSON.stringify(entryPoint)};`, `export const offers = ${list};`];
  return [...names, ...exported].join('\n');
}

/**
 * @param options of esbuild, for CommonJS.
 * @param bundle {{ name: string, entryPoint: string, later: { [part: string]: RegExp } }} `later`: by the name of a part, the paths
 *   of its modules. What others take more of than functions is loaded with the entry point.
 * @returns {Promise<{ outputFiles: object[], metafile: object }[]>}
 */
export async function bundleInParts(options, { name, entryPoint, later }) {
  const split = await splitModules({ ...options, entryPoints: [entryPoint] }, later);
  const offers = new Offers();
  const fileOf = (part) => `${part === core ? name : part}.cjs`;
  const bundled = (part, { placeOf, ...others }) =>
    build({
      ...options,
      stdin: {
        contents: entryOf(part === core ? entryPoint : undefined, offers.of(part)),
        resolveDir: options.absWorkingDir,
      },
      outdir: undefined,
      outfile: `${options.outdir}/${fileOf(part)}`,
      external: [...options.external, ...[core, ...Object.keys(later)].map((each) => `./${fileOf(each)}`)],
      plugins: [elsewhere(part, { split, placeOf, fileOf }), ...options.plugins],
      write: false,
      ...others,
    });
  const parts = [core, ...Object.keys(later)];
  // What a part takes shows once nothing unused is in it, and what it has for others brings more.
  for (let isNew = true; isNew; ) {
    isNew = false;
    const look = { minify: false, placeOf: (_, offer) => JSON.stringify(offer) };
    for (const { outputFiles } of await Promise.all(parts.map((part) => bundled(part, look)))) {
      for (const [, offer] of outputFiles[0].text.matchAll(TAKEN))
        isNew = offers.add(split.partOf(readOffer(offer).path), offer) || isNew;
    }
  }
  const placeOf = (part, offer) => offers.of(part).indexOf(offer);
  return Promise.all(parts.map((part) => bundled(part, { placeOf })));
}
