import type { ContentRules } from '../content-rules.js';
import { characterSet, DIGITS, endOfRun, isMemberAt } from '../detectors/character-set.js';
import { maskBoundValues } from './bound-values.js';
import { redisCommand } from './redis-commands.js';
import { maskRedisText } from './redis-text.js';
import { embeddedDialect, isSqlSystem, type SqlDialect, sqlDialect } from './sql-dialect.js';
import {
  dollarQuoteEnd,
  numberEnd,
  prefixedStringEnd,
  quotedNameEnd,
  SQL_WORD,
  stringEnd,
  uuidEnd,
} from './sql-literal.js';
import { SqlPlaces } from './sql-places.js';
import { TextRewrite } from './text-rewrite.js';

/** What is known about the database of a statement. */
export interface SqlTextOptions {
  /** `db.system.name` or `db.system`, in any case. Unknown or absent: double quotes count as literals. */
  readonly dialect?: string | undefined;
}

const PARAMETER = '?';
const REDIS_SET =
  /^\s{0,16}set\s+(?!(?:names|session|global|local|persist|transaction|role|time|character|charset|constraints|schema|search_path|password|autocommit|isolation|current|identity_insert|nocount|xact_abort|ansi_\w+|quoted_identifier)\s)\S{1,200}\s+(?!(?:to|on|off)\b)\S/i;
