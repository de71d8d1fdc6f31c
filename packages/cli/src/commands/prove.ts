import { checkInclusion, createVerifier, type InclusionRefusal } from '@spanseal/seal';
import { argumentError } from '../argument-error.js';
import { addCheckpoints } from '../checkpoint-lines.js';
import type { CliIo, Command } from '../cli-io.js';
import { readCommandLine } from '../command-line.js';
import { keyOptions, openStreamKeys, readKeyRing } from '../key-source.js';
import { keyNotes } from '../stream-key-notes.js';
import { addFiles } from '../verified-files.js';

const refusals: Readonly<Record<InclusionRefusal, string>> = {
  'no-span': 'no span that verifies has this id',
  'no-checkpoint': 'the span verifies, and no checkpoint in these files is about it',
  'spans-missing':
    'the span verifies; a proof needs all spans of its checkpoint, and some are not in these files',
  fork: 'the checkpoint of the span is about other spans: its stream has two histories',
};

export const prove: Command = {
  usage: `spanseal prove FILE… --span ID [--key S | --key-file F] [--key-id ID] [--realm R] [--max-streams N]
               [--checkpoints F]

Proves that a span is one of those that a signed checkpoint of its stream is about: the audit path of its leaf to the
checkpoint's Merkle root (RFC 6962), as JSON on standard output. Whoever has the checkpoint's note, signed by somebody they
trust, can check it without the key of the stream: "Proving a span" in
https://github.com/spanseal/spanseal/blob/main/docs/protocol.md. FILE as for \`spanseal verify\`: all spans of the checkpoint
have to be in it.

  --span ID       the id of the span, 16 hexadecimal digits
  --checkpoints F a file that a witness kept, with the text of a checkpoint on each line
  --key S, --key-file F, --key-id ID, --realm R, --max-streams N, and the environment: as for \`spanseal verify\`

Exit codes: 0 proven · 1 not to be proven, with the reason on standard error · 3 usage
`,
  run: async (args, io) => proveSpan(args, io),
};

async function proveSpan(args: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(args, { values: { ...keyOptions, span: {}, checkpoints: {} } });
  const spanId = line.value('span') ?? '';
  if (!/^[0-9a-f]{16}$/i.test(spanId)) {
    throw argumentError('--span', '16 hexadecimal digits', spanId === '' ? 'none' : 'something else');
  }
  if (line.operands.length === 0) throw argumentError('FILE', 'at least one file, or -', 'none');
  const keyRing = await readKeyRing(line, io);
  const keys = openStreamKeys(keyRing, line);
  const verifier = createVerifier({ keyRing, nowMillis: Date.now() });
  await addFiles(verifier, line.operands, { io, keys });
  const kept = line.value('checkpoints');
  if (kept !== undefined) await addCheckpoints(verifier, kept, { keys });
  const proof = verifier.prove(spanId);
  if (typeof proof === 'string') {
    for (const text of [refusals[proof], ...keyNotes(keys.outcome())]) io.stderr.write(`${text}\n`);
    return 1;
  }
  if (!checkInclusion(proof)) throw new Error('a proof that does not hold');
  io.stdout.write(`${JSON.stringify(proof, undefined, 2)}\n`);
  return 0;
}
