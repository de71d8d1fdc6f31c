import { ExporterError } from './exporter-error.js';

/** Whether a step is done before the time is over. Throws what the step throws before. */
export async function isDoneWithin(step: Promise<unknown>, millis: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, millis));
  });
  try {
    return await Promise.race([step.then(() => true), patience]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits for a step of the wrapped exporter, which may never be done.
 *
 * @throws ExporterError `ERR_SPANSEAL_EXPORT` when the time is over; whatever the step throws before.
 */
export async function waitFor(step: Promise<void>, millis: number): Promise<void> {
  if (await isDoneWithin(step, millis)) return;
  const expected = `an exporter that is done within ${millis / 1000} seconds`;
  throw new ExporterError('ERR_SPANSEAL_EXPORT', [{ path: 'exporter', expected, got: 'none' }]);
}
