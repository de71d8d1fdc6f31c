import { CliError } from './cli-error.js';
import type { CommandLine } from './command-line.js';

/** How a report is printed. */
export type ReportFormat = 'table' | 'json';

/**
 * The value of `--format`; `table` without it.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_OPTION` for any other word.
 */
export function readReportFormat(line: CommandLine): ReportFormat {
  const format = line.value('format') ?? 'table';
  if (format === 'table' || format === 'json') return format;
  const fault = { option: '--format', expected: 'table or json', got: 'another text' };
  throw new CliError('ERR_SPANSEAL_CLI_OPTION', fault);
}
