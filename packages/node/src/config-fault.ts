/** One thing that is wrong with a variable, or with what it names. */
export interface ConfigFault {
  /** The environment variable. */
  readonly variable: string;
  readonly expected: string;
  /** What kind of thing came, never the thing itself. */
  readonly got: string;
}

/** A fault as one line. */
export function describeFault({ variable, expected, got }: ConfigFault): string {
  return `ERR_SPANSEAL_CONFIG: ${variable}: expected ${expected}, got ${got}`;
}
