import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import type { Stretch } from '../stretch.js';
import { isMaskedValue } from './masked-value.js';
import { isPlaceholder } from './placeholder.js';
import { isCommonWord, isObjectName, isPlainWord, saysNothing } from './prose.js';
import { TextRewrite } from './text-rewrite.js';

const LONGEST_LINE = 4096;
const MOST_CELLS = 64;
/** Two blanks stand for columns that are in line with each other. */
const BLANKS = '  ';
const SEPARATORS: readonly string[] = ['|', '\u2502', '\t', ',', ';', BLANKS];
const ALIGNED = /\S+(?: \S+)*/g;
/** What stands before a table in a message. */
const BEFORE_TABLE = /^[^\n]{0,512}(?:[\]:] {1,4}|>\s{0,8})(?=[|"\w]|$)/;
const FRAME = /^\s{0,16}at /;
/** Tables of settings: the heads above their names and their values. */
const NAMES = /^(?:\(index\)|key|name|setting|variable|parameter|option|property)$/i;
const VALUES = /^values?$/i;
/** Columns of a few digits. */
const CODES = /^(?:cvv2?|cvc2?|csc|pin|otp)$/i;
/** What a head of a column is called. */
const HEAD = /^(?:[A-Za-z][\w .#/-]{0,47}|\(index\))$/;
const NO_CELL: Stretch = { start: 0, end: 0 };
// And of `console.table`, in the signs that boxes are drawn with.
const RULER = /^[\s|+:=\u2500-\u257f-]*$/;
const RULED = /\r?\n[ \t]{0,64}[|+:=\u2500-\u257f-][-|+:= \t\u2500-\u257f]{2,4096}(?=\r?\n|$)/y;
/** Where any word can be the value, and not only one that looks like a secret. */
const WORDY = /pass|pwd|secret/i;
/** What a table of settings or of a form says. */
const SAYS_OF_SETTING =
  /^\(|^(?:login|reset|change|forgot|supports?|never|always|only|optional|ask|see|minimum|maximum|rows?)$/i;
const PART = /<(\/?)(tr|th|td|table)\b[^<>]{0,200}>/gi;

/**
 * Masks the cells below a head that is the name of a secret: of CSV and TSV, of Markdown and what clients of databases print,
 * and of HTML. Rows have as many cells as the head.
 *
 * @param text attacker-controlled.
 */
export function maskTables(text: string, rules: ContentRules): string {
  // To look for a sign that is alone costs nothing; a text can be full of the first one of two.
  if (text.includes('>') && text.includes('</t')) return new TableMask(text, rules).markup();
  return text.includes('\n') ? new TableMask(text, rules).lines() : text;
}

class TableMask {
  readonly #text: string;
  readonly #rules: ContentRules;
  readonly #rewrite: TextRewrite;
  /** Of the table that is being read: the names of its secret columns. */
  #columns: ReadonlyMap<number, string> = new Map();
  #count = 0;
  /** Where the rows of `console.table` have their names, and their values; -1 in other tables. */
  #named = -1;
  #values = -1;
  /** Words say something of a setting, or of anything, where people write tables. */
  #isProse = false;
  /** Words stand before the first head. */
  #isTold = false;

  constructor(text: string, rules: ContentRules) {
    this.#text = text;
    this.#rules = rules;
    this.#rewrite = new TextRewrite(text);
  }

  lines(): string {
    let separator = '';
    for (let start = 0; start < this.#text.length; ) {
      const newline = this.#text.indexOf('\n', start);
      const end = newline < 0 ? this.#text.length : newline;
      separator = end - start > LONGEST_LINE ? '' : this.#line({ start, end }, separator);
      start = end + 1;
    }
    return this.#rewrite.toString();
  }

  /** Reads a line of the table whose cells this separates, or its head; gives what separates the cells of the next. */
  #line(line: Stretch, separator: string): string {
    const written = this.#text.slice(line.start, line.end);
    if (separator !== '' && !(this.#isTold && FRAME.test(written))) {
      if (written !== '' && RULER.test(written)) {
        this.#isProse ||= /^\s*\|[\s:|-]*-\|?/.test(written);
        return separator;
      }
      const cells = cellsOf(this.#text, line, separator);
      // The last row of a text that was cut off has fewer.
      if (cells.length === this.#count || (line.end === this.#text.length && cells.length > 1)) {
        this.#row(cells);
        return separator;
      }
    }
    const isHead = (sign: string): boolean =>
      written.includes(sign) &&
      ('|\u2502'.includes(sign) ? this.#isRuled(line.end) : this.#opensTable(line, sign)) &&
      this.#head(cellsOf(this.#text, this.#behindWords(line), sign), sign);
    return SEPARATORS.find(isHead) ?? '';
  }

  /** A table without what a message says before its first head. */
  #behindWords({ start, end }: Stretch): Stretch {
    const before = BEFORE_TABLE.exec(this.#text.slice(start, end))?.[0].length ?? 0;
    this.#isTold = before > 0;
    return { start: start + before, end };
  }

  /** A line is drawn below the heads. */
  #isRuled(end: number): boolean {
    RULED.lastIndex = end;
    return RULED.test(this.#text);
  }

  /** No line of cells stands before. Behind a comma of code stands a blank. */
  #opensTable({ start, end }: Stretch, sign: string): boolean {
    if (sign === BLANKS) return true;
    if (this.#text.slice(start, end).includes(`${sign} `)) return false;
    const above = this.#text.lastIndexOf('\n', start - 2) + 1;
    return start === 0 || !this.#text.slice(Math.max(above, start - LONGEST_LINE), start).includes(sign);
  }

  markup(): string {
    const parts = new RegExp(PART);
    let row: Stretch[] = [];
    let open = -1;
    for (let part = parts.exec(this.#text); part !== null; part = parts.exec(this.#text)) {
      const [whole, slash, element = ''] = part;
      if (element.length === 2 && element.toLowerCase() !== 'tr') {
        if (slash === '') open = part.index + whole.length;
        else if (open >= 0 && row.length < MOST_CELLS) row.push(trimmed(this.#text, open, part.index));
        if (slash !== '') open = -1;
      } else {
        if (row.length > 0 && row.length === this.#count) this.#row(row);
        else if (row.length > 0) this.#head(row);
        row = [];
        if (element.toLowerCase() === 'table') this.#count = 0;
      }
    }
    return this.#rewrite.toString();
  }

  /** Whether these are heads of columns, one of them the name of a secret. */
  #head(cells: readonly Stretch[], sign = ''): boolean {
    this.#count = 0;
    this.#isProse = this.#isTold || sign === BLANKS;
    const heads = cells.map(({ start, end }) => this.#text.slice(start, end));
    if (heads.filter((head) => head !== '').length < 2 || heads.length >= MOST_CELLS) return false;
    if (!heads.every((head) => head === '' || (HEAD.test(head) && !looksSecret(head)))) return false;
    const columns = new Map<number, string>();
    for (const [index, head] of heads.entries())
      if (head !== '' && this.#rules.maskForName(head, 'member', this.#rules.mask) !== undefined)
        columns.set(index, head);
    this.#values = heads.findIndex((head) => VALUES.test(head));
    this.#named = this.#values < 0 ? -1 : heads.findIndex((head) => NAMES.test(head));
    if (columns.size === 0 && this.#named < 0) return false;
    this.#columns = columns;
    this.#count = cells.length;
    return true;
  }

  #row(cells: readonly Stretch[]): void {
    const { start, end } = cells[this.#named] ?? NO_CELL;
    const own = this.#named < 0 ? [] : [[this.#values, this.#text.slice(start, end)] as const];
    for (const [index, name] of [...this.#columns, ...own]) {
      const { start, end } = cells[index] ?? NO_CELL;
      const value = this.#text.slice(start, end);
      if (!this.#isSecret(value, name)) continue;
      this.#rewrite.replace(start, end, this.#rules.maskForName(name, 'member', value) ?? value);
    }
  }

  /** Words that say nothing of a setting: `correct horse`, and not `not set`. */
  #isPhrase(value: string, name: string): boolean {
    if (!PHRASE_HEAD.test(name) || !PHRASE.test(value)) return false;
    const words = value.split(' ');
    if (this.#isProse && words.length > 4) return false;
    return !words.some((word) => isCommonWord(word) || saysNothing(word) || SAYS_OF_SETTING.test(word));
  }

  #isSecret(value: string, name: string): boolean {
    if (CODES.test(name) && /^\d{3,8}$/.test(value)) return true;
    if (value.length < 4 || isMaskedValue(value, this.#rules) || isPlaceholder(value)) return false;
    if (isObjectName(name, value, undefined)) return false;
    if (looksSecret(value)) return true;
    if (!WORDY.test(name) || value.toLowerCase() === name.toLowerCase()) return false;
    if (/\s/.test(value)) return this.#isPhrase(value, name);
    return !(saysNothing(value) || isCommonWord(value) || (this.#isProse && isPlainWord(value)));
  }
}

/** A column of nothing but passwords: `Password login` is one of a comparison. */
const PHRASE_HEAD = /^(?:[A-Za-z]{1,16}[_-])?(?:pass(?:w(?:or)?d|phrase|code)?|pwd|secret)$/i;
const PHRASE = /^[^\s,;:]{2,24}(?: [^\s,;:]{2,24}){1,7}$/;

/** The cells of a line, without the white space, quotes and emphasis around them. */
function cellsOf(text: string, { start, end }: Stretch, separator: string): readonly Stretch[] {
  const cells: Stretch[] = [];
  if (separator === BLANKS) {
    for (const { 0: cell, index } of text.slice(start, end).matchAll(ALIGNED))
      if (cells.length < MOST_CELLS) cells.push({ start: start + index, end: start + index + cell.length });
    return cells;
  }
  let from = start;
  for (let at = start; at <= end && cells.length < MOST_CELLS; at += 1) {
    if (text[at] === '"' && at === from && separator !== '|') at = quoteEnd(text, at, end);
    if (at < end && text[at] !== separator) continue;
    cells.push(trimmed(text, from, Math.min(at, end)));
    from = at + 1;
  }
  return cells;
}

/** Behind the quote that closes the one at `at`; a quote that stands twice is one of the cell. */
function quoteEnd(text: string, at: number, limit: number): number {
  for (let end = at + 1; end < limit; end += 1) {
    if (text[end] !== '"') continue;
    if (text[end + 1] !== '"') return end + 1;
    end += 1;
  }
  return at;
}

function trimmed(text: string, from: number, to: number): Stretch {
  let start = from;
  let end = to;
  while (start < end && ' \t\r\n"\'`*'.includes(text[start] ?? 'x')) start += 1;
  const tag = text.slice(start, end).indexOf('</');
  if (tag >= 0) end = start + tag;
  while (end > start && ' \t\r\n"\'`*'.includes(text[end - 1] ?? 'x')) end -= 1;
  return { start, end };
}
