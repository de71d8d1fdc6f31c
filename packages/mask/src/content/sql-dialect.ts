/** How a database quotes; what is unknown is read so that more counts as a literal. */
export interface SqlDialect {
  /** Double quotes hold identifiers (ISO 9075); in between: literals where a comparison stands before (SQLite). */
  readonly doubleQuotes: 'identifier' | 'literal' | 'either';
  /** A backslash escapes a quote in every string. */
  readonly backslashEscapes: boolean;
  /** `#` begins a comment. */
  readonly hashComments: boolean;
  /** `[name]` is an identifier. */
  readonly brackets: boolean;
  readonly dollarQuotes: boolean;
}

const UNKNOWN: SqlDialect = {
  doubleQuotes: 'literal',
  backslashEscapes: false,
  hashComments: false,
  brackets: false,
  dollarQuotes: true,
};
const POSTGRESQL: SqlDialect = { ...UNKNOWN, doubleQuotes: 'identifier' };
const MYSQL: SqlDialect = { ...UNKNOWN, backslashEscapes: true, hashComments: true, dollarQuotes: false };
const SQLITE: SqlDialect = { ...UNKNOWN, doubleQuotes: 'either', dollarQuotes: false };
const MSSQL: SqlDialect = { ...UNKNOWN, doubleQuotes: 'either', brackets: true, dollarQuotes: false };
const ANSI: SqlDialect = { ...UNKNOWN, doubleQuotes: 'identifier', dollarQuotes: false };

/** By `db.system.name` and the older `db.system`. */
const DIALECTS: ReadonlyMap<string, SqlDialect> = new Map([
  ['postgresql', POSTGRESQL],
  ['postgres', POSTGRESQL],
  ['pg', POSTGRESQL],
  ['cockroachdb', POSTGRESQL],
  ['aws.redshift', POSTGRESQL],
  ['redshift', POSTGRESQL],
  ['mysql', MYSQL],
  ['mariadb', MYSQL],
  ['sqlite', SQLITE],
  ['microsoft.sql_server', MSSQL],
  ['mssql', MSSQL],
  ['oracle.db', ANSI],
  ['oracle', ANSI],
  ['ibm.db2', ANSI],
  ['db2', ANSI],
  ['cassandra', { ...ANSI, dollarQuotes: true }],
  ['h2database', ANSI],
  ['h2', ANSI],
  ['hsqldb', ANSI],
  ['derby', ANSI],
  ['firebirdsql', ANSI],
  ['trino', ANSI],
  ['presto', ANSI],
  ['athena', ANSI],
  ['vertica', ANSI],
  ['netezza', ANSI],
  ['duckdb', POSTGRESQL],
  ['timescaledb', POSTGRESQL],
  ['yugabytedb', POSTGRESQL],
  ['greenplum', POSTGRESQL],
  ['sap.hana', ANSI],
  ['hanadb', ANSI],
  ['teradata', ANSI],
  ['snowflake', { ...ANSI, backslashEscapes: true, dollarQuotes: true }],
  ['clickhouse', { ...ANSI, backslashEscapes: true }],
  ['other_sql', UNKNOWN],
  ['ansi', ANSI],
]);

/** A statement that stands in a message: nobody knows of which database. */
export const embeddedDialect: SqlDialect = { ...UNKNOWN, doubleQuotes: 'either' };

/** The quoting of a database; of one that speaks no SQL, that of an unknown one. */
export function sqlDialect(system: string | undefined): SqlDialect {
  return DIALECTS.get(system?.toLowerCase() ?? '') ?? UNKNOWN;
}

/** Whether a database is known to speak SQL. */
export function isSqlSystem(system: string | undefined): boolean {
  return DIALECTS.has(system?.toLowerCase() ?? '');
}