const REDIS_LOGIN = /^\s{0,16}(?:auth|hello|config|acl|migrate|script|function|sentinel)\s/i;
const FIRST_WORD =
  /^[\s(;]{0,64}(?:--|\/\*|#|\{\s?\??=?\s?call\b|(?:select|insert|update|delete|upsert|replace|merge|with|create|alter|drop|truncate|rename|comment|call|exec|execute|do|begin|start|commit|rollback|savepoint|release|abort|end|set|reset|show|explain|describe|desc|use|grant|revoke|deny|values|table|declare|lock|unlock|analyze|vacuum|reindex|cluster|copy|load|import|listen|notify|unlisten|pragma|attach|detach|optimize|prepare|deallocate|fetch|open|close|discard|refresh|kill|print|if|while|waitfor|bulk|apply|if|backup|restore|checkpoint)\b)/i;

/**
 * Replaces the literals of a SQL statement by `?`; identifiers, keywords and parameters stay. Comments go through the
 * value rules. A literal that was cut off, or whose end is unclear, is replaced to the end of the text. What begins like no
 * SQL (Cypher, Flux) loses its literals too, and then goes through the value rules as a whole. A Redis command beside no name
 * of a database is read as one.
 *
 * @param text attacker-controlled.
 */
export function maskSqlText(text: string, options: SqlTextOptions, rules: ContentRules): string {
  const isNamed = options.dialect === undefined && NAMED_TABLE.test(text) && NAMED_COLUMN.test(text);
  const dialect = isNamed ? embeddedDialect : sqlDialect(options.dialect);
  if (!isSqlSystem(options.dialect) && looksLikeRedis(text)) return maskRedisText(text, rules);
  const bound = SHOWS_BOUND.test(text) ? maskBoundValues(text, rules) : text;
  const masked = new SqlScan(bound, { dialect, rules }).run();
  return looksLikeSql(text, options.dialect) ? masked : rules.maskText(masked);
}

/**
 * As `maskSqlText` for a statement that stands in other text, of an unknown database: double quotes hold literals only where
 * a value is due.
 *
 * @param closer the quote that ends the statement, or ''.
 * @returns the masked statement, and how much of the text it took.
 */
export function maskEmbeddedSql(
  text: string,
  closer: string,
  rules: ContentRules,
): { readonly masked: string; readonly length: number } {
  const scan = new SqlScan(text, { dialect: embeddedDialect, rules }, closer);
  const masked = scan.run();
  return { masked, length: scan.length };
}

/** A command of Redis beside no name of a database; of `SET`, only what no SQL database sets (`SET key value`). */
function looksLikeRedis(text: string): boolean {
  const beginning = text.slice(0, 256);
  if (REDIS_SET.test(beginning)) return !beginning.includes('=') && !beginning.includes("'");
  const name = /^\s{0,16}([A-Za-z][\w.]{1,30})(?:\s|$)/.exec(beginning)?.[1] ?? '';
  return !FIRST_WORD.test(beginning) && (redisCommand(name) !== undefined || REDIS_LOGIN.test(beginning));
}

function looksLikeSql(text: string, system: string | undefined): boolean {
  return isSqlSystem(system) || FIRST_WORD.test(text.slice(0, 128));
}

/** Of a statement that quotes identifiers: a table, and a column that is compared. */
const NAMED_TABLE = /\b(?:from|update)\s{1,8}"/i;
const NAMED_COLUMN = /\bwhere\s{1,8}\(?(?:"\w{1,64}"\.)?"\w{1,64}"\s{0,4}(?:[=<>]|in\b|is\b)/i;
/** A comment as sqlcommenter writes it: `/*route='orders',traceparent='…'*\/`. */
const TAGS = /^\/\*\s{0,8}(?:[\w.%-]{1,128}='[^']{0,2048}',?){1,64}\s{0,8}\*\/$/;
/** In a statement that was commented out, a literal that something is compared with. */
const COMPARED = /((?:[=<>]|\blike\b)\s{0,8})'[^'\n]{0,1024}'/gi;
/** TypeORM and Drizzle print what was bound as a comment. */
const BOUND_LIST = /^--\s{0,4}(?:params|parameters)\s{0,4}[:=]\s{0,4}(?=\S)/i;
/** Rails prints names and values behind the statement: `[["token", "x"], ["LIMIT", 1]]`. */
const BOUND_PAIR = /(\["[\w.]{1,128}", ?)(?:"(?:[^"\\]|\\.){0,4096}"|[\d.]{1,32})(?=\])/g;
/** Hibernate and Laravel print them beside the statement. */
const SHOWS_BOUND = /^SQLSTATE|binding parameter \[/;
const LONGEST_KEYWORD = 24;
/** Literals of one statement that are read; what stands behind them is masked. */
const MOST_LITERALS = 4096;
/** Lengths of the first run of a UUID, of which each dash can be left out. */
const UUID_STARTS: ReadonlySet<number> = new Set([8, 12, 16, 20, 32]);
/** By code: behind these a value is due. */
const BEFORE_VALUE = characterSet('=<>(,');
/** What is neither a part of a word, nor opens or closes anything. */
const IDLE = characterSet('=<>,;!&|*^~');
/** Behind these, and at the beginning, a sign belongs to a number. */
const BEFORE_NUMBER = Uint8Array.from(characterSet('=<>(,+*/|-'), (member, code) =>
  code === 0 ? 1 : member,
);
/** What stands after `BY` or `PASSWORD` and is no password. */
const SECRET_KEYWORDS: ReadonlySet<string> = new Set(
  'from values externally globally random password expire expired null default require for to is as in not and or reuse history disable lock unlock never policy'.split(
    ' ',
  ),
);

class SqlScan {
  /** How much of the text was read. */
  length = 0;
  readonly #text: string;
  readonly #dialect: SqlDialect;
  readonly #rules: ContentRules;
  readonly #rewrite: TextRewrite;
  /** Code of the quote that ends the statement; -1 when nothing does. */
  readonly #closer: number;
  /** Code of the last character before the cursor that is no white space; 0 when there is none. */
  #previous = 0;
  #literals = 0;
  readonly #places = new SqlPlaces();

  constructor(
    text: string,
    { dialect, rules }: { readonly dialect: SqlDialect; readonly rules: ContentRules },
    closer = '',
  ) {
    this.#text = text;
    this.#dialect = dialect;
    this.#rules = rules;
    this.#rewrite = new TextRewrite(text);
    this.#closer = closer === '' ? -1 : closer.charCodeAt(0);
  }

  run(): string {
    const text = this.#text;
    let at = 0;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 0x20) {
        at += 1;
        continue;
      }
      if (IDLE[code] === 1) {
        this.#previous = code;
        at += 1;
        continue;
      }
      if (code === this.#closer && this.#closes(at)) break;
      at = this.#literals < MOST_LITERALS ? this.#token(at, code) : this.#maskRest(at);
      const last = text.charCodeAt(at - 1);
      if (!isBlank(last)) this.#previous = last;
    }
    this.length = at;
    return at === text.length ? this.#rewrite.toString() : this.#rewrite.before(at);
  }

  /** Whether this quote ends the statement: a name or literal does not begin before white space, a value is due after `=`. */
  #closes(at: number): boolean {
    return /^$|[\s.,;:)\]}]/.test(this.#text[at + 1] ?? '') && BEFORE_VALUE[this.#previous] !== 1;
  }

  /** Reads the token at `at` and gives its end. */
  #token(at: number, code: number): number {
    const text = this.#text;
    if (SQL_WORD[code] === 1 || code >= 0x80) return this.#word(at, code);
    switch (code) {
      case 0x27:
        return this.#literal(at, stringEnd(text, at, this.#dialect.backslashEscapes));
      case 0x22:
        return this.#doubleQuoted(at);
      case 0x60:
        return quotedNameEnd(text, at, '`');
      case 0x5b:
        return this.#bracket(at);
      case 0x7b:
        return this.#literal(at, uuidEnd(text, at));
      case 0x2e: // .
      case 0x2b: // +
      case 0x2d: // -
        return this.#markOrNumber(at, code);
      case 0x2f:
        return this.#slash(at);
      case 0x3f:
        this.#places.noteValue();
        return at + 1;
      case 0x3a: // :
      case 0x40: // @
      case 0x25: // %
        return this.#parameter(at, code);
      case 0x28:
        this.#places.open(at === 0 ? 0 : text.charCodeAt(at - 1));
        return at + 1;
      case 0x29:
        this.#places.close();
        return at + 1;
      default:
        return at + 1;
    }
  }

  /** A name in brackets; lists of values that loggers print beside the statement are none. */
  #bracket(at: number): number {
    if (this.#dialect.brackets && !/^\[(?:@|parameters=)/i.test(this.#text.slice(at, at + 12)))
      return quotedNameEnd(this.#text, at, ']');
    if (!this.#text.startsWith('[["', at)) return at + 1;
    const end = this.#lineEnd(at);
    this.#rewrite.replace(at, end, this.#text.slice(at, end).replaceAll(BOUND_PAIR, `$1${PARAMETER}`));
    return end;
  }

  #maskRest(at: number): number {
    this.#rewrite.replace(at, this.#text.length, this.#rules.mask);
    return this.#text.length;
  }

  #literal(at: number, end: number): number {
    if (end <= at) return at + 1;
    this.#literals += 1;
    this.#rewrite.replace(at, end, PARAMETER);
    this.#places.noteValue();
    return end;
  }

  #doubleQuoted(at: number): number {
    const { doubleQuotes, backslashEscapes } = this.#dialect;
    const nameEnd = quotedNameEnd(this.#text, at, '"');
    const isName = this.#places.dueForName(this.#previous) || this.#text[nameEnd] === '.';
    const isValue =
      this.#places.dueForSecret() ||
      (!isName &&
        (doubleQuotes === 'literal' ||
          (doubleQuotes === 'either' && this.#places.dueForValue(this.#previous))));
    if (!isValue && this.#text[nameEnd - 1] === '"' && nameEnd > at + 1) return nameEnd;
    return this.#literal(at, stringEnd(this.#text, at, backslashEscapes));
  }

  #word(at: number, code: number): number {
    const text = this.#text;
    if (DIGITS[code] === 1) return this.#literal(at, numberEnd(text, at));
    if (code === 0x24) return this.#dollar(at);
    const isHash =
      code === 0x23 && (this.#dialect.hashComments || (text[at + 1] === ' ' && this.#opensLine(at)));
    if (isHash) return this.#comment(at, this.#lineEnd(at));
    const run = endOfRun(text, at, SQL_WORD);
    const uuid = UUID_STARTS.has(run - at) ? uuidEnd(text, at) : at;
    if (uuid > at) return this.#literal(at, uuid);
    const end = sqlWordEnd(text, run);
    if (isTruth(text, at, end)) return this.#literal(at, end);
    // A quote stands behind the prefix of a string, or `&'`.
    const behind = text.charCodeAt(end);
    const opens = behind === 0x27 || behind === 0x26;
    const prefixed = opens && end - at <= 24 ? prefixedStringEnd(text, { at, end }, this.#dialect) : at;
    if (prefixed <= at) return this.#plainWord(at, end);
    return this.#literal((code | 0x20) === 0x65 ? end : at, prefixed);
  }

  /** A keyword or a name; but `IDENTIFIED BY hunter2` of Oracle has a password without quotes. */
  #plainWord(at: number, end: number): number {
    if (this.#places.dueForSecret()) {
      const word = this.#text.slice(at, Math.min(end, at + LONGEST_KEYWORD)).toLowerCase();
      if (!SECRET_KEYWORDS.has(word)) return this.#literal(at, bareSecretEnd(this.#text, end));
    }
    this.#places.note(this.#text, at, end);
    return end;
  }

  #dollar(at: number): number {
    const end = this.#dialect.dollarQuotes ? dollarQuoteEnd(this.#text, at) : at;
    return end > at ? this.#literal(at, end) : Math.max(endOfRun(this.#text, at, SQL_WORD), at + 1);
  }

  /** `.5`, `-5` after an operator, `-- comment`. */
  #markOrNumber(at: number, code: number): number {
    const text = this.#text;
    const next = text.charCodeAt(at + 1);
    if (code === 0x2d && next === 0x2d) return this.#comment(at, this.#lineEnd(at));
    const number = next === 0x2e ? at + 2 : at + 1;
    const opensNumber = BEFORE_NUMBER[this.#previous] === 1 && isMemberAt(text, number, DIGITS);
    return opensNumber ? this.#literal(at, numberEnd(text, number)) : at + 1;
  }

  #slash(at: number): number {
    const text = this.#text;
    if (text.charCodeAt(at + 1) !== 0x2a) return at + 1;
    // The version of MySQL from which on the comment is a statement.
    if (text[at + 2] === '!') return Math.min(endOfRun(text, at + 3, DIGITS), at + 9);
    const end = text.indexOf('*/', at + 2);
    return this.#comment(at, end < 0 ? text.length : end + 2);
  }

  #opensLine(at: number): boolean {
    return at === 0 || this.#text[at - 1] === '\n';
  }

  #lineEnd(at: number): number {
    const end = this.#text.indexOf('\n', at);
    return end < 0 ? this.#text.length : end;
  }

  #comment(at: number, end: number): number {
    const isLine = this.#text.charCodeAt(at) === 0x2d;
    const list = isLine ? (BOUND_LIST.exec(this.#text.slice(at, at + 32))?.[0].length ?? 0) : 0;
    if (list > 0) {
      this.#rewrite.replace(at + list, end, this.#rules.mask);
      return end;
    }
    const comment = this.#rules.maskText(this.#text.slice(at, end));
    const isPlain = !comment.includes("'") || TAGS.test(comment);
    this.#rewrite.replace(at, end, isPlain ? comment : comment.replaceAll(COMPARED, `$1${PARAMETER}`));
    return end;
  }

  /** `:name`, `:1`, `@p1`, `@@session`, `%s`, `%(name)s`: what stands for a value, and no value. */
  #parameter(at: number, code: number): number {
    const text = this.#text;
    // A slice of a list: `x[1:2]`.
    if (code === 0x3a && isMemberAt(text, at - 1, DIGITS)) return at + 1;
    const isFormat = code === 0x25;
    const name = isFormat && text.charCodeAt(at + 1) === 0x28 ? at + 2 : at + 1;
    this.#places.noteValue();
    if (isFormat && isMemberAt(text, name, DIGITS)) return at + 1;
    return Math.max(endOfRun(text, name, SQL_WORD), at + 1);
  }
}

function sqlWordEnd(text: string, at: number): number {
  const { length } = text;
  let end = at;
  for (; end < length; end += 1) {
    const code = text.charCodeAt(end);
    if (SQL_WORD[code] !== 1 && code < 0x80) break;
  }
  return end;
}

const BARE_SECRET = /[^\s;,()'"`]{0,256}/y;

/** The end of a password without quotes, of which the first word ends at `at`. */
function bareSecretEnd(text: string, at: number): number {
  BARE_SECRET.lastIndex = at;
  return BARE_SECRET.test(text) ? BARE_SECRET.lastIndex : at;
}

/** `TRUE` or `FALSE`. */
function isTruth(text: string, at: number, end: number): boolean {
  if (end - at !== 4 && end - at !== 5) return false;
  const first = text.charCodeAt(at) | 0x20;
  if (first !== 0x74 && first !== 0x66) return false;
  return /^(?:true|false)$/i.test(text.slice(at, end));
}

function isBlank(code: number): boolean {
  return code < 0x80 ? code <= 0x20 : String.fromCharCode(code).trim() === '';
}
