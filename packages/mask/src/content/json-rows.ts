import type { ContentRules } from '../content-rules.js';
import type { TextScan } from '../scan/text-scan.js';
import type { Stretch } from '../stretch.js';
import { stringEnd } from './json-characters.js';
import {
  HEAD_MEMBERS,
  maskedCell,
  ROW_MEMBERS,
  type SecretColumns,
  secretColumns,
  TOKEN_MEMBERS,
} from './secret-columns.js';
import { TextRewrite } from './text-rewrite.js';

/** Before a list that names columns. */
const HEAD = new RegExp(`"(?:${HEAD_MEMBERS})"\\s{0,8}:\\s{0,8}$`, 'i');
const LONGEST_HEAD = 40;
const LONGEST_GAP = 9;
/** A list of rows, the first of which is a list of texts. */
const FIRST_ROW = /\[\s{0,64}\[(?=\s{0,64}")/y;
const ROWS = new RegExp(`"(?:${ROW_MEMBERS})"\\s{0,8}:\\s{0,8}\\[`, 'gi');
const HEAD_ROOM = 4096;
/** Other members stand between the names and the rows: types, counts. */
const BETWEEN = 4096;
/** Each costs a look at some of what follows. */
const MOST_HEADS = 64;
/** A literal, as far as it is looked at. */
const LITERAL = /[\w.+-]{1,64}/y;
const BLANKS = /\s{0,4096}/y;

interface RowEdit extends Stretch {
  readonly replacement: string;
}

interface NamedColumns extends SecretColumns {
  /** Behind the list of the names. */
  readonly end: number;
}

/**
 * Masks the cells of rows in JSON whose columns are named apart from them: `{"columns":["id","password"],"rows":[[1,"x"]]}`,
 * `[["id","password"],[1,"x"]]`.
 *
 * @param text attacker-controlled, cut off anywhere.
 */
export function maskRows(text: string, rules: ContentRules, { ends }: TextScan): string {
  if (!text.includes('[')) return text;
  const masked = mayHold(ends, (end) => endsTokens(text, end)) ? maskTokenObjects(text, rules) : text;
  // To look at every bracket takes as long as a third of all that is done for a body.
  return mayHold(ends, (end) => isElement(text, end)) ? maskColumns(masked, rules) : masked;
}

function mayHold(ends: TextScan['ends'], test: (end: number) => boolean): boolean {
  return ends === undefined || ends.some(test);
}

/** A mark can lie before the last letter. */
function endsTokens(text: string, end: number): boolean {
  return text.startsWith('tokens', end - 6) || text.startsWith('tokens', end - 5);
}

const NEAR = 96;
/** Members of a column that is an object. */
const COLUMN_NAMES: ReadonlySet<string> = new Set([
  'name',
  'field',
  'column',
  'columnname',
  'column_name',
  'key',
]);
const LONGEST_COLUMN_NAME = 12;

/** Whether the string that a mark lies in can be one of a list, as names of columns are. In loops: every mark of every body is asked. */
function isElement(text: string, end: number): boolean {
  let open = end - 1;
  while (open > end - NEAR && open >= 0 && text.charCodeAt(open) !== QUOTE) open -= 1;
  if (text.charCodeAt(open) !== QUOTE) return true;
  const sign = solidBefore(text, open);
  const code = text.charCodeAt(sign);
  if (code === COLON) return namesColumn(text, sign);
  if (code !== BRACKET && code !== COMMA) return false;
  let close = end;
  while (close < end + NEAR && close < text.length && text.charCodeAt(close) !== QUOTE) close += 1;
  while (close + 1 < text.length && text.charCodeAt(close + 1) <= SPACE && close < end + 2 * NEAR) close += 1;
  return text.charCodeAt(close + 1) !== COLON;
}

function namesColumn(text: string, colon: number): boolean {
  const close = solidBefore(text, colon);
  let open = close - 1;
  while (open > close - LONGEST_COLUMN_NAME - 2 && text.charCodeAt(open) !== QUOTE) open -= 1;
  return COLUMN_NAMES.has(text.slice(open + 1, close).toLowerCase());
}

function solidBefore(text: string, at: number): number {
  let before = at - 1;
  while (before > at - NEAR && text.charCodeAt(before) <= SPACE) before -= 1;
  return before;
}

function maskColumns(text: string, rules: ContentRules): string {
  const edits = new Map<number, RowEdit>();
  let walkedTo = 0;
  let head = nextHead(text, 0);
  for (let count = 0; count < MOST_HEADS && head !== undefined; count += 1) {
    const { start, isFirstRow } = head;
    head = nextHead(text, start);
    const columns = readColumns(text, start, rules);
    if (columns === undefined) continue;
    const from = isFirstRow ? columns.end : rowsOf(text, start, columns.end);
    // Each row is walked once.
    if (from < 0 || (from < walkedTo && from > start)) continue;
    const table = new RowReader(text, { columns, rules, isFirstRow });
    for (const edit of table.read(from)) edits.set(edit.start, edit);
    walkedTo = Math.max(walkedTo, table.end);
  }
  if (edits.size === 0) return text;
  const rewrite = new TextRewrite(text);
  let done = 0;
  for (const { start, end, replacement } of [...edits.values()].sort((a, b) => a.start - b.start)) {
    // Of a text that is broken, rows can be read in two ways.
    if (start < done) continue;
    rewrite.replace(start, end, replacement);
    done = end;
  }
  return rewrite.toString();
}

/** A list that can name columns: where its first name is looked for. */
interface Head {
  readonly start: number;
  readonly isFirstRow: boolean;
}

/** The next such list. A regular expression for both would stop at each quote of any JSON. */
function nextHead(text: string, from: number): Head | undefined {
  for (let at = text.indexOf('[', from); at >= 0; at = nextBracket(text, at + 1)) {
    // In most lists, texts follow at once.
    if (mayOpenRow(text, at) && !/[\]}"\w]/.test(text[at - 1] ?? ' ')) {
      FIRST_ROW.lastIndex = at;
      if (FIRST_ROW.test(text)) return { start: FIRST_ROW.lastIndex, isFirstRow: true };
    }
    if (endsHead(text, at) && HEAD.test(text.slice(Math.max(0, at - LONGEST_HEAD), at)))
      return { start: at + 1, isFirstRow: false };
  }
  return undefined;
}

/** One may follow at once, which a search takes longer to find. */
function nextBracket(text: string, from: number): number {
  return text.charCodeAt(from) === BRACKET ? from : text.indexOf('[', from);
}

/** Whether another bracket can follow, and a text. */
function mayOpenRow(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (next !== BRACKET) return next <= SPACE;
  const third = text.charCodeAt(at + 2);
  return third === QUOTE || third <= SPACE;
}

/** Objects of a list of tokens, each with what it is by itself: `{"tokens":[{"v":"…"}]}`. Pieces of a text look like words. */
const TOKEN_LIST = /"tokens"\s{0,8}:\s{0,8}\[\s{0,64}\{[^[\]]{1,4096}/g;
const TOKEN_MEMBER = new RegExp(`("(?:${TOKEN_MEMBERS})"\\s{0,8}:\\s{0,8}")([^"\\\\]{20,512})(?=")`, 'g');

function maskTokenObjects(text: string, rules: ContentRules): string {
  return text.replace(TOKEN_LIST, (list) =>
    list.replace(TOKEN_MEMBER, (whole, member: string, value: string) => {
      const masked = rules.maskForName('tokens', 'member', value);
      return masked === undefined ? whole : member + JSON.stringify(masked).slice(1, -1);
    }),
  );
}

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const BRACKET = 0x5b;
const SPACE = 0x20;
/** Last letters of the members that name columns. */
const HEAD_ENDS: ReadonlySet<string> = new Set(['ns', 'ds', 'rs', 'er', 'ls', 'es']);

/** Whether the name of a member that stands right before a bracket ends as they do. */
function endsHead(text: string, bracket: number): boolean {
  let at = bracket - 1;
  while (at > bracket - LONGEST_GAP && text.charCodeAt(at) <= 0x20) at -= 1;
  if (text.charCodeAt(at) !== COLON) return false;
  const colon = at;
  at -= 1;
  while (at > colon - LONGEST_GAP && text.charCodeAt(at) <= 0x20) at -= 1;
  return text.charCodeAt(at) === QUOTE && HEAD_ENDS.has(text.slice(at - 2, at).toLowerCase());
}

/** The names in the list that opens before `start`, one of which at least is a secret's. */
function readColumns(text: string, start: number, rules: ContentRules): NamedColumns | undefined {
  const room = text.slice(start, start + HEAD_ROOM);
  const close = room.indexOf(']');
  const columns = close <= 0 ? undefined : secretColumns(listOf(room.slice(0, close)), rules);
  return columns === undefined ? undefined : { ...columns, end: start + close + 1 };
}

function listOf(written: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(`[${written}]`);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

/** Where the rows begin whose columns are named at [start, end): behind the names, or else before them; -1 when there are none. */
function rowsOf(text: string, start: number, end: number): number {
  const behind = lastOf(text.slice(end, end + BETWEEN), 'first');
  if (behind >= 0) return end + behind;
  const from = Math.max(0, start - HEAD_ROOM);
  const before = lastOf(text.slice(from, start), 'last');
  return before < 0 ? -1 : from + before;
}

function lastOf(text: string, which: 'first' | 'last'): number {
  const rows = new RegExp(ROWS);
  let at = -1;
  while (rows.exec(text) !== null) {
    at = rows.lastIndex;
    if (which === 'first') break;
  }
  return at;
}

interface Table {
  readonly columns: NamedColumns;
  readonly rules: ContentRules;
  /** The names are a row like the others: lists of names are written so, too. */
  readonly isFirstRow: boolean;
}

interface Cell extends Stretch {
  readonly isText: boolean;
}

class RowReader {
  readonly #text: string;
  readonly #table: Table;
  readonly #edits: RowEdit[] = [];
  /** Up to here the rows were read. */
  end = 0;

  constructor(text: string, table: Table) {
    this.#text = text;
    this.#table = table;
  }

  /** What is masked in the rows from an offset on; a list of values alone is one row. */
  read(from: number): readonly RowEdit[] {
    let at = this.#solid(from);
    if (this.#text[at] !== '[' && this.#text[at] !== ',') {
      this.#row(from);
      return this.#edits;
    }
    for (;;) {
      if (this.#text[at] === ',') at = this.#solid(at + 1);
      if (this.#text[at] !== '[') break;
      this.#row(at + 1);
      at = this.#solid(this.end);
    }
    return this.#edits;
  }

  /** Reads the cells of a row up to its bracket. */
  #row(from: number): void {
    const cells: Cell[] = [];
    let at = this.#solid(from);
    while (at < this.#text.length && this.#text[at] !== ']') {
      const cell = this.#cell(at);
      if (cell.end === at) break;
      cells.push(cell);
      at = this.#solid(cell.end);
      if (this.#text[at] === ',') at = this.#solid(at + 1);
    }
    this.end = Math.min(Math.max(at + 1, from), this.#text.length);
    // A row that was cut off has fewer.
    const isWhole = cells.length === this.#table.columns.count || at >= this.#text.length;
    if (isWhole) for (const [index, name] of this.#table.columns.names) this.#mask(cells[index], name);
  }

  #cell(start: number): Cell {
    const first = this.#text[start];
    if (first === '"') return { start, end: stringEnd(this.#text, start), isText: true };
    if (first === '[' || first === '{') return { start, end: this.#closing(start), isText: false };
    LITERAL.lastIndex = start;
    return { start, end: start + (LITERAL.exec(this.#text)?.[0].length ?? 0), isText: false };
  }

  #closing(start: number): number {
    let depth = 0;
    for (let at = start; at < this.#text.length; ) {
      const sign = this.#text[at] ?? '';
      if (sign === '"') {
        at = stringEnd(this.#text, at);
        continue;
      }
      if (sign === '[' || sign === '{') depth += 1;
      else if (sign === ']' || sign === '}') depth -= 1;
      at += 1;
      if (depth === 0) return at;
    }
    return this.#text.length;
  }

  #mask(cell: Cell | undefined, name: string): void {
    if (cell === undefined) return;
    const { rules, isFirstRow } = this.#table;
    const { start, end, isText } = cell;
    const written = this.#text.slice(start, end);
    const value = isText ? unquoted(written) : written;
    const masked = maskedCell({ name, value, isText, isFirstRow }, rules);
    if (masked !== undefined && masked !== value)
      this.#edits.push({ start, end, replacement: JSON.stringify(masked) });
  }

  #solid(from: number): number {
    // Behind the end, an expression begins again at the start.
    BLANKS.lastIndex = Math.min(from, this.#text.length);
    BLANKS.test(this.#text);
    return BLANKS.lastIndex;
  }
}

function unquoted(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch {
    return written.slice(1);
  }
}
