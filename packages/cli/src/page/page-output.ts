import type { CommandLine } from '../command-line.js';
import { planReportFile } from '../output-file.js';

/**
 * Where the page of `--html` goes; undefined without the option.
 *
 * @param others files that are read beside the operands.
 * @throws CliError `ERR_SPANSEAL_CLI_ARGUMENT` when that is one of the files that are read, or a folder.
 */
export async function planPage(
  line: CommandLine,
  others: readonly (string | undefined)[],
): Promise<string | undefined> {
  const output = line.value('html');
  if (output === undefined) return undefined;
  const inputs = [...line.operands, ...others].filter((path) => path !== undefined);
  return planReportFile(output, inputs, '--html');
}
