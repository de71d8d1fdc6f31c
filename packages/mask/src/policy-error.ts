import { SpansealError } from './spanseal-error.js';

/** One thing that is wrong with a policy. */
export interface PolicyFault {
  /** Where, as in `keys[2].pattern`; empty for the policy itself. */
  readonly path: string;
  readonly expected: string;
  /** The kind of thing that came, never the thing itself: it may be a secret. */
  readonly got: string;
  readonly message: string;
}

/** The message shows as many faults; `faults` has all of them. */
const MOST_LINES = 50;

/** Every fault of a policy at once. Its code is `ERR_SPANSEAL_POLICY`. */
export class PolicyError extends SpansealError {
  declare readonly code: 'ERR_SPANSEAL_POLICY';
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly PolicyFault[], options?: { readonly cause?: unknown }) {
    const shown = faults.slice(0, MOST_LINES);
    const lines = shown.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    if (faults.length > shown.length) lines.push(`and ${faults.length - shown.length} more`);
    super('ERR_SPANSEAL_POLICY', `the policy has ${count(faults.length)}\n  ${lines.join('\n  ')}`, options);
    this.faults = faults;
  }
}

function count(faults: number): string {
  return faults === 1 ? 'a fault:' : `${faults} faults:`;
}
