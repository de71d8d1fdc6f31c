import { createReadStream } from 'node:fs';
import { checkpointRequest, type Verifier } from '@spanseal/seal';
import { errorCode, shownPath } from './capture.js';
import { CliError } from './cli-error.js';
import type { FileReading } from './verified-files.js';

/** Past the longest checkpoint: what stands behind it in a line is not kept. */
const longestLine = 4096;

/** A version of the protocol, and what follows it. */
const beginning = /^\d{1,3}~/;

/** As bytes of one character each. */
const byteOrderMark = /^\xef\xbb\xbf/;

/**
 * Gives a verifier the checkpoints of a file that a witness kept: the text of one on each line.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_INPUT` when the file cannot be read, or no line of it begins as a checkpoint does: it holds the
 *   notes, or is another file.
 */
export async function addCheckpoints(
  verifier: Verifier,
  path: string,
  { keys }: Pick<FileReading, 'keys'>,
): Promise<void> {
  let number = 0;
  let lines = 0;
  let texts = 0;
  for await (const line of linesOf(path)) {
    number += 1;
    const text = number === 1 ? line.replace(byteOrderMark, '') : line;
    if (text === '') continue;
    lines += 1;
    if (beginning.test(text)) texts += 1;
    const request = checkpointRequest(text);
    await keys.fetch([request]);
    verifier.add(request, { name: `${shownPath(path)}, line ${number}` });
  }
  // An empty one would switch the check off that somebody asked for.
  if (texts === 0)
    throw otherFile(lines === 0 ? 'an empty file' : 'none of them: of `onCheckpoint`, it takes `text`');
}

function otherFile(got: string): CliError {
  const expected = 'a file with the text of a checkpoint on each line';
  return new CliError('ERR_SPANSEAL_CLI_INPUT', { option: '--checkpoints', expected, got });
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let held = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'latin1' })) {
      const [first = '', ...rest] = `${chunk}`.split('\n');
      held = cut(held + first);
      for (const next of rest) {
        yield withoutReturn(held);
        held = cut(next);
      }
    }
  } catch (error) {
    throw otherFile(`a file that cannot be read (${errorCode(error)})`);
  }
  yield withoutReturn(held);
}

function cut(line: string): string {
  return line.slice(0, longestLine);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
