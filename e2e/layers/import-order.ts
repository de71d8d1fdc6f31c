import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';

/** Test fixtures below the test-kit, one for each SDK line. */
const sdkLines = ['lines', 'line-2.0', 'line-2.12', 'line-3.1'];

/**
 * The one-way order of the packages: what each may import of ours. What is not listed is forbidden. `mask` and `seal` know
 * nothing of each other; they come together in the user's set-up, in `demo` and in `cli`.
 */
export const allowedImports: Readonly<Record<string, readonly string[]>> = {
  mask: [],
  otlp: [],
  seal: ['otlp'],
  'span-processor': ['mask'],
  'otlp-exporter': ['otlp', 'seal'],
  node: ['mask', 'span-processor', 'seal', 'otlp-exporter'],
  demo: ['mask', 'otlp', 'seal', 'span-processor', 'otlp-exporter'],
  cli: ['mask', 'otlp', 'seal', 'span-processor', 'otlp-exporter', 'node', 'demo'],
  bench: ['mask', 'otlp', 'seal', 'otlp-exporter', 'span-processor', 'node', 'test-kit'],
  'protocol-vectors': ['otlp', 'seal'],
  'test-kit': sdkLines,
};

/** Published packages run on both SDK lines, so only the demo, which is an app, and the tests' own fixtures import one. */
const mayImportOpenTelemetry: ReadonlySet<string> = new Set(['demo', 'test-kit']);

const scope = '@spanseal/';
const importPattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire(?:\.resolve)?\(\s*)(['"])([^'"\n]+)\1/g;
const typeImportPattern = /\bimport\s+type\b[^;]*?;|\btypeof import\([^)]*\)/g;

/** Every import under `root/packages` that breaks the order, as `file: what is wrong`. */
export function findViolations(root: string): string[] {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const folder = join(root, 'packages', name);
    if (!existsSync(join(folder, 'package.json'))) return [];
    const allowed = allowedImports[name];
    if (allowed === undefined) return [`packages/${name}: has no place in the order`];
    return [...manifestViolations(folder, allowed), ...sourceViolations(folder, { name, allowed })];
  });
}

function manifestViolations(folder: string, allowed: readonly string[]): string[] {
  const manifest = readManifest(folder);
  return Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    .filter((dependency) => dependency.startsWith(scope))
    .map((dependency) => dependency.slice(scope.length))
    .filter((dependency) => !allowed.includes(dependency))
    .map(
      (dependency) => `packages/${basename(folder)}/package.json: must not depend on ${scope}${dependency}`,
    );
}

function sourceViolations(folder: string, layer: { name: string; allowed: readonly string[] }): string[] {
  const manifest = readManifest(folder);
  const declared = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));
  return sourceFiles(join(folder, 'src')).flatMap((file) =>
    importsOf(file).flatMap((specifier) => {
      const fault = faultOf(specifier, { ...layer, declared, file, folder });
      return fault === undefined ? [] : [`${relative(dirname(dirname(folder)), file)}: ${fault}`];
    }),
  );
}

interface Place {
  readonly name: string;
  readonly allowed: readonly string[];
  readonly declared: ReadonlySet<string>;
  readonly file: string;
  readonly folder: string;
}

function faultOf(specifier: string, place: Place): string | undefined {
  if (specifier.startsWith('.')) {
    return staysInside(specifier, place) ? undefined : `leaves its package: ${specifier}`;
  }
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? undefined : `write node:${specifier}`;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (name === `${scope}${place.name}`) return undefined;
  if (name.startsWith(scope) && !place.allowed.includes(name.slice(scope.length))) {
    return `must not import ${name}`;
  }
  if (name.startsWith('@opentelemetry/') && !mayImportOpenTelemetry.has(place.name)) {
    return `must not import ${name} at run time`;
  }
  return place.declared.has(name) ? undefined : `imports ${name}, which its package.json does not name`;
}

/** From where it stands, or from where it is built to: a file beside `dist` has one path only, the one that holds there. */
function staysInside(specifier: string, { file, folder }: Place): boolean {
  const target = resolve(dirname(file), specifier);
  const built = resolve(folder, 'dist/esm', relative(join(folder, 'src'), dirname(file)), specifier);
  return !relative(folder, target).startsWith('..') || existsSync(built);
}

/** What a file imports at run time, comments and type-only imports left out. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(typeImportPattern, '');
  return [...text.matchAll(importPattern)].flatMap(([, , specifier]) =>
    specifier === undefined ? [] : [specifier],
  );
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
