/** Codes of the errors that the command itself finds. Errors of the packages keep their own codes. */
export type CliErrorCode =
  | 'ERR_SPANSEAL_CLI_COMMAND'
  | 'ERR_SPANSEAL_CLI_OPTION'
  | 'ERR_SPANSEAL_CLI_ARGUMENT'
  | 'ERR_SPANSEAL_CLI_INPUT'
  | 'ERR_SPANSEAL_CLI_OUTPUT'
  | 'ERR_SPANSEAL_CLI_KEY'
  | 'ERR_SPANSEAL_CLI_POLICY'
  | 'ERR_SPANSEAL_CLI_DEMO';

export interface CliFault {
  /** The option or argument that is meant, as it is typed. */
  option: string;
  expected: string;
  /** What kind of thing came: never its content. */
  got: string;
}

/** Wrong usage, a file that cannot be used, a key that is no key: exit code 3. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  readonly fault: CliFault;

  constructor(code: CliErrorCode, fault: CliFault) {
    super(`${fault.option}: expected ${fault.expected}, got ${fault.got}`);
    this.code = code;
    this.fault = fault;
  }
}
