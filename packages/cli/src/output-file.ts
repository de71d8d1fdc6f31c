import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { argumentError } from './argument-error.js';
import { errorCode } from './capture.js';
import { CliError } from './cli-error.js';

/** Where the copies of some inputs go. */
export interface OutputPlan {
  /** The path for an input. */
  pathFor(input: string): string;
}

/**
 * Decides where the copies go, and refuses what would lose something: one file for several inputs, two inputs of one name,
 * an input that would be overwritten, by whatever path it is reached.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_ARGUMENT`.
 */
export async function planOutput(output: string, inputs: readonly string[]): Promise<OutputPlan> {
  const isFolder = (await identity(output))?.isFolder === true;
  if (inputs.length > 1 && !isFolder) {
    throw argumentError('--output', 'a folder that exists, for more than one FILE', 'none');
  }
  const pathFor = (input: string) =>
    isFolder ? join(output, input === '-' ? 'stdin' : basename(input)) : output;
  const targets = inputs.map(pathFor);
  if (new Set(targets).size < targets.length) {
    throw argumentError('FILE', 'files of different names', 'one name twice');
  }
  await refuseOverwriting(targets, inputs, '--output');
  return { pathFor };
}

/**
 * Refuses an output file that is one of the inputs, by whatever path it is reached, or a folder.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_ARGUMENT`.
 */
export async function planReportFile(
  path: string,
  inputs: readonly string[],
  option: string,
): Promise<string> {
  if ((await identity(path))?.isFolder === true) throw argumentError(option, 'a file', 'a folder');
  await refuseOverwriting([path], inputs, option);
  return path;
}

async function refuseOverwriting(
  targets: readonly string[],
  inputs: readonly string[],
  option: string,
): Promise<void> {
  const files = await Promise.all(inputs.filter((input) => input !== '-').map(identity));
  const taken = await Promise.all(targets.map(identity));
  if (taken.some((target) => target && files.some((file) => file?.file === target.file))) {
    throw argumentError(option, 'another file than those that are read', 'the same one');
  }
}

/**
 * Writes a file whole or not at all: beside it first, under a name that nobody can have put there before. What exists and
 * is no regular file (a pipe, a device) is written to as it is.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_OUTPUT`.
 */
export async function writeWhole(
  path: string,
  bytes: Uint8Array | string,
  option = '--output',
): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.partial`);
  try {
    const existing = await stat(path).catch(() => undefined);
    if (existing !== undefined && !existing.isFile()) {
      await writeFile(path, bytes);
      return;
    }
    const file = await open(partial, 'wx', existing === undefined ? 0o666 : existing.mode & 0o777);
    try {
      if (existing !== undefined) await file.chmod(existing.mode & 0o777);
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    const fault = { option, expected: 'a path that can be written', got: errorCode(error) };
    throw new CliError('ERR_SPANSEAL_CLI_OUTPUT', fault);
  }
}

/** What a path leads to, links followed; undefined when there is nothing. */
async function identity(path: string): Promise<{ file: string; isFolder: boolean } | undefined> {
  try {
    const found = await stat(path, { bigint: true });
    return { file: `${found.dev}:${found.ino}`, isFolder: found.isDirectory() };
  } catch {
    return undefined;
  }
}
