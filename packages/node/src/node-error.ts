import { SpansealError } from '@spanseal/mask';

/** One thing that is wrong with an option. `got` names a kind, never a value. */
export interface NodeFault {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** Options that cannot be used, every fault at once. Its code is `ERR_SPANSEAL_NODE`. */
export class NodeError extends SpansealError {
  declare readonly code: 'ERR_SPANSEAL_NODE';
  readonly faults: readonly NodeFault[];

  constructor(faults: readonly NodeFault[]) {
    const lines = faults.map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`);
    super('ERR_SPANSEAL_NODE', lines.join('; '));
    this.faults = faults;
  }
}
