import { CliError } from './cli-error.js';

/** `ERR_SPANSEAL_CLI_ARGUMENT`: an argument that is missing, one too many, or of no use. */
export function argumentError(option: string, expected: string, got: string): CliError {
  return new CliError('ERR_SPANSEAL_CLI_ARGUMENT', { option, expected, got });
}
