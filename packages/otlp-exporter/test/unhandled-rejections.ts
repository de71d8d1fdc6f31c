import { runInThisContext } from 'node:vm';

/** What was rejected, and handled by nobody, while it ran and in the moment after: each would have ended the process. */
export async function unhandledIn(run: () => Promise<unknown>): Promise<unknown[]> {
  const reasons: unknown[] = [];
  const note = (reason: unknown) => reasons.push(reason);
  // Not the one of Jest: the events are of the real one.
  const real = runInThisContext('process') as NodeJS.Process;
  real.on('unhandledRejection', note);
  try {
    await run();
    await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    real.off('unhandledRejection', note);
  }
  return reasons;
}
