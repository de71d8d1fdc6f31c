import type { Tracing } from './tracing.js';

/** What the preload leaves for the handler, which is a file of its own. */
export interface LayerState {
  readonly taskRoot: string;
  /** The function's own handler, as it is configured. */
  readonly handler: string;
  readonly tracing: Tracing;
}

const key: unique symbol = Symbol.for('spanseal.lambda/v1');
type Holder = { [key]?: LayerState };

export function keepHandler(state: LayerState): void {
  (globalThis as Holder)[key] = state;
}

/** @throws Error when the preload did not run. */
export function keptHandler(): LayerState {
  const state = (globalThis as Holder)[key];
  if (state === undefined) throw new Error('the preload of the Spanseal layer did not run');
  return state;
}
