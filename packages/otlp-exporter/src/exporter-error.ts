/** Codes of the errors that this package throws. */
export type ExporterErrorCode =
  /** Options that an exporter cannot work with. */
  | 'ERR_SPANSEAL_EXPORTER'
  /** Spans were dropped because no key to seal them could be had. */
  | 'ERR_SPANSEAL_KEY_UNAVAILABLE'
  /** A receiver did not take a request, or did not answer in time: its spans may not have arrived. */
  | 'ERR_SPANSEAL_EXPORT'
  /** Too much is on its way: spans were dropped at once. */
  | 'ERR_SPANSEAL_EXPORT_LIMIT';

/** One thing that is wrong with an option. `got` names a kind, never a value. */
export interface ExporterFault {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** What an exporter cannot work with, or without. Every fault is reported at once. No key material is ever in it. */
export class ExporterError extends Error {
  override readonly name = 'ExporterError';
  readonly code: ExporterErrorCode;
  readonly faults: readonly ExporterFault[];

  constructor(code: ExporterErrorCode, faults: readonly ExporterFault[]) {
    super(faults.map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`).join('; '));
    this.code = code;
    this.faults = faults;
  }
}
