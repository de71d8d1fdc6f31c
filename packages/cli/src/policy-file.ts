import { readFile } from 'node:fs/promises';
import type { Policy } from '@spanseal/mask';
import { parse } from 'yaml';
import { errorCode } from './capture.js';
import { CliError } from './cli-error.js';

/**
 * The policy of a JSON or YAML file. Its content is checked by `createMasker`, which reports every fault at once.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_POLICY` when the file cannot be read or is neither JSON nor YAML.
 */
export async function readPolicyFile(path: string): Promise<Policy> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw policyError('a file that can be read', errorCode(error));
  }
  try {
    return parse(text, { maxAliasCount: 100 }) as Policy;
  } catch (error) {
    // The parser's message quotes the text, which can hold a hash key; its position does not.
    throw policyError('JSON or YAML', `a text that is neither (${errorCode(error)})`);
  }
}

function policyError(expected: string, got: string): CliError {
  return new CliError('ERR_SPANSEAL_CLI_POLICY', { option: '--policy', expected, got });
}
