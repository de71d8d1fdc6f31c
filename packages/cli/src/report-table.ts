import type { Report } from '@spanseal/seal';

/** Findings that are listed; the rest is counted. `--format json` has all. */
const maxFindings = 50;

const headlines: Readonly<Record<Report['result'], string>> = {
  intact: 'INTACT: every span is as it was sealed, and none is missing',
  tampered: 'TAMPERED: something was changed, forged or replayed',
  incomplete: 'INCOMPLETE: spans are missing, unsigned, or cannot be verified',
};

/** A report for people. */
export function renderReport(report: Report): string {
  const { total, ...verdicts } = report.spans;
  const counted = Object.entries(verdicts).filter(([, count]) => count > 0);
  const lines = [
    headlines[report.result],
    '',
    `spans    ${total}${counted.map(([verdict, count]) => ` · ${count} ${verdict}`).join('')}`,
    ...report.streams.map(
      ({ stream, keyId, verdict, spans, checkpoints = 0 }) =>
        `stream   ${stream} · key ${keyId} · ${spans} spans · ${checkpoints} checkpoints · ${verdict}`,
    ),
  ];
  const shown = report.findings.slice(0, maxFindings);
  if (shown.length > 0) lines.push('', 'findings', ...shown.map(renderFinding));
  const rest = report.findings.length - shown.length;
  if (rest > 0) lines.push(`  … and ${rest} more: --format json lists all`);
  return `${lines.join('\n')}\n`;
}

function renderFinding({
  verdict,
  stream,
  seq,
  traceId,
  spanId,
  section,
  added,
  message,
}: Report['findings'][number]): string {
  const places = [
    traceId && `trace ${traceId}`,
    spanId && `span ${spanId}`,
    seq !== undefined && `seq ${seq}`,
    section && `section ${section}`,
    added && `added ${added.join(', ')}`,
    !spanId && stream && `stream ${stream}`,
  ].filter(Boolean);
  return `  ${verdict.padEnd(16)} ${message}${places.length > 0 ? ` (${places.join(', ')})` : ''}`;
}
