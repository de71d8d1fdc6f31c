import type { Report } from '@spanseal/seal';
import type { SourceNote } from './source-notes.js';

/** Findings that are listed; the rest is counted. `--format json` has all. */
const maxFindings = 50;

const headlines: Readonly<Record<Report['result'], string>> = {
  intact: 'INTACT: every span is as it was sealed, and none is missing',
  tampered: 'TAMPERED: something was changed, forged or replayed',
  incomplete: 'INCOMPLETE: spans are missing, unsigned, or cannot be verified',
};

/** What `intact` means when not all of it is there, or not all of it to the last flag. */
const qualified: readonly (readonly [(report: Report) => boolean, string])[] = [
  [
    ({ streams }) => streams.some(({ verdict }) => verdict === 'declared-loss'),
    'what is not there, the exporter itself said',
  ],
  [
    ({ streams }) => streams.some(({ verdict }) => verdict === 'sampled-or-deleted'),
    'whole traces are not there, which --sampled allows',
  ],
  [({ spans }) => (spans['valid-core'] ?? 0) > 0, 'some lost what stores lose'],
  [
    ({ streams }) => streams.some(({ open }) => open),
    'a stream has no end yet: what comes after, nobody can say',
  ],
];

function headlineOf(report: Report): string {
  const remarks = qualified.filter(([holds]) => holds(report)).map(([, remark]) => remark);
  if (report.result !== 'intact' || remarks.length === 0) return headlines[report.result];
  return `INTACT: every span that is there is as it was sealed (${remarks.join('; ')})`;
}

/** What was noted beside a report. */
export interface ReportNotes {
  readonly sources?: readonly SourceNote[];
  /** Sentences about keys that could not be fetched. */
  readonly keys?: readonly string[];
}

/** A report for people. */
export function renderReport(report: Report, { sources = [], keys = [] }: ReportNotes = {}): string {
  const { total, ...verdicts } = report.spans;
  const counted = Object.entries(verdicts).filter(([, count]) => count > 0);
  const lines = [
    headlineOf(report),
    '',
    `spans    ${total}${counted.map(([verdict, count]) => ` · ${count} ${verdict}`).join('')}`,
    ...report.streams.map(
      ({ stream, keyId, verdict, spans, checkpoints = 0, open }) =>
        `stream   ${stream} · key ${keyId} · ${spans} spans · ${checkpoints} checkpoints · ${verdict}${open ? ', no end yet' : ''}`,
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
    added && `added ${added.join(', ')}`,
    !spanId && stream && `stream ${stream}`,
    source && `in ${source}`,
  ].filter(Boolean);
  return `  ${verdict.padEnd(16)} ${message}${places.length > 0 ? ` (${places.join(', ')})` : ''}`;
}
