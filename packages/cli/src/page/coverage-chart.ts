import { html, type Markup } from './markup.js';

/** What is known of one row and column. */
export interface CoverageCell {
  readonly values: number;
  readonly masked: number;
  readonly leaks: number;
}

export interface CoverageRow {
  readonly label: string;
  readonly cells: { readonly [column: string]: CoverageCell | undefined };
}

export interface CoverageChartOptions {
  readonly columns: readonly string[];
  readonly rows: readonly CoverageRow[];
  readonly format: (count: number) => string;
}

/** Measures of the picture, in CSS pixels. */
const labelWidth = 168;
const cellWidth = 74;
const cellHeight = 34;
const gap = 4;
const headHeight = 40;
const longestLabel = 22;

/** Rows against columns: how much of each cell is masked, and where something still looks secret. */
export function coverageChart({ columns, rows, format }: CoverageChartOptions): Markup {
  const width = labelWidth + columns.length * cellWidth;
  const height = headHeight + rows.length * cellHeight;
  const heads = columns.map((column, at) => columnHead(column, labelWidth + at * cellWidth));
  const lines = rows.map((row, index) => {
    const top = headHeight + index * cellHeight;
    const cells = columns.map((column, at) => {
      const place = { left: labelWidth + at * cellWidth, top, name: `${row.label}, ${column}` };
      return coverageCell(row.cells[column], place, format);
    });
    return html`<text x="0" y="${top + 19}">${cut(row.label)}<title>${row.label}</title></text>${cells}
`;
  });
  return html`<div class="scroll" tabindex="0"><svg class="coverage" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Services against fields: how much is masked, and where something still looks secret">
${heads}
${lines}</svg></div>`;
}

/** Two words stand on two lines. */
function columnHead(column: string, left: number): Markup {
  const [first = '', second = ''] = column.split(' ');
  const middle = left + (cellWidth - gap) / 2;
  const lines = second === '' ? ['', first] : [first, second];
  return html`<text class="head" text-anchor="middle" x="${middle}" y="12">${lines[0]}</text><text class="head" text-anchor="middle" x="${middle}" y="27">${lines[1]}</text>`;
}

interface CellPlace {
  readonly left: number;
  readonly top: number;
  readonly name: string;
}

function coverageCell(
  cell: CoverageCell | undefined,
  { left, top, name }: CellPlace,
  format: (count: number) => string,
): Markup {
  const size = { width: cellWidth - gap, height: cellHeight - gap };
  if (cell === undefined || cell.values === 0) {
    return html`<rect class="none" x="${left + 0.5}" y="${top + 0.5}" width="${size.width - 1}" height="${size.height - 1}" rx="4"><title>${name}: no values</title></rect>`;
  }
  const { values, masked, leaks } = cell;
  const share = masked / values;
  const strength = masked === 0 ? 0 : 0.25 + 0.75 * share;
  const said = `${name}: ${format(masked)} of ${format(values)} masked, ${format(leaks)} suspicious`;
  const area = html`x="${left}" y="${top}" width="${size.width}" height="${size.height}" rx="4"`;
  const text = html`<text class="${strength > 0.6 ? 'on' : 'off'}" text-anchor="middle" x="${left + size.width / 2}" y="${top + 19}">${percentage(share)}</text>`;
  return html`<g><title>${said}</title><rect class="base" ${area}/><rect class="heat" ${area} fill-opacity="${strength.toFixed(2)}"/>${text}${leakMark(leaks, { left, top, name })}</g>`;
}

function leakMark(leaks: number, { left, top }: CellPlace): Markup | undefined {
  if (leaks === 0) return undefined;
  const text = leaks > 99 ? '99+' : String(leaks);
  const width = 10 + 6 * text.length;
  const right = left + cellWidth - gap;
  return html`<rect class="mark" x="${right - width + 3}" y="${top - 3}" width="${width}" height="14" rx="7"/><text class="marked" text-anchor="middle" x="${right - width / 2 + 3}" y="${top + 7.5}">${text}</text>`;
}

/** A share that is neither nothing nor everything is not shown as one of them. */
function percentage(share: number): string {
  if (share === 0) return '0 %';
  const percent = share * 100;
  if (percent < 1) return '< 1 %';
  return percent > 99 && share < 1 ? '> 99 %' : `${Math.round(percent)} %`;
}

function cut(label: string): string {
  const letters = [...label];
  return letters.length > longestLabel ? `${letters.slice(0, longestLabel - 1).join('')}…` : label;
}
