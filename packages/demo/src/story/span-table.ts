import type { FieldComparison, SpanComparison } from './comparison.js';
import { type Marked, markMaskedParts } from './masked-parts.js';
import { type StyledText, wrap } from './styled-text.js';
import type { Terminal } from './terminal.js';

const indent = '   ';
const labelWidth = 21;
const linesPerValue = 6;
/** Below this many columns, before and after stand one above the other. */
const sideBySideColumns = 92;

function firstLine(text: string): string {
  const [first = ''] = text.split('\n', 1);
  return first === text ? text : `${first} (and ${text.split('\n').length - 1} lines)`;
}

/** A field as it is shown. */
interface Row extends Marked {
  readonly label: StyledText;
}

function rowOf({ label: name, was, left }: FieldComparison): Row {
  const label: StyledText = [{ style: 'dim', text: name }];
  if (left !== undefined) {
    return { label, ...markMaskedParts(firstLine(was), firstLine(left)) };
  }
  const removed: StyledText = [{ style: 'mask', text: '(removed)' }];
  return { label, was: [{ style: 'secret', text: firstLine(was) }], left: removed };
}

/** One line per element, cells side by side; a cell that has fewer lines is filled up. */
function joinCells(cells: readonly { lines: string[]; width: number }[], gap: readonly string[]): string[] {
  const height = Math.max(...cells.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    cells
      .map(({ lines, width }, column) => (gap[column] ?? '') + (lines[row] ?? ' '.repeat(width)))
      .join('')
      .trimEnd(),
  );
}

function sideBySide({ label, was, left }: Row, terminal: Terminal): string[] {
  const bar = ` ${terminal.paint('dim', terminal.glyphs.bar)} `;
  const width = Math.floor((terminal.columns - indent.length - labelWidth - 1 - 3) / 2);
  const value = { width, lines: linesPerValue };
  const cells = [
    { lines: wrap(label, { width: labelWidth, lines: linesPerValue }, terminal), width: labelWidth },
    { lines: wrap(was, value, terminal), width },
    { lines: wrap(left, value, terminal), width },
  ];
  return joinCells(cells, [indent, ' ', bar]);
}

function stacked({ label, was, left }: Row, terminal: Terminal): string[] {
  const width = terminal.columns - indent.length - 8;
  const value = { width, lines: linesPerValue };
  const labelled = (name: string, text: StyledText): string[] =>
    joinCells(
      [
        { lines: [terminal.paint('dim', name)], width: 6 },
        { lines: wrap(text, value, terminal), width },
      ],
      [`${indent}  `],
    );
  return [
    ...wrap(label, { width: terminal.columns - indent.length, lines: 1 }, terminal).map((line) =>
      (indent + line).trimEnd(),
    ),
    ...labelled('was   ', was),
    ...labelled('left  ', left),
  ];
}

function isSideBySide({ columns }: Terminal): boolean {
  return columns >= sideBySideColumns;
}

/** The line above the first span that says what the columns are; nothing when there are none. */
export function tableHead(terminal: Terminal): string[] {
  if (!isSideBySide(terminal)) return [];
  const bold = (text: string): StyledText => [{ style: 'bold', text }];
  return sideBySide({ label: bold(' '), was: bold('was'), left: bold('left') }, terminal);
}

const fields = (count: number): string => (count === 1 ? '1 field' : `${count} fields`);

/** Of a span that kept its structure only, the longest field stands for all that were removed. */
function rowsOf({ changed }: SpanComparison, structureOnly: boolean): readonly FieldComparison[] {
  if (!structureOnly) return changed;
  return changed.toSorted((one, other) => other.was.length - one.was.length).slice(0, 1);
}

/** A span, what it is about, and under it each field that was masked, before and after. */
export function spanRows(span: SpanComparison, about: string, terminal: Terminal): string[] {
  const { changed, unchanged } = span;
  const structureOnly = changed.length > 0 && changed.every(({ left }) => left === undefined);
  const note = structureOnly
    ? `reduced to structure: ${fields(changed.length)} removed, ${unchanged.length} kept`
    : `${fields(changed.length)} masked, ${unchanged.length} left as is`;
  const title: StyledText = [
    { style: 'bold', text: span.name },
    { style: 'plain', text: `, ${about}` },
    { style: 'dim', text: `  ${note}` },
  ];
  const layOut = isSideBySide(terminal) ? sideBySide : stacked;
  return [
    ...wrap(title, { width: terminal.columns - 1, lines: 1 }, terminal).map((line) => ` ${line}`.trimEnd()),
    ...rowsOf(span, structureOnly).flatMap((field) => layOut(rowOf(field), terminal)),
  ];
}
