import { characterSet } from '../detectors/character-set.js';
import { WordTable } from '../word-table.js';

/** Words before a value: `LIKE "x"`, `BETWEEN "a" AND "b"`. */
const VALUE_WORDS: ReadonlySet<string> = new Set(
  'like ilike rlike glob regexp match similar between then else when escape values in interval date timestamp'.split(
    ' ',
  ),
);
const COMPARISONS = characterSet('=<>~');
const WORD_ENDS = characterSet('0-9A-Za-z_');
/** A list of values begins. */
const LIST_WORDS: ReadonlySet<string> = new Set(['values', 'value', 'in']);
/** A list of values has ended. */
const CLAUSE_WORDS: ReadonlySet<string> = new Set(
  'select from where returning on order group join limit set output'.split(' '),
);

const ACCOUNTS: ReadonlySet<string> = new Set(['user', 'role', 'login', 'group']);
const VERBS: ReadonlySet<string> = new Set(['create', 'alter', 'modify']);
const PASSWORD_WORDS: readonly string[] = [
  ...'identified by replace create alter system password encryption'.split(' '),
  ...ACCOUNTS,
];
/** Statements of an administrator, which name no column: a `PASSWORD` in them has one behind it. */
const ADMIN_WORDS: ReadonlySet<string> = new Set([
  'connect',
  'validate',
  'check',
  'recover',
  'backup',
  'restore',
]);
/** What a name follows, and no value. */
const NAME_WORDS: ReadonlySet<string> = new Set('from join into update table'.split(' '));
/** Most words are names, and tell nothing. */
const TELLING_WORDS: WordTable = new WordTable([
  ...[...VALUE_WORDS, ...LIST_WORDS, ...CLAUSE_WORDS],
  ...[...PASSWORD_WORDS, ...ADMIN_WORDS, ...NAME_WORDS, 'between', 'and', 'delete', 'modify', 'using', 'as'],
]);

/** Follows the words of a SQL statement, and says where a value or a password is due. */
export class SqlPlaces {
  #word = '';
  /** After `IDENTIFIED`. */
  #identified = false;
  /** Of `CREATE USER`, `ALTER ROLE` and their like, as far as it was read. */
  #account: 'no' | 'verb' | 'yes' = 'no';
  #begun = false;
  #isAdmin = false;
  /** Of `CONNECT TO db USER bob USING x`. */
  #connects = false;
  #depth = 0;
  /** Depths of the brackets that hold the arguments of a function: a `FROM` there is one of them. */
  readonly #calls: number[] = [];
  #secret = false;
  #inList = false;
  #between = false;

  /** Notes the keyword or name at [at, end). */
  note(text: string, at: number, end: number): void {
    const word = TELLING_WORDS.find(text, at, end);
    const isFirst = !this.#begun;
    this.#begun = true;
    if (word === '') {
      this.#word = '';
      this.#between = false;
      this.#secret = false;
      return;
    }
    this.#between = word === 'between' || (word === 'and' && this.#word === 'between');
    if (word === 'identified') this.#identified = true;
    this.#secret = this.#identified && (word === 'by' || word === 'replace');
    if (isFirst) this.#isAdmin = ADMIN_WORDS.has(word);
    if (isFirst) this.#connects = word === 'connect';
    else if (this.#connects && word === 'using') this.#secret = true;
    // `SET PASSWORD FROM "old" TO 'new'`.
    if (this.#word === 'password' && this.#account === 'yes' && word === 'from') this.#secret = true;
    const isAccount = ACCOUNTS.has(word) || (word === 'system' && this.#word === 'alter');
    if (this.#account === 'verb' && isAccount) this.#account = 'yes';
    else if (isFirst) this.#account = VERBS.has(word) ? 'verb' : 'no';
    // Some databases take it without quotes: `ALTER USER system PASSWORD Manager1`.
    const takesPassword = this.#account === 'yes' || this.#isAdmin || this.#word === 'encryption';
    if (takesPassword && word === 'password') this.#secret = true;
    if (word === 'select' || word === 'delete') this.#endCall();
    this.#word = this.#isArgument(word) || (word === 'update' && !isFirst) ? '' : word;
    if (LIST_WORDS.has(word)) this.#inList = true;
    else if (CLAUSE_WORDS.has(word)) this.#inList = false;
  }

  /** Notes a bracket. @param previous the code of the character right before it. */
  open(previous: number): void {
    this.#depth += 1;
    if (WORD_ENDS[previous] === 1) this.#calls.push(this.#depth);
  }

  close(): void {
    this.#endCall();
    this.#depth -= 1;
  }

  #endCall(): void {
    if (this.#calls.at(-1) === this.#depth) this.#calls.pop();
  }

  /** `EXTRACT(YEAR FROM "x")`. */
  #isArgument(word: string): boolean {
    return word === 'from' && this.#calls.at(-1) === this.#depth;
  }

  /** Behind a word that a name of a table follows, and a dot. @param previous as in `dueForValue`. */
  dueForName(previous: number): boolean {
    const isAlias = this.#word === 'as' && !this.#identified;
    return previous === 0x2e || (WORD_ENDS[previous] === 1 && (isAlias || NAME_WORDS.has(this.#word)));
  }

  /** @param previous the code of the last character that is no white space; 0 when there is none. */
  dueForValue(previous: number): boolean {
    if (COMPARISONS[previous] === 1) return true;
    // Sequelize prints them behind the statement: `… WHERE "id" = $1; "x", 5`.
    if (previous === 0x3b) this.#inList = true;
    if (previous === 0x28 || previous === 0x2c || previous === 0x3b) return this.#inList;
    return WORD_ENDS[previous] === 1 && (this.#between || VALUE_WORDS.has(this.#word));
  }

  /** After `IDENTIFIED BY`, the `REPLACE` of such a password, and the `PASSWORD` of an account. */
  dueForSecret(): boolean {
    return this.#secret;
  }

  /** A literal was read. */
  noteValue(): void {
    this.#secret = false;
  }
}
