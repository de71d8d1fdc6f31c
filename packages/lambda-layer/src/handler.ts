import { loadHandler } from './function-handler.js';
import { keptHandler } from './layer-state.js';

const { tracing, taskRoot, handler: name } = keptHandler();

/** What the runtime calls. */
export const handler = tracing.wrap(await loadHandler(taskRoot, name));
