import { createVerifier, type Report, type StreamKeyFetcher, type Verifier } from '@spanseal/seal';
import { argumentError } from '../argument-error.js';
import type { CliIo, Command } from '../cli-io.js';
import { type CommandLine, readCommandLine } from '../command-line.js';
import { keyOptions, openStreamKeys, readKeyRing } from '../key-source.js';
import { ProgressLine } from '../progress-line.js';
import { readReportFormat } from '../report-format.js';
import { renderReport } from '../report-table.js';
import type { SourceNotes } from '../source-notes.js';
import { keyNotes } from '../stream-key-notes.js';
import { addFiles } from '../verified-files.js';

const exitCodes: Readonly<Record<Report['result'], number>> = { intact: 0, tampered: 1, incomplete: 2 };

export const verify: Command = {
  usage: `spanseal verify FILE… [--key S | --key-file F] [--key-id ID] [--realm R] [--max-streams N]
                [--sampled] [--expect IDS] [--progress] [--format table|json]

FILE is OTLP protobuf (one request, or length-delimited requests), OTLP JSON (one request, or JSON lines), what the
query APIs of Jaeger and Tempo answer, gzip of these, or - for standard input. All files are taken together: a stream
may be spread over them. They are read piece by piece, however long they are.

  --key S         the secret, "base64:…" or "hex:…". Other users of the machine can see it: prefer a file.
  --key-file F    a file with the secret, with the lines of \`spanseal keygen\`, or with a key ring as JSON,
                  whose keys can stand in AWS KMS or Vault: docs/keys.md
  --key-id ID     the id that the secret belongs to (default: every id that occurs in the seals)
  --realm R       the realm that was sealed for
  --max-streams N streams whose keys are asked for at most, where a key is remote (default: 1,000)
  --expect IDS    ids of streams that must occur, with commas between, as a witness or \`exporter.stream\` gave them
  --sampled       the pipeline drops whole traces on purpose: those are not missing
  --progress      says on standard error how far the reading is (default: when that is a terminal, after a second)
  --format F      table (default), or json: one object, as docs/verifying.md describes it

Without --key and --key-file: SPANSEAL_SIGNING_KEY or SPANSEAL_SIGNING_KEY_FILE, SPANSEAL_KEY_ID, SPANSEAL_REALM.

Exit codes: 0 intact · 1 integrity failure · 2 incomplete, unsigned or not verifiable · 3 usage
`,
  run: async (args, io) => verifyFiles(args, io),
};

async function verifyFiles(args: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(args, {
    values: { ...keyOptions, format: {}, expect: {} },
    flags: ['sampled', 'progress'],
  });
  const format = readReportFormat(line);
  if (line.operands.length === 0) throw argumentError('FILE', 'at least one file, or -', 'none');
  const keyRing = await readKeyRing(line, io);
  const keys = openStreamKeys(keyRing, line);
  const verifier = createVerifier({
    keyRing,
    sampled: line.flag('sampled'),
    expectedStreams: (line.value('expect') ?? '').split(',').filter(Boolean),
    nowMillis: Date.now(),
  });
  const notes = await readFiles({ verifier, keys }, line, io);
  const report = verifier.finish();
  const sources = notes.list();
  const outcome = keys.outcome();
  const isRemote = outcome.fetched + outcome.failures.length + outcome.skipped > 0;
  const shown = {
    ...report,
    ...(sources.length > 0 && { sources }),
    ...(isRemote && { streamKeys: outcome }),
  };
  io.stdout.write(
    format === 'json'
      ? `${JSON.stringify(shown, undefined, 2)}\n`
      : renderReport(report, { sources, keys: keyNotes(outcome) }),
  );
  return exitCodes[report.result];
}

/** Gives the verifier the files, and says meanwhile how far it is. */
async function readFiles(
  { verifier, keys }: { verifier: Verifier; keys: StreamKeyFetcher },
  line: CommandLine,
  io: CliIo,
): Promise<SourceNotes> {
  const isAsked = line.flag('progress');
  const isShown = isAsked || io.stderr.isTTY === true;
  const progress = isShown ? new ProgressLine(io, { now: Date.now, isAsked }) : undefined;
  try {
    return await addFiles(verifier, line.operands, {
      io,
      keys,
      watch: (position) => progress?.show(position),
    });
  } finally {
    progress?.clear();
  }
}
