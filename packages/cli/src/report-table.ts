import type { Report } from '@spanseal/seal';
import { counted } from './grouped-number.js';
import { printableName } from './printable-name.js';
import type { SourceNote } from './source-notes.js';
import { headlineOf } from './verify/report-headline.js';

/** Findings that are listed; the rest is counted. `--format json` has all. */
const maxFindings = 50;

/** What was noted beside a report. */
export interface ReportNotes {
  readonly sources?: readonly SourceNote[];
  /** Sentences about keys that could not be fetched. */
  readonly keys?: readonly string[];
}

/** A report for people. */
export function renderReport(report: Report, { sources = [], keys = [] }: ReportNotes = {}): string {
  const { total, ...verdicts } = report.spans;
  const { word, meaning, remarks } = headlineOf(report);
  const limits = remarks.length > 0 ? ` (${remarks.join('; ')})` : '';
  const present = Object.entries(verdicts).filter(([, count]) => count > 0);
  const lines = [
    `${word.toUpperCase()}: ${meaning}${limits}`,
    '',
    `spans    ${total}${present.map(([verdict, count]) => ` · ${count} ${verdict}`).join('')}`,
    ...report.streams.map(
      ({ stream, keyId, verdict, spans, checkpoints = 0, open }) =>
        `stream   ${stream} · key ${keyId} · ${counted(spans, 'span')} · ${counted(checkpoints, 'checkpoint')} · ${verdict}${open ? ', no end yet' : ''}`,
    ),
  ];
  const shown = report.findings.slice(0, maxFindings);
  if (shown.length > 0) lines.push('', 'findings', ...shown.map(renderFinding));
  const rest = report.findings.length - shown.length;
  if (rest > 0) lines.push(`  … and ${rest} more: --format json lists all`);
  if (sources.length > 0) lines.push('', 'sources', ...sources.map(renderNote));
  if (keys.length > 0) lines.push('', 'keys', ...keys.map((note) => `  ${note}`));
  return `${lines.join('\n')}\n`;
}

function renderNote({ file, code, path, count, message }: SourceNote): string {
  return `  ${code}: ${message} (${count} in ${file}, first at ${path})`;
}

function renderFinding({
  verdict,
  stream,
  seq,
  traceId,
  spanId,
  section,
  added,
  keyId,
  source,
  message,
}: Report['findings'][number]): string {
  const places = [
    traceId && `trace ${traceId}`,
    spanId && `span ${spanId}`,
    seq !== undefined && `seq ${seq}`,
    keyId && `key ${keyId}`,
    section && `section ${section}`,
    added && `added ${added.map((key) => printableName(key)).join(', ')}`,
    !spanId && stream && `stream ${stream}`,
    source && `in ${source}`,
  ].filter(Boolean);
  return `  ${verdict.padEnd(16)} ${message}${places.length > 0 ? ` (${places.join(', ')})` : ''}`;
}
