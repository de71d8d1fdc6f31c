// Which modules of a bundle are loaded with the rest of it, and which only when the first of their functions is called.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';

/** What a function that stands for one of another part hands on. */
const MOST_ARGUMENTS = 3;

/** The name of the part that the others are parts of. */
export const core = 'core';

const NAME = /^export (?:const|class|(?:async )?function) (\w+)/gm;
const IMPORT = /^(?:import|export) (?!type )\{([^}]*)\} from '(\.[^']+)'/gm;
/** Its name and what it takes. Any number of arguments is more than can be handed on. */
const FUNCTION =
  /^export (?:async )?function (\w+)(?:<[^(]*>)?\(((?:(?!\.\.\.|\n\}|\{$)[\s\S])*?)\)[^()]*\{$/gm;

/** A module: what it takes from which others, and its functions. */
function readModule(path) {
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(IMPORT)].map(([, names, from]) => ({
    from: sourceOf(resolve(dirname(path), from)),
    names: names
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '' && !each.startsWith('type '))
      .map((each) => each.split(' as ')[0]),
  }));
  const functions = [...text.matchAll(FUNCTION)].filter(([, , given]) => countOf(given) <= MOST_ARGUMENTS);
  const namesOf = (found) => new Set([...found].map(([, name]) => name));
  return { imports, functions: namesOf(functions), names: namesOf(text.matchAll(NAME)) };
}

/** How many parameters these are. */
function countOf(parameters) {
  let left = parameters.replaceAll('=>', '');
  // From the inside out: what stands in brackets can hold commas, too.
  for (let before = ''; left !== before; ) {
    before = left;
    left = left.replaceAll(/<[^<>]*>|\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}/g, '');
  }
  return left.split(',').filter((each) => each.trim() !== '').length;
}

/** The file that an import of a module means. */
export function sourceOf(path) {
  return existsSync(path) ? path : path.replace(/\.js$/, '.ts');
}

/**
 * The part of each module of a bundle, by its path. What the others take more of than functions stays in the core.
 *
 * @param options of esbuild, with one entry point.
 * @param later {{ [part: string]: RegExp }} the paths of modules that can come later.
 */
export async function splitModules(options, later) {
  const { metafile } = await build({ ...options, metafile: true, write: false });
  const [{ inputs }] = Object.values(metafile.outputs);
  const modules = new Map();
  const parts = new Map();
  for (const path of Object.keys(inputs)) {
    const absolute = resolve(options.absWorkingDir, path);
    const isUsed = inputs[path].bytesInOutput > 0;
    // What is not used is not asked what it takes from others, but an index is.
    if (isUsed || path.endsWith('/index.ts')) modules.set(absolute, readModule(absolute));
    const part = Object.keys(later).find((each) => later[each].test(absolute));
    if (isUsed && part !== undefined) parts.set(absolute, part);
  }
  while (moveToCore(modules, parts));
  return {
    partOf: (path) => parts.get(path) ?? core,
    /** What a module has for other parts, and what only modules ask for that are not used themselves. */
    offersOf: (path) => {
      const { names, functions } = modules.get(path) ?? readModule(path);
      return parts.has(path)
        ? { offered: [...functions], unused: [...names].filter((name) => !functions.has(name)) }
        : { offered: [...names], unused: [] };
    },
  };
}

function moveToCore(modules, parts) {
  const { size } = parts;
  for (const [path, { imports }] of modules) {
    for (const { from, names } of imports) {
      const isElsewhere = parts.has(from) && parts.get(from) !== parts.get(path);
      const { functions } = modules.get(from) ?? {};
      if (isElsewhere && !names.every((name) => functions.has(name))) parts.delete(from);
    }
  }
  return parts.size < size;
}
