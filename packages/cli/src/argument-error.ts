import { CliError } from './cli-error.js';

/** `ERR_SPANSEAL_CLI_ARGUMENT`: an argument that is missing, one too many, or of no use. */
export function argumentError(option: string, expected: string, got: string): CliError {
  return new CliError('ERR_SPANSEAL_CLI_ARGUMENT', { option, expected, got });
}

/** How many arguments a command got, for messages. */
export function countOfArguments({ length }: readonly string[]): string {
  if (length === 0) return 'none';
  return length === 1 ? 'one argument' : `${length} arguments`;
}
