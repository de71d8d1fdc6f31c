/** Words before a value: `LIKE "x"`, `BETWEEN "a" AND "b"`. */
const VALUE_WORDS: ReadonlySet<string> = new Set(
  'like ilike rlike glob regexp match similar between then else when escape values in interval date timestamp'.split(
    ' ',
  ),
);
/** A list of values begins. */
const LIST_WORDS: ReadonlySet<string> = new Set(['values', 'value', 'in']);
/** A list of values has ended. */
const CLAUSE_WORDS: ReadonlySet<string> = new Set(
  'select from where returning on order group join limit set output'.split(' '),
);

/** Follows the words of a SQL statement, and says where a value or a password is due. */
export class SqlPlaces {
  #word = '';
  /** After `IDENTIFIED`. */
  #identified = false;
  #secret = false;
  #inList = false;
  #between = false;

  /** @param word a keyword or name, in lower case. */
  note(word: string): void {
    this.#between = word === 'between' || (word === 'and' && this.#word === 'between');
    if (word === 'identified') this.#identified = true;
    this.#secret = this.#identified && (word === 'by' || word === 'replace');
    this.#word = word;
    if (LIST_WORDS.has(word)) this.#inList = true;
    else if (CLAUSE_WORDS.has(word)) this.#inList = false;
  }

  /** @param previous the last character that is no white space. */
  dueForValue(previous: string): boolean {
    if (previous === '') return false;
    if ('=<>~'.includes(previous)) return true;
    if (previous === '(' || previous === ',') return this.#inList;
    return /\w/.test(previous) && (this.#between || VALUE_WORDS.has(this.#word));
  }

  /** After `IDENTIFIED BY`, and after the `REPLACE` of such a password. */
  dueForSecret(): boolean {
    return this.#secret;
  }

  /** A literal was read. */
  noteValue(): void {
    this.#secret = false;
  }
}
