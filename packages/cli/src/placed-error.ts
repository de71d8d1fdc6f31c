import { type OwnFault, ownErrorOf } from './own-error.js';

/** An error of one of our packages, which keeps its code and says where in files and options its faults are. */
export class PlacedError extends Error {
  override readonly name = 'PlacedError';
  readonly code: string;
  readonly faults: readonly OwnFault[];

  constructor(code: string, faults: readonly OwnFault[]) {
    super(faults.map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`).join('; '));
    this.code = code;
    this.faults = faults;
  }
}

/**
 * The error with other places of its faults; one that none of our packages made comes back as it is.
 *
 * @param place gives what is typed or read for the path of a fault, which may be empty.
 */
export function placed(error: unknown, place: (path: string) => string): unknown {
  const own = ownErrorOf(error);
  if (own === undefined) return error;
  return new PlacedError(
    own.code,
    own.faults.map((fault) => ({ path: place(fault.path), expected: fault.expected, got: fault.got })),
  );
}
