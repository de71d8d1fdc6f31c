/** Codes of the errors that this package throws. */
export type ExporterErrorCode = 'ERR_SPANSEAL_EXPORTER';

/** One thing that is wrong with an option. `got` names a kind, never a value. */
export interface ExporterFault {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** Options that an exporter cannot work with. Every fault is reported at once. */
export class ExporterError extends Error {
  override readonly name = 'ExporterError';
  readonly code: ExporterErrorCode = 'ERR_SPANSEAL_EXPORTER';
  readonly faults: readonly ExporterFault[];

  constructor(faults: readonly ExporterFault[]) {
    super(faults.map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`).join('; '));
    this.faults = faults;
  }
}
