import { SpansealError } from '@spanseal/mask';

/** One thing that is wrong with the parameters of a MaskingSpanProcessor. */
export interface SpanProcessorFault {
  /** `next`, `options`, or the name of an option. */
  readonly path: string;
  readonly expected: string;
  /** The kind of thing that came, never the thing itself. */
  readonly got: string;
  readonly message: string;
}

/** Every fault of the parameters at once. Its code is `ERR_SPANSEAL_SPAN_PROCESSOR`. */
export class SpanProcessorError extends SpansealError {
  declare readonly code: 'ERR_SPANSEAL_SPAN_PROCESSOR';
  readonly faults: readonly SpanProcessorFault[];

  constructor(faults: readonly SpanProcessorFault[]) {
    const lines = faults.map(({ path, message }) => `${path}: ${message}`);
    super('ERR_SPANSEAL_SPAN_PROCESSOR', `MaskingSpanProcessor was made wrongly\n  ${lines.join('\n  ')}`);
    this.faults = faults;
  }
}
