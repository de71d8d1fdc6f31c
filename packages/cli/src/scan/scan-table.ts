import { counted, grouped } from '../grouped-number.js';
import { fitText, paint, type TextStyle, textBar, textColumns } from '../text-table.js';
import type { ExemptedLeak, Leak, ScanReport } from './scan-report.js';

/** Rows of one part; `--format json` has all. */
const MOST_ROWS = 12;
const MOST_LEAKS = 50;
const BAR = 16;
const NUMBER = 9;

/** A report for people, as wide as the terminal. */
export function renderScan(report: ScanReport, style: TextStyle): string {
  const { masked } = report;
  const bars = (title: string, rows: readonly Row[]) => renderBars({ title, rows }, style);
  const parts = [
    [headline(report, style), totals(report)],
    bars(
      'masked, by rule',
      masked.rules.map(({ rule, values }) => ({ label: rule, count: values })),
    ),
    bars(
      'masked, by field',
      masked.fields.flatMap(({ field, key, masked: count }) =>
        count > 0 ? [{ label: key === undefined ? field : `${field}  ${key}`, count }] : [],
      ),
    ),
    bars(
      'masked, by service',
      masked.services.map(({ service, masked: count }) => ({ label: service, count })),
    ),
    bars(
      'spans of sensitive services, masked whole',
      masked.sensitiveSpans.map(({ service, preset, spans }) => ({
        label: `${service}  (${preset})`,
        count: spans,
      })),
    ),
    renderLeaks(report, style),
    renderExempted(report.exempted, style),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
}

function headline({ result, spans, leaks, moreLeaks }: ScanReport, style: TextStyle): string {
  if (spans === 0 && result === 'clean') return paint('CLEAN: there was no span to look at', 'yellow', style);
  if (result === 'clean') return paint('CLEAN: nothing left that looks secret', 'green', style);
  const places = leaks.length === 1 ? '1 place' : `${leaks.length}${moreLeaks > 0 ? '+' : ''} places`;
  return paint(`LEAKS: something still looks secret in ${places}`, 'red', style);
}

function totals({ files, requests, spans, values, masked, faults, limits }: ScanReport): string {
  const counts = [
    counted(files, 'file'),
    counted(requests, 'request'),
    counted(spans, 'span'),
    counted(values, 'value'),
    `${grouped(masked.values)} masked`,
    ...(faults > 0 ? [counted(faults, 'fault')] : []),
    ...(limits > 0 ? [`${counted(limits, 'limit')} reached`] : []),
  ];
  return counts.join(' · ');
}

interface Row {
  readonly label: string;
  readonly count: number;
}

function renderBars({ title, rows }: { title: string; rows: readonly Row[] }, style: TextStyle): string[] {
  if (rows.length === 0) return [];
  const sorted = [...rows].sort((one, other) => other.count - one.count);
  const shown = sorted.slice(0, MOST_ROWS);
  const most = Math.max(1, ...shown.map(({ count }) => count));
  const longest = Math.max(...shown.map(({ label }) => textColumns(label)));
  const label = Math.min(longest, style.columns - BAR - NUMBER - 6);
  const lines = shown.map(
    (row) =>
      `  ${fitText(row.label, label)}  ${grouped(row.count).padStart(NUMBER)}  ${textBar(row.count / most, BAR)}`,
  );
  const rest = rows.length - shown.length;
  return [
    paint(title, 'bold', style),
    ...lines.map((line) => line.trimEnd()),
    ...(rest > 0 ? [more(rest)] : []),
  ];
}

function renderLeaks({ leaks, moreLeaks }: ScanReport, style: TextStyle): string[] {
  if (leaks.length === 0) return [];
  const shown = leaks.slice(0, MOST_LEAKS);
  const rest = leaks.length - shown.length;
  return [
    paint('still looks secret', 'bold', style),
    ...shown.flatMap((leak, index) => renderLeak(leak, index + 1, style)),
    ...(rest > 0 ? [more(rest)] : []),
    ...(moreLeaks > 0 ? [`  … and ${grouped(moreLeaks)} values in places that are not listed`] : []),
  ];
}

function renderLeak(leak: Leak, number: number, style: TextStyle): string[] {
  const indent = ' '.repeat(6);
  const rule = leak.proposal?.yaml.split('\n') ?? ['(no rule of a policy reaches it)'];
  return [
    `${String(number).padStart(4)}  ${paint(placeOf(leak), 'yellow', style)}`,
    ...wrap(`${leak.message}`, { indent, columns: style.columns }),
    ...wrap(factsOf(leak), { indent, columns: style.columns }),
    ...rule.map((line) => `${indent}${paint('+', 'green', style)} ${line}`),
  ];
}

function renderExempted(exempted: readonly ExemptedLeak[], style: TextStyle): string[] {
  if (exempted.length === 0) return [];
  const shown = exempted.slice(0, MOST_ROWS);
  const rest = exempted.length - shown.length;
  return [
    paint('looks secret, and the policy keeps it', 'bold', style),
    ...shown.flatMap((leak) =>
      wrap(`${placeOf(leak)}: ${leak.message}, ${factsOf(leak)}`, { indent: '  ', columns: style.columns }),
    ),
    ...(rest > 0 ? [more(rest)] : []),
  ];
}

/** Where a leak is: `attribute http.request.body › session`. */
function placeOf({ field, key, name }: ExemptedLeak): string {
  return `${field}${key === undefined ? '' : ` ${key}`}${name === undefined ? '' : ` › ${name}`}`;
}

/** Count, shapes and services of a leak. */
export function factsOf({ field, count, shapes, services }: ExemptedLeak): string {
  const found = counted(count, field === 'span' ? 'span' : 'value');
  const kept = shapes.length > 0 ? [shapes.join(', ')] : [];
  return [found, ...kept, `in ${services.join(', ')}`].join(' · ');
}

function more(rest: number): string {
  return `  … and ${grouped(rest)} more: --format json lists all`;
}

function wrap(text: string, { indent, columns }: { indent: string; columns: number }): string[] {
  const width = columns - indent.length;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textColumns(joined) > width) {
      lines.push(line);
      line = word;
    } else line = joined;
  }
  return [...lines, line].map((one) => `${indent}${one}`);
}
