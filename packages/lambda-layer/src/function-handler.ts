import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A handler of any kind that the runtime knows. */
export type Handler = (...given: unknown[]) => unknown;

/**
 * Loads the handler of a function as the runtime does: `folder/file.export`, with more dots for what is inside an export.
 *
 * @throws what loading it throws; Error named as the runtime's own for a handler that is not there.
 */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
  const file = basename(handler);
  const folder = handler.slice(0, handler.length - file.length);
  const [, name, path] = /^([^.]*)\.(.*)$/.exec(file) ?? [];
  if (name === undefined || path === undefined || handler.includes('..'))
    throw named('Runtime.MalformedHandlerName', 'Bad handler');
  const exported = await loadModule(taskRoot, folder, name);
  const found = memberOf(exported, path) ?? memberOf((exported as { default?: unknown }).default, path);
  if (found === undefined || found === null)
    throw named('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw named('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found as Handler;
}

async function loadModule(taskRoot: string, folder: string, name: string): Promise<unknown> {
  const path = resolve(taskRoot, folder, name);
  for (const extension of ['', '.js', '.mjs', '.cjs']) {
    const candidate = `${path}${extension}`;
    if (existsSync(candidate)) return import(pathToFileURL(candidate).href);
  }
  // The runtime looks for a package of that name then.
  const require = createRequire(join(taskRoot, folder, 'noop.js'));
  return import(pathToFileURL(require.resolve(name)).href);
}

function memberOf(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (nested, key) => (nested !== null && typeof nested === 'object' ? Reflect.get(nested, key) : undefined),
      value,
    );
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
