import { isOk, type Row, type ScoreUnit, type Table } from './benchmark.js';
import type { Spread } from './spread.js';

/** A table in Markdown; read as plain text its columns stand below each other too. */
export function tableText({ title, unit, rows }: Table): string {
  const head = [title, `time per ${unit}`, '10th to 90th percentile', 'figure', 'percentiles', 'target', ''];
  const lines = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const pad = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(Math.max(3, width))).join(' | ')} |`;
  return [pad(head), rule, ...lines.slice(1).map(pad), ''].join('\n');
}

function cellsOf({ name, time, score }: Row): string[] {
  const timing = time === undefined ? ['', ''] : [duration(time.median), range(time, duration)];
  if (score === undefined) return [name, ...timing, '', '', '', ''];
  const { unit, spread, target } = score;
  const figure = (value: number): string => figureText(value, unit);
  const goal = target === undefined ? ['', ''] : [goalText(target, unit), isOk(score) ? 'ok' : 'behind'];
  return [name, ...timing, figure(spread.median), range(spread, figure), ...goal];
}

function range({ low, high }: Spread, format: (value: number) => string): string {
  return `${format(low)} … ${format(high)}`;
}

function goalText(target: number, unit: ScoreUnit): string {
  return `${unit === 'times' || unit === 'MB/s' ? '≥' : '≤'} ${figureText(target, unit)}`;
}

function figureText(value: number, unit: ScoreUnit): string {
  if (unit === 'times') return `${significant(value)}×`;
  if (unit === 'share') return `${(value * 100).toFixed(1)} %`;
  return `${significant(value)} ${unit}`;
}

function duration(nanoseconds: number): string {
  if (nanoseconds < 1000) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1e6) return `${significant(nanoseconds / 1000)} µs`;
  return `${significant(nanoseconds / 1e6)} ms`;
}

/** Three digits that count; whole numbers in full. */
function significant(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
