import { checkPolicy, PolicyError, type PolicyFault, type PolicyFinding } from '@spanseal/mask';
import { argumentError } from '../argument-error.js';
import type { CliIo, Command } from '../cli-io.js';
import { readCommandLine } from '../command-line.js';
import { openPolicyFile, type PolicyFile } from '../policy-file.js';
import { readReportFormat } from '../report-format.js';

export const policy: Command = {
  usage: `spanseal policy check P [--format table|json]

Reads a policy, JSON or YAML, and says everything that is wrong with it: all faults at once, or, when it has none, the
parts of it that can do nothing: rules that can never match, that an earlier rule hides or that allow exempts, lists and
tiers that nothing uses. Each with its path and line, and never with a value of the policy.

  --format F   table (default), or json: { "faults": [{ path, line, expected, got }], "findings": [{ path, line, code, message }] }

Exit codes: 0 nothing is wrong · 3 faults, findings, or usage
`,
  run: async (args, io) => checkPolicyFile(args, io),
};

interface PolicyReport {
  readonly faults: readonly PolicyFault[];
  readonly findings: readonly PolicyFinding[];
}

async function checkPolicyFile(args: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(args, { values: { format: {} } });
  const format = readReportFormat(line);
  const [verb, path] = line.operands;
  if (verb !== 'check' || path === undefined || line.operands.length > 2) {
    throw argumentError('policy', 'spanseal policy check P', 'other arguments');
  }
  const file = openPolicyFile(path, path);
  const report = reportOn(file);
  if (format === 'json') io.stdout.write(`${JSON.stringify(withLines(report, file), undefined, 2)}\n`);
  else printReport(report, file, io);
  return report.faults.length + report.findings.length === 0 ? 0 : 3;
}

function reportOn({ policy: given }: PolicyFile): PolicyReport {
  try {
    return { faults: [], findings: checkPolicy(given) };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { faults: error.faults, findings: [] };
  }
}

function withLines({ faults, findings }: PolicyReport, file: PolicyFile): unknown {
  return {
    faults: faults.map(({ path, expected, got }) => ({
      path,
      line: file.lineOf(path) ?? null,
      expected,
      got,
    })),
    findings: findings.map(({ path, code, message }) => ({
      path,
      line: file.lineOf(path) ?? null,
      code,
      message,
    })),
  };
}

function printReport({ faults, findings }: PolicyReport, file: PolicyFile, io: CliIo): void {
  const at = (path: string): string => {
    const line = file.lineOf(path);
    return [...(line === undefined ? [] : [`line ${line}`]), ...(path === '' ? [] : [path])]
      .map((part) => `${part}: `)
      .join('');
  };
  const inOrder = [...faults].sort(
    (one, other) => (file.lineOf(one.path) ?? 0) - (file.lineOf(other.path) ?? 0),
  );
  for (const { path, expected, got } of inOrder) {
    io.stderr.write(
      `error ERR_SPANSEAL_POLICY: ${at(path)}expected ${expected}, got ${got}${quoteHint(expected, got)}\n`,
    );
  }
  for (const { path, code, message } of findings) io.stdout.write(`${at(path)}${code}: ${message}\n`);
  if (faults.length + findings.length === 0) io.stdout.write('nothing is wrong with the policy\n');
}

/** YAML reads a number or a true where the author may have meant text. */
function quoteHint(expected: string, got: string): string {
  const isText = /\b(?:text|name|pattern|glob|regular expression)\b/.test(expected);
  return isText && (got === 'a number' || got === 'a boolean') ? ' (in quotes it is text)' : '';
}
