/** A fault as the errors of our packages have it. */
export interface OwnFault {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** What the errors of our packages have in common. */
export interface OwnError {
  /** `ERR_SPANSEAL_…` */
  readonly code: string;
  readonly faults: readonly OwnFault[];
}

/**
 * What an error of one of our packages says; undefined of any other. The classes of the packages are not asked for: which of them
 * are loaded is the command's business.
 */
export function ownErrorOf(error: unknown): OwnError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, faults, path = '', expected = '', got = '' } = error as Error & Partial<OwnError & OwnFault>;
  if (typeof code !== 'string' || !code.startsWith('ERR_SPANSEAL_')) return undefined;
  return { code, faults: faults ?? [{ path, expected, got }] };
}
