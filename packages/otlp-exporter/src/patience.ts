import { ExporterError } from './exporter-error.js';

/**
 * Waits for a step of the wrapped exporter, which may never be done.
 *
 * @throws ExporterError `ERR_SPANSEAL_EXPORT` when the time is over; whatever the step throws before.
 */
export async function waitFor(step: Promise<void>, millis: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    const expected = `an exporter that is done within ${millis / 1000} seconds`;
    const fault = { path: 'exporter', expected, got: 'none' };
    timer = setTimeout(() => reject(new ExporterError('ERR_SPANSEAL_EXPORT', [fault])), millis);
  });
  try {
    await Promise.race([step, patience]);
  } finally {
    clearTimeout(timer);
  }
}
