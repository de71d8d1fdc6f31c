/** What the errors of our packages have in common. */
interface OwnError {
  readonly code?: unknown;
  readonly path?: string;
  readonly expected?: string;
  readonly got?: string;
  readonly faults?: readonly Fault[];
}

interface Fault {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** An error of one of our packages, which keeps its code and says where in files and options its faults are. */
export class PlacedError extends Error {
  override readonly name = 'PlacedError';
  readonly code: string;
  readonly faults: readonly Fault[];

  constructor(code: string, faults: readonly Fault[]) {
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
  if (!(error instanceof Error)) return error;
  const { code, faults, path = '', expected = '', got = '' } = error as Error & OwnError;
  if (typeof code !== 'string' || !code.startsWith('ERR_SPANSEAL_')) return error;
  const own = faults ?? [{ path, expected, got }];
  return new PlacedError(
    code,
    own.map((fault) => ({ path: place(fault.path), expected: fault.expected, got: fault.got })),
  );
}
