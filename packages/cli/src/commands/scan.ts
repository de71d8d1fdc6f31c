import { argumentError } from '../argument-error.js';
import { readCapture } from '../capture.js';
import { readTraceRequests } from '../capture-requests.js';
import type { CliIo, Command } from '../cli-io.js';
import { readCommandLine } from '../command-line.js';
import { writeWhole } from '../output-file.js';
import { planPage } from '../page/page-output.js';
import { readPolicyFile } from '../policy-file.js';
import { readReportFormat } from '../report-format.js';
import { CaptureScan } from '../scan/capture-scan.js';
import { renderScanPage } from '../scan/scan-page.js';
import { renderScan } from '../scan/scan-table.js';
import { textStyle } from '../text-table.js';

export const scan: Command = {
  usage: `spanseal scan FILE… [--policy P] [--html OUT] [--format table|json]

Reads captured OTLP files as a policy would, and reports what it would mask (by rule, field and service) and what still
looks secret after it, each with a rule that makes it go away. Values are never shown, only their shape: Aa9-×24 are
capitals, small letters, digits and dashes, 24 in all. The files stay as they are.

FILE is OTLP protobuf (one request, or length-delimited requests), OTLP JSON (one request, or JSON lines), gzip of
these, or - for standard input.

  --policy P     a policy, JSON or YAML (default: the preset "default")
  --html OUT     also writes the report as one page with pictures, which loads nothing from anywhere
  --format F     table (default), or json: one object, described in
                 https://github.com/spanseal/spanseal/blob/main/docs/scanning.md

Exit codes: 0 nothing left · 1 leaks · 3 usage. OUT is written whole or not at all.
`,
  run: async (args, io) => scanFiles(args, io),
};

async function scanFiles(args: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(args, { values: { policy: {}, html: {}, format: {} } });
  const format = readReportFormat(line);
  const { operands } = line;
  if (operands.length === 0) throw argumentError('FILE', 'at least one file, or -', 'none');
  const path = line.value('policy');
  const page = await planPage(line, [path]);
  const captures = new CaptureScan(path === undefined ? undefined : readPolicyFile(path));
  for (const operand of operands) captures.addCapture(readTraceRequests(await readCapture(operand, io)));
  const report = captures.report();
  // The page comes first: an exit code 0 or 1 says that all of the output is there.
  if (page !== undefined) await writeWhole(page, renderScanPage(report), '--html');
  const style = textStyle(io.stdout, io.env);
  io.stdout.write(
    format === 'json' ? `${JSON.stringify(report, undefined, 2)}\n` : renderScan(report, style),
  );
  return report.result === 'clean' ? 0 : 1;
}
