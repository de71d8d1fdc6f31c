import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { createMasker, type Masker } from '@spanseal/mask';
import { decodeTraceRequest, encodeTraceRequest, parseTraceRequest } from '@spanseal/otlp';
import { type Capture, encodeCapture, errorCode, readCapture } from '../capture.js';
import { CliError } from '../cli-error.js';
import type { CliIo, Command } from '../cli-io.js';
import { readCommandLine } from '../command-line.js';
import { maskRequests } from '../masked-request.js';
import { readPolicyFile } from '../policy-file.js';

export const mask: Command = {
  usage: `spanseal mask FILE… [-o OUT] [--policy P]

Writes each captured OTLP file in its own format (protobuf, JSON, JSON lines, gzip of these) with every field masked.
FILE may be - for standard input. A seal stays on its span: where something was masked, it does not hold any more.

  -o, --output OUT   a file, or with several FILEs a folder (default: standard output)
  --policy P         a policy, JSON or YAML (default: the preset "default")

Exit codes: 0 done · 3 usage. OUT is written whole or not at all.
`,
  run: async (args, io) => maskFiles(args, io),
};

async function maskFiles(args: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(args, { values: { output: { short: 'o' }, policy: {} } });
  const [output, policy] = [line.value('output'), line.value('policy')];
  if (line.operands.length === 0) throw argumentError('FILE', 'at least one file, or -', 'none');
  const isFolder = await checkOutput(output, line.operands);
  const masker = createMasker(policy === undefined ? undefined : await readPolicyFile(policy));
  const masked: { path: string; bytes: Uint8Array }[] = [];
  // All inputs are read and masked before anything is written.
  for (const path of line.operands) {
    masked.push({ path, bytes: await maskCapture(await readCapture(path, io), masker) });
  }
  for (const { path, bytes } of masked) {
    if (output === undefined) io.stdout.write(bytes);
    else await writeWhole(isFolder ? join(output, basename(path)) : output, bytes);
  }
  return 0;
}

/** A key that stands twice is kept: each of the two is masked. */
const readLimits = { duplicateKeys: 'keep' } as const;

async function maskCapture(capture: Capture, masker: Masker): Promise<Uint8Array> {
  const isJson = capture.format === 'json' || capture.format === 'json-lines';
  const requests = capture.requests.map(
    isJson
      ? (bytes) => parseTraceRequest(bytes, readLimits)
      : (bytes) => decodeTraceRequest(bytes, readLimits),
  );
  const format = isJson ? 'json' : 'protobuf';
  const masked = maskRequests(requests, masker).map((request) => encodeTraceRequest(request, { format }));
  return encodeCapture({ ...capture, requests: masked });
}

/** Whether the output is a folder. Refuses what would lose something. */
async function checkOutput(output: string | undefined, inputs: readonly string[]): Promise<boolean> {
  if (output === undefined) {
    if (inputs.length > 1) throw argumentError('--output', 'a folder, for more than one FILE', 'none');
    return false;
  }
  const isFolder = await stat(output).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (inputs.length > 1 && !isFolder)
    throw argumentError('--output', 'a folder that exists, for more than one FILE', 'none');
  const targets = inputs.map((path) => resolve(isFolder ? join(output, basename(path)) : output));
  if (new Set(targets).size < targets.length)
    throw argumentError('FILE', 'files of different names', 'one name twice');
  if (targets.some((target, index) => target === resolve(inputs[index] ?? ''))) {
    throw argumentError('--output', 'another file than FILE', 'the same one');
  }
  return isFolder;
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await writeFile(partial, bytes);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    const fault = { option: '--output', expected: 'a path that can be written', got: errorCode(error) };
    throw new CliError('ERR_SPANSEAL_CLI_OUTPUT', fault);
  }
}

function argumentError(option: string, expected: string, got: string): CliError {
  return new CliError('ERR_SPANSEAL_CLI_ARGUMENT', { option, expected, got });
}
