import type { ContentRules } from '../content-rules.js';
import { bindsSecretIn } from './json-parameters.js';
import { LineEnds } from './line-ends.js';
import { maskEmbeddedSql } from './sql-text.js';
import { TextRewrite } from './text-rewrite.js';

/** Words that a statement has, and the lists of its parameters that loggers print behind it: Sequelize behind a semicolon. */
const WORDS =
  /\b(?:(params|parameters|bindings|binds|bind values|values|args)(?:\s{0,4}[:=]\s{0,4}|(?<=params|parameters|bindings)\s{1,4}(?=\[))|(insert\s{1,8}(?:ignore\s{1,8})?into|replace\s{1,8}into|merge\s{1,8}into|update|delete\s{1,8}from|select|match(?=\s{0,4}\(\w{0,32}:\w))\b|(from|set|where|values|returning|using|call|exec|execute|identified)\b)|; (?=\{"(?:\d{1,3}|bind|replacements)":|\[")/gi;
/** What must follow the word that tells a statement from a sentence. */
const AFTER: ReadonlyMap<string, RegExp> = new Map([
  ['set', /^\s{1,8}(?:["`[\w]{1,64}["`\]]?\.){0,3}["`[]?\w{1,64}["`\]]?\s{0,8}=/],
  ['where', /^\s{1,8}[("`[\w]/],
  ['values', /^\s{0,8}\(/],
  // `from errno import EPERM` is Python.
  ['from', /^(?!\s{1,8}[\w.]{1,64}\s{1,8}import\b)\s{1,8}[("`[\w]/],
]);
const OPENERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['insert', ['values', 'select', 'set', 'returning']],
  ['replace', ['values', 'select', 'set']],
  ['merge', ['using', 'values']],
  ['update', ['set']],
  ['delete', ['where']],
  ['select', ['from']],
  // Of Cypher.
  ['match', ['where', 'set']],
]);
/** A statement's first word and the one that proves it stand at most this far apart. In UTF-16 units. */
const FARTHEST = 8192;
const QUOTES = '"\'`';

/**
 * Masks SQL statements in other text: in messages of drivers and query builders, and in log lines. Literals become `?`, as in
 * an attribute that holds a statement; parameters that are printed behind it are masked.
 *
 * @param text attacker-controlled.
 */
export function maskSqlInText(text: string, rules: ContentRules): string {
  if (!LITERALS.test(text) || !SIGNS.test(text)) return text;
  const rewrite = new TextRewrite(text);
  const statements = new StatementMask(text, { rewrite, rules });
  const lines = new LineEnds(text);
  const words = new RegExp(WORDS);
  let opener: { readonly at: number; readonly word: string } | undefined;
  let isSql = false;
  /** Where a list of parameters stands before any statement. */
  let early = -1;
  for (let found = words.exec(text); found !== null; found = words.exec(text)) {
    const [whole, parameters, first, proof] = found;
    const isList = parameters !== undefined || whole === '; ';
    if (isList && isSql) {
      const start = found.index + whole.length;
      words.lastIndex = maskParameters(text, { start, line: lines.after(start) }, { rewrite, rules });
    } else if (isList) {
      early = found.index + whole.length;
    } else if (first !== undefined) {
      // `INSERT … SELECT` is one statement.
      if (opener === undefined || !isOneStatement(opener, found.index)) {
        opener = { at: found.index, word: first.slice(0, 8).toLowerCase().replace(/\W.*$/s, '') };
      }
    } else if (proof !== undefined) {
      const start = statementStart(text, {
        opener,
        at: found.index,
        proof: proof.toLowerCase(),
        end: words.lastIndex,
      });
      if (start < 0) continue;
      if (early >= 0 && !isSql) maskEarly(text, { early, start }, { rewrite, rules });
      words.lastIndex = maskArguments(text, { start, end: statements.at(start) }, rewrite);
      isSql = true;
      opener = undefined;
    }
  }
  return rewrite.toString();
}

/** Numbers alone are left to their names: `id = 42` says nothing. */
/** One of these is in every text in which something is found. */
export const SQL_WORDS: readonly string[] = [
  'insert',
  'match',
  'replace',
  'merge',
  'update',
  'delete',
  'select',
  'values',
  'where',
  'call',
  'exec',
  'identified',
];
const LITERALS = /['"]|\$\w{0,32}\$|identified by|param|binding|binds|args/i;
const SIGNS =
  /\b(?:insert|match|replace|merge|update|delete|select|values|where|call|exec|execute|identified)\b/i;

interface Opener {
  readonly at: number;
  readonly word: string;
}

function isOneStatement(opener: Opener, at: number): boolean {
  return at - opener.at <= FARTHEST && opener.word !== 'select';
}

/** Where the statement begins that a word proves; -1 when the word is one of a sentence. */
function statementStart(
  text: string,
  {
    opener,
    at,
    proof,
    end,
  }: {
    readonly opener: Opener | undefined;
    readonly at: number;
    readonly proof: string;
    readonly end: number;
  },
): number {
  if (AFTER.get(proof)?.test(text.slice(end, end + 300)) === false) return -1;
  if (
    opener !== undefined &&
    at - opener.at <= FARTHEST &&
    OPENERS.get(opener.word)?.includes(proof) === true
  ) {
    return isPlainSentence(text.slice(opener.at, at), opener.word) ? -1 : opener.at;
  }
  // A piece of a statement, as messages about its syntax show it.
  const isStatement =
    CUT_OFF.test(text.slice(at, at + 200)) &&
    (proof !== 'identified' || isAccount(text, at)) &&
    !(proof === 'values' && isCall(text, at));
  return isStatement ? at : -1;
}

/** `user bob identified by "x"`, and not `the resource identified by the request`. */
function isAccount(text: string, at: number): boolean {
  if (text.startsWith('IDENTIFIED', at) || /^[^'"]{0,100}by\s{1,8}['"@]/i.test(text.slice(at, at + 120)))
    return true;
  return /\b(?:user|role|grant)\b/i.test(text.slice(Math.max(0, at - 96), at));
}

const CUT_OFF =
  /^(?:call\s{1,8}[\w.]{1,100}\s{0,8}\((?=[^()]{0,200}['"\d])|exec(?:ute)?\s{1,8}[\w.[\]]{1,100}\s{1,8}(?:N?'|@\w{1,64}\s{0,4}=)|identified\s{1,8}(?:by|(?:with|via)\s{1,8}\S{1,64}\s{1,8}(?:by|as|using))\s|values\s{0,8}\(\s{0,8}(?:['"]|null\b|[\d.]{1,32}\s{0,8},)|where\s{1,8}[\w."`[\]]{1,100}\s{0,8}(?:[=<>]|(?:i?like|in)\b)\s{0,8}\(?['"\d])/i;

/** `values("a", "b")` is a call; of a statement, a bracket closes before it, a blank follows, or capitals are written. */
function isCall(text: string, at: number): boolean {
  if (text.startsWith('VALUES', at) || text[at + 'values'.length] !== '(') return false;
  return !/\)\s{0,8}$/.test(text.slice(Math.max(0, at - 9), at));
}

const LITERAL = /'[^'\n]{0,256}'|"[^"\n]{0,256}"/g;
const WORDS_IN_A_ROW =
  /(?:\b(?!(?:distinct|all|as|case|when|then|else|end|and|or|not|is|null|between|in|like|over|partition|by|order|asc|desc|top|interval|on|filter|where|within|group|for|update|into|year|month|day|hour|minute|second|zone|time|at)\b)[a-z']{1,32}\s{1,32}){3}/i;

/**
 * `Please select a user from the list`, and code that calls something so: words only, while a list of columns has signs or the
 * case of a keyword, does not open with what ends an expression, and has no three words in a row.
 */
function isPlainSentence(text: string, word: string): boolean {
  if (word !== 'select' || text.startsWith('SELECT')) return false;
  const list = text.slice('select'.length, 2048);
  if (!/[*,."'`(_=]/.test(list) || /^(?:[,.:;)\]]|\(\))/.test(list)) return true;
  return WORDS_IN_A_ROW.test(list.replace(LITERAL, '?'));
}

interface Output {
  readonly rewrite: TextRewrite;
  readonly rules: ContentRules;
}

const PARAGRAPH_END =
  /\n\s{0,8}(?:\n|at\s|binding parameter)|\b(?:(?:params|parameters|bindings|binds|args)\s{0,4}:|(?:params|parameters|bindings)\s{1,4}\[|(?:args|params|parameters|bindings)=\[)|; (?=\{"(?:\d{1,3}|bind|replacements)":|\[")/gi;

/** Masks statements of one text. It remembers where the last paragraph ended, so that no stretch is searched again and again. */
class StatementMask {
  readonly #text: string;
  readonly #output: Output;
  #from = 0;
  #to = -1;

  constructor(text: string, output: Output) {
    this.#text = text;
    this.#output = output;
  }

  /** Masks the statement that begins at `start`, to the quote that closes it or the end of its paragraph, and gives its end. */
  at(start: number): number {
    const quote = quoteAround(this.#text, start);
    const statement = this.#text.slice(start, this.#paragraphEnd(start));
    const { masked, length } = maskEmbeddedSql(statement, quote, this.#output.rules);
    this.#output.rewrite.replace(start, start + length, masked);
    return Math.max(start + length, start + 1);
  }

  #paragraphEnd(start: number): number {
    if (start < this.#from || start >= this.#to) {
      const ends = new RegExp(PARAGRAPH_END);
      ends.lastIndex = start;
      this.#from = start;
      this.#to = ends.exec(this.#text)?.index ?? this.#text.length;
    }
    return this.#to;
  }
}

const LONGEST_BEFORE = 256;

/** The quote that opened what the statement stands in, right before it or before what is no statement: `'SELECT * FORM t WHERE …'`; or ''. */
function quoteAround(text: string, start: number): string {
  const quote = text[start - 1] ?? ' ';
  if (QUOTES.includes(quote)) return quote;
  const before = text.slice(Math.max(0, start - LONGEST_BEFORE), start);
  const opens = (sign: string): boolean => {
    const at = before.lastIndexOf(sign);
    return (
      at >= 0 && /[:=([{,] {0,2}$/.test(before.slice(Math.max(0, at - 2), at)) && !before.includes('\n', at)
    );
  };
  return [...QUOTES].find(opens) ?? '';
}

const PLACEHOLDER = /\?|\$\d|%s|%\(|[:@]\w/;
const ARGUMENT = `(?:"[^"\n]{0,256}"|'[^'\n]{0,256}'|[\\w.-]{1,64})`;
const ARGUMENTS = new RegExp(`["'\`],\\s{0,8}[[(]?\\s{0,8}${ARGUMENT}(?:,\\s{0,4}${ARGUMENT}){0,31}`, 'y');

/** Masks the texts behind a statement in a call (`query("… = ?", ["x"])`), and gives the end of what was read. */
function maskArguments(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  rewrite: TextRewrite,
): number {
  if (text[start - 2] !== '(' || text[start - 1] !== text[end] || end - start > FARTHEST) return end;
  ARGUMENTS.lastIndex = end;
  const found = PLACEHOLDER.test(text.slice(start, end)) ? ARGUMENTS.exec(text)?.[0] : undefined;
  if (found === undefined) return end;
  rewrite.replace(end + 1, end + found.length, found.slice(1).replaceAll(/"[^"\n]*"|'[^'\n]*'/g, '?'));
  return end + found.length;
}

const EARLY_ARGUMENT = `(?:"(?:[^"\\\\\n]|\\\\.){0,1024}"|'(?:[^'\\\\\n]|\\\\.){0,1024}'|[\\w.+-]{1,64})`;
const EARLY = new RegExp(`\\[\\s{0,64}${EARLY_ARGUMENT}(?:\\s{0,64},\\s{0,64}${EARLY_ARGUMENT}){0,63}`, 'y');
const NEAR = 1024;

/** Masks the texts of a list before a statement that names a secret, as knex has them: `{ bindings: [ 'x' ], sql: '… token = ?' }`. */
function maskEarly(
  text: string,
  { early, start }: { readonly early: number; readonly start: number },
  { rewrite, rules }: Output,
): void {
  EARLY.lastIndex = early;
  const list = EARLY.exec(text)?.[0];
  if (list === undefined || early + list.length > start || start - early > 2 * NEAR) return;
  if (!bindsSecretIn(text.slice(start, start + NEAR), rules)) return;
  const masked = list.replaceAll(
    /(["'])(?:(?!\1)[^\\]|\\.)*\1/g,
    `$1${rules.mask.replaceAll('$', '$$$$')}$1`,
  );
  rewrite.replace(early, early + list.length, masked);
}

/** `params: a,b`, `parameters: ["a", 1]`: to the bracket that closes, or the end of the line. */
function maskParameters(
  text: string,
  { start, line }: { readonly start: number; readonly line: number },
  { rewrite, rules }: Output,
): number {
  const close = '[{('.includes(text[start] ?? ' ')
    ? (closerIn(text.slice(start, Math.min(line, start + LONGEST_LIST)), start) ??
      text.lastIndexOf(closerOf(text[start] ?? ''), line))
    : -1;
  const end = close > start ? close + 1 : line;
  const kept = text.startsWith(rules.mask, start) ? start + rules.mask.length : start;
  // A comma behind what was masked belongs to the object around it.
  if (/^(?:[[({]\s{0,8}[\])}])?[\s,]{0,80}$/.test(text.slice(kept, Math.min(end, kept + 80))))
    return start + 1;
  if (kept > start && BEHIND_LIST.test(text.slice(kept, kept + 128))) return kept;
  rewrite.replace(start, end, rules.mask);
  return Math.max(end, start + 1);
}

/** The object goes on, or ends. */
const BEHIND_LIST = /^\s{0,32}(?:[}\])]|,\s{1,32}["']?[\w$]{1,48}["']?: )/;
const LONGEST_LIST = 4096;
/** Opens a list whose texts are in quotes. */
const QUOTED_LIST = /^[[{(]\s{0,64}["'\d{[]/;
const BRACKET = /\\.|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[[\](){}]/g;

/** Where the bracket stands that closes the one a list begins with; undefined when that is not certain. */
function closerIn(list: string, start: number): number | undefined {
  if (!QUOTED_LIST.test(list)) return undefined;
  let depth = 0;
  for (const { 0: sign, index } of list.matchAll(BRACKET)) {
    if ('[{('.includes(sign)) depth += 1;
    else if (']})'.includes(sign)) depth -= 1;
    if (depth === 0)
      return /^[\s,;.)\]}'"`]|^$/.test(list.slice(index + 1, index + 2)) ? start + index : undefined;
  }
  return undefined;
}

function closerOf(opener: string): string {
  return opener === '[' ? ']' : opener === '{' ? '}' : ')';
}
