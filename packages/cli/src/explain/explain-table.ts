import { printableName } from '../printable-name.js';
import { paint, type TextStyle } from '../text-table.js';
import type { ExplainReport } from './explain-report.js';

const LABEL = 10;
const LONGEST_RESULT = 2000;

/** An explanation for people. */
export function renderExplanation(report: ExplainReport, style: TextStyle): string {
  const { key, action, rule, rules, reason, nearMisses, changed } = report;
  const colour = changed ? 'green' : 'yellow';
  const row = (label: string, text: string) => `  ${label.padEnd(LABEL)}${text}`;
  const lines = [
    paint(`${headline(report)}`, colour, style),
    row('key', key ?? '(free text)'),
    row('action', action),
    row('why', reason),
    ...rules.map((hit, at) => row(at === 0 ? 'rules' : '', `${hit.rule}  (${hit.origin})`)),
    row('result', resultText(report)),
  ];
  if (nearMisses.length > 0) {
    lines.push(paint('near misses', 'bold', style), ...nearMisses.map(({ message }) => `  ${message}`));
  }
  return `${lines.join('\n')}\n`;

  function headline({ dropped }: ExplainReport): string {
    if (dropped) return `DROPPED by ${rule}`;
    if (changed) return `MASKED${rule === undefined ? '' : ` by ${rule}`}`;
    return rule === undefined ? 'KEPT: no rule hits' : `KEPT, though ${rule} hits`;
  }
}

function resultText({ changed, dropped, result }: ExplainReport): string {
  if (dropped) return '(none)';
  if (!changed) return '(as it came)';
  const text = typeof result === 'string' ? result : (JSON.stringify(result) ?? '');
  const cut = text.length > LONGEST_RESULT ? `${text.slice(0, LONGEST_RESULT)}…` : text;
  return cut
    .split('\n')
    .map((line) => printableName(line))
    .join(`\n  ${' '.repeat(LABEL)}`);
}
