import type { Policy } from '@spanseal/mask';
import { openPolicyFile as openFile, type PolicyFile, PolicyFileError } from '@spanseal/node/policy-file';
import { CliError } from './cli-error.js';

export type { PolicyFile } from '@spanseal/node/policy-file';

/**
 * The policy of a JSON or YAML file.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_POLICY` when the file cannot be read, is empty, or is no one document of JSON or YAML.
 */
export function readPolicyFile(path: string): Policy {
  return openPolicyFile(path).policy;
}

/**
 * The policy of a JSON or YAML file, and where its parts stand.
 *
 * @param option what gave the path, for messages.
 * @throws CliError `ERR_SPANSEAL_CLI_POLICY` when the file cannot be read, is empty, or is no one document of JSON or YAML.
 */
export function openPolicyFile(path: string, option = '--policy'): PolicyFile {
  try {
    return openFile(path);
  } catch (error) {
    if (!(error instanceof PolicyFileError)) throw error;
    const { expected, got } = error;
    throw new CliError('ERR_SPANSEAL_CLI_POLICY', { option, expected, got });
  }
}
