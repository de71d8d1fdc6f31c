import { types } from 'node:util';
import type { MatcherFunction } from 'expect';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> {
    /**
     * The function throws (or, behind `rejects`, the promise rejects with) an instance of `errorClass` whose `code` is
     * exactly `code`.
     */
    toThrowWithCode(errorClass: ErrorClass, code: string): R;
  }
}

/** The constructor of an error class; its parameters do not matter here. */
export type ErrorClass = abstract new (...parameters: never[]) => Error;

/**
 * Jest matcher: class and literal code of an error, never its message.
 *
 * @example expect.extend({ toThrowWithCode });
 *   expect(() => createMasker(policy)).toThrowWithCode(PolicyError, 'ERR_SPANSEAL_POLICY');
 *   await expect(promise).rejects.toThrowWithCode(SealError, 'ERR_SPANSEAL_SEAL_KEY');
 */
export const toThrowWithCode: MatcherFunction<[errorClass: ErrorClass, code: string]> = (
  received,
  errorClass,
  code,
) => {
  const caught = typeof received === 'function' ? thrownBy(received) : { error: received };
  const got = caught === undefined ? 'no error' : describe(caught.error);
  const pass =
    caught !== undefined &&
    caught.error instanceof errorClass &&
    'code' in caught.error &&
    caught.error.code === code;
  return {
    pass,
    message: () => `expected ${pass ? 'no ' : ''}${errorClass.name} with code ${code}, got ${got}`,
  };
};

function thrownBy(action: CallableFunction): { error: unknown } | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return { error };
  }
}

function describe(error: unknown): string {
  // Node's own errors are of another realm in a jest sandbox: `instanceof Error` does not hold for them.
  if (!types.isNativeError(error)) return `a thrown ${typeof error}`;
  const code = 'code' in error ? `code ${String(error.code)}` : 'no code';
  return `${error.name} with ${code}: ${error.message}`;
}
