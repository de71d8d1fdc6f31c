import { SealError } from '../src/index.js';

/** What a call throws: a SealError, and nothing else. */
export function thrownBy(call: () => unknown): SealError {
  const error = errorOf(call);
  if (error === undefined) throw new Error('nothing was refused');
  return error;
}

/** The faults of what a call throws; none where it throws nothing. */
export function faultsOf(call: () => unknown): SealError['faults'] {
  return errorOf(call)?.faults ?? [];
}

/** What a promise is rejected with: a SealError, and nothing else. */
export async function rejectionOf(promise: Promise<unknown>): Promise<SealError> {
  const error: unknown = await promise.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof SealError) return error;
  throw error;
}

function errorOf(call: () => unknown): SealError | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof SealError) return error;
    throw error;
  }
  return undefined;
}
