// Bundles what a layer preloads, each part in one file: reading many small files is most of what a preload costs, and what an
// invocation may never need is not read at all.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ownSources } from '../../../scripts/own-sources.mjs';
import { bundleInParts } from './bundle-in-parts.mjs';
import { laterParts } from './masking-parts.mjs';
import { isPacked } from './packed-parts.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const node = fileURLToPath(new URL('../../node/dist/esm/', import.meta.url));

/** The parts of the preload of @spanseal/node, each beside the one that loads it; and the one that masks, which has parts itself. */
const preloadParts = ['register', 'preload-guard', 'policy-file', 'report-file', 'start-sdk'];
const masking = { name: 'masking', entryPoint: `${node}masking.js`, later: laterParts };
const preload = Object.fromEntries(preloadParts.map((part) => [part, `${node}${part}.js`]));

/** What each layer is made of: its entry points by the name of the file that they become. */
const layers = {
  companion: { cjs: preload, esm: {}, inParts: [masking] },
  // Beside the companion: most functions are masked only.
  sealing: { cjs: { sealing: `${node}sealing.js` }, esm: {}, inParts: [] },
  'self-contained': {
    cjs: { ...preload, sealing: `${here}scripts/sealing-part.mjs`, start: `${here}src/start.ts` },
    esm: { handler: `${here}src/handler.ts` },
    inParts: [masking],
  },
};

export const layerNames = Object.keys(layers);

const options = {
  outdir: '/spanseal',
  // Paths in the bundles, and their order, must not depend on where the repository is.
  absWorkingDir: fileURLToPath(new URL('../../..', import.meta.url)),
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  target: 'node22.12',
  minify: true,
  legalComments: 'none',
  external: [...preloadParts, 'masking', 'sealing'].map((part) => `./${part}.cjs`),
  alias: { '@grpc/grpc-js': `${here}src/function-grpc.ts` },
};

/** A plugin that replaces text of some modules before they are bundled. */
function rewriting(name, filter, { changes, loader = 'js' }) {
  const rewritten = (text) => changes.reduce((left, change) => left.replaceAll(...change), text);
  return {
    name,
    setup({ onLoad }) {
      onLoad({ filter }, ({ path }) => ({ contents: rewritten(readFileSync(path, 'utf8')), loader }));
    },
  };
}

/** What the members of a policy are about, sentences that only the JSON Schema says: a layer makes none. */
const withoutAbout = rewriting(
  'without-about',
  /\/mask\/src\/(?:policy-members|collector\/redaction-shape)\.ts$/,
  { changes: [[/(['"`])[A-Z`](?:(?!\1)[^\n])*\.\1(?=[,)\s])/g, '$1$1']], loader: 'ts' },
);

/** Why a value is masked, which only `spanseal explain` asks. */
const withoutExplanations = rewriting('without-explanations', /\/mask\/src\/(?:staged-)?masker\.ts$/, {
  changes: [
    [
      /^ {2}explain\(key: [^\n]* \{\n[\s\S]*?^ {2}\}\n/gm,
      "  explain(): never { throw new Error('no explanations in a layer'); }\n",
    ],
  ],
  loader: 'ts',
});

/** What variables say, which only `spanseal doctor` and the documentation tell. */
const withoutMeanings = rewriting('without-meanings', /\/node\/dist\/esm\/settings\.js$/, {
  changes: [[/^(\s+SPANSEAL_\w+: )'[^'\n]*'/gm, "$1''"]],
});

/** ES modules of the SDK ask for CommonJS packages by a `require` of their own, which a bundler does not follow. */
const bundledRequires = rewriting('bundled-requires', /@opentelemetry\/.*\.mjs$/, {
  changes: [['= __require(', '= require(']],
});

/** A statement of js-yaml that makes something as it is loaded: on one line, or up to the line that closes its brackets. */
const madeOnLoad = /^var (\w+) = (?!class|function)((?:[^\n]*|[^\n]*\n(?:[\t}][^\n]*\n)*?[\]})]+));$/gm;

/** A member by which js-yaml writes a value. */
const writtenBy = /^(\t{1,2})(?:identify|represent(?:TagName)?): (?:[^\n{]*|[^\n]*\{\n[\s\S]*?^\1\}),?\n/gm;

/** The writer of js-yaml, and what it knows of YAML 1.1, are left out: a bundler cannot tell that nothing else needs them. */
const readsYaml = rewriting('reads-yaml', /\/js-yaml\.mjs$/, {
  changes: [
    [writtenBy, ''],
    // What of a document an error shows.
    [/^\t+mark\.snippet = [^\n]*\n/gm, ''],
    [madeOnLoad, 'var $1 = /* @__PURE__ */ (() => ($2))();'],
  ],
});

/**
 * Configurations of the Collector's redaction processor take four kilobytes, which the companion does not have to spare. A policy
 * with one is refused there, as one with a fault is.
 */
const withoutRedaction = {
  name: 'without-redaction',
  setup({ onLoad }) {
    onLoad({ filter: /\/mask\/src\/collector\/redaction(?:-reader|-shape)?\.ts$/ }, () => ({
      contents: `
        export const redactionShape = { is: 'record', members: {}, about: '' };
        export class Redaction {}
        export function compileRedaction(_, path, faults) {
          return faults.addReason(path, 'no redaction in the companion layer', 'one');
        }`,
    }));
  },
};

/** Metrics of a processor are for who gives it a meter provider: a preload has none. */
const withoutMetrics = {
  name: 'without-metrics',
  setup({ onLoad }) {
    onLoad({ filter: /\/span-processor\/src\/span-metrics\.ts$/ }, () => ({
      contents: 'export function reportMetrics(meterProvider, read) {}',
    }));
  },
};

/** @returns {Promise<{ files: Map<string, Uint8Array>, inputs: string[] }>} the files of a layer, and what they were made from. */
export async function bundleLayer(name) {
  const { cjs, esm, inParts } = layers[name];
  const commonjs = {
    ...options,
    plugins: [
      ...(isPacked(name) ? [withoutRedaction] : []),
      bundledRequires,
      withoutAbout,
      withoutExplanations,
      withoutMetrics,
      withoutMeanings,
      readsYaml,
      ownSources,
    ],
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  };
  const built = await Promise.all([
    build({ ...commonjs, entryPoints: cjs }),
    build({
      ...options,
      plugins: [withoutAbout, readsYaml, ownSources],
      entryPoints: esm,
      format: 'esm',
      outExtension: { '.js': '.mjs' },
    }),
    ...inParts.map((bundle) => bundleInParts(commonjs, bundle)),
  ]);
  const results = built.flat();
  const files = results.flatMap(({ outputFiles }) => outputFiles);
  return {
    files: new Map(files.map(({ path, contents }) => [`spanseal/${path.split('/').at(-1)}`, contents])),
    inputs: results.flatMap(({ metafile }) => Object.values(metafile.outputs).flatMap(usedInputs)),
  };
}

/** What of its inputs is in an output: a bundler reads more than it takes. */
function usedInputs({ inputs }) {
  return Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
}
