import { createVerifier, type Report, type StreamKeyFetcher, type Verifier } from '@spanseal/seal';
import { argumentError } from '../argument-error.js';
import { shownPath } from '../capture.js';
import { addCheckpoints } from '../checkpoint-lines.js';
import type { CliIo, Command } from '../cli-io.js';
import { type CommandLine, readCommandLine } from '../command-line.js';
import { readExpectedStreams } from '../expected-streams.js';
import { keyFileOf, keyOptions, openStreamKeys, readKeyRing } from '../key-source.js';
import { writeWhole } from '../output-file.js';
import { planPage } from '../page/page-output.js';
import { ProgressLine } from '../progress-line.js';
import { readReportFormat } from '../report-format.js';
import { renderReport } from '../report-table.js';
import type { SourceNotes } from '../source-notes.js';
import { keyNotes } from '../stream-key-notes.js';
import { addFiles } from '../verified-files.js';
import { renderVerifyPage } from '../verify/verify-page.js';

const exitCodes: Readonly<Record<Report['result'], number>> = { intact: 0, tampered: 1, incomplete: 2 };

export const verify: Command = {
  usage: `spanseal verify FILE… [--key S | --key-file F] [--key-id ID] [--realm R] [--max-streams N]
                [--sampled] [--expect IDS] [--checkpoints F] [--progress] [--html OUT] [--format table|json]

FILE is OTLP protobuf (one request, or length-delimited requests), OTLP JSON (one request, or JSON lines), what the
query APIs of Jaeger and Tempo answer, gzip of these, or - for standard input. All files are taken together: a stream
may be spread over them. They are read piece by piece, however long they are.

  --key S         the secret, "base64:…" or "hex:…". Other users of the machine can see it: prefer a file.
  --key-file F    a file with the secret, with the lines of \`spanseal keygen\`, or with a key ring as JSON,
                  whose keys can stand in AWS KMS or Vault:
                  https://github.com/spanseal/spanseal/blob/main/docs/keys.md
  --key-id ID     the id that the secret belongs to (default: every id that occurs in the seals)
  --realm R       the realm that was sealed for
  --max-streams N streams whose keys are asked for at most, where a key is remote (default: 1,000)
  --expect IDS    ids of streams that must occur, with commas between, as a witness or \`exporter.stream\` gave them
  --checkpoints F a file that a witness kept, with the text of a checkpoint on each line (\`onCheckpoint\`)
  --sampled       the pipeline drops whole traces on purpose: those are not missing
  --progress      says on standard error how far the reading is (default: when that is a terminal, after a second)
  --html OUT      also writes the report as one page with pictures, which loads nothing from anywhere
  --format F      table (default), or json: one object, described in
                  https://github.com/spanseal/spanseal/blob/main/docs/verifying.md

Without --key and --key-file: SPANSEAL_SIGNING_KEY or SPANSEAL_SIGNING_KEY_FILE, SPANSEAL_KEY_ID, SPANSEAL_REALM.

Exit codes: 0 intact · 1 integrity failure · 2 incomplete, unsigned or not verifiable · 3 usage.
OUT is written whole or not at all.
`,
  run: async (args, io) => verifyFiles(args, io),
};

async function verifyFiles(args: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(args, {
    values: { ...keyOptions, format: {}, html: {}, expect: {}, checkpoints: {} },
    flags: ['sampled', 'progress'],
  });
  const format = readReportFormat(line);
  if (line.operands.length === 0) throw argumentError('FILE', 'at least one file, or -', 'none');
  const expectedStreams = readExpectedStreams(line);
  const keyRing = await readKeyRing(line, io);
  const keys = openStreamKeys(keyRing, line);
  const kept = line.value('checkpoints');
  const page = await planPage(line, [keyFileOf(line, io), kept]);
  const nowMillis = Date.now();
  const verifier = createVerifier({
    keyRing,
    sampled: line.flag('sampled'),
    expectedStreams,
    nowMillis,
  });
  const notes = await readFiles({ verifier, keys }, line, io);
  if (kept !== undefined) await addCheckpoints(verifier, kept, { keys });
  const report = verifier.finish();
  const sources = notes.list();
  const outcome = keys.outcome();
  const isRemote = outcome.fetched + outcome.failures.length + outcome.skipped > 0;
  const shown = {
    ...report,
    ...(sources.length > 0 && { sources }),
    ...(isRemote && { streamKeys: outcome }),
  };
  // The page comes first: an exit code below 3 says that all of the output is there.
  if (page !== undefined) {
    const files = line.operands.map(shownPath);
    await writeWhole(page, renderVerifyPage({ report, sources, files, nowMillis }), '--html');
  }
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
