import { createMasker, type Masker } from '@spanseal/mask';
import { encodeTraceRequest } from '@spanseal/otlp';
import { argumentError } from '../argument-error.js';
import { type Capture, encodeCapture, readCapture } from '../capture.js';
import { readTraceRequests } from '../capture-requests.js';
import type { CliIo, Command } from '../cli-io.js';
import { readCommandLine } from '../command-line.js';
import { maskRequests } from '../masked-request.js';
import { planOutput, writeWhole } from '../output-file.js';
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
  const { operands } = line;
  if (operands.length === 0) throw argumentError('FILE', 'at least one file, or -', 'none');
  if (output === undefined && operands.length > 1) {
    throw argumentError('--output', 'a folder, for more than one FILE', 'none');
  }
  const plan = output === undefined ? undefined : await planOutput(output, operands);
  const masker = createMasker(policy === undefined ? undefined : readPolicyFile(policy));
  const masked: { path: string; bytes: Uint8Array }[] = [];
  // All inputs are read and masked before anything is written.
  for (const path of operands) {
    masked.push({ path, bytes: await maskCapture(await readCapture(path, io), masker) });
  }
  for (const { path, bytes } of masked) {
    if (plan === undefined) io.stdout.write(bytes);
    else await writeWhole(plan.pathFor(path), bytes);
  }
  return 0;
}

async function maskCapture(capture: Capture, masker: Masker): Promise<Uint8Array> {
  const format = capture.format === 'json' || capture.format === 'json-lines' ? 'json' : 'protobuf';
  const requests = [...readTraceRequests(capture)];
  const masked = maskRequests(requests, masker).map((request) => encodeTraceRequest(request, { format }));
  return encodeCapture({ ...capture, requests: masked });
}
