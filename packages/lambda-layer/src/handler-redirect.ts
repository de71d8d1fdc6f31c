/** Where the function's own handler is kept while the runtime loads ours; workers of one process inherit it. */
const keptName = '_ORIGINAL_HANDLER';
/** What the runtime loads instead: it loads the function's handler, and wraps it. */
const layerHandler = '/spanseal/handler.handler';

/**
 * Lets the runtime load the handler of this layer. Modules are hooked by the file that they come from neither in ES modules nor
 * where a runtime loads CommonJS with `import()`; this way a handler of either kind is wrapped as it is loaded.
 *
 * @param root the folder that the layer is in, `/opt`.
 * @returns whether there is a handler to wrap.
 */
export function redirectHandler(env: NodeJS.ProcessEnv, root: string): boolean {
  const handler = env['_HANDLER'];
  if (!handler || !env['LAMBDA_TASK_ROOT']) return false;
  const ours = `${root}${layerHandler}`;
  if (handler !== ours) {
    env[keptName] = handler;
    env['_HANDLER'] = ours;
  }
  return true;
}

/** The function's own handler, as it is configured. */
export function originalHandler(env: NodeJS.ProcessEnv): string {
  return env[keptName] ?? '';
}
