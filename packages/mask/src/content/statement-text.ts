import type { ContentRules } from '../content-rules.js';
import { maskMemcachedText } from './memcached-text.js';
import { maskQueryJson } from './query-json.js';
import { maskRedisText } from './redis-text.js';
import { isSqlSystem } from './sql-dialect.js';
import { maskSqlText } from './sql-text.js';

const REDIS: ReadonlySet<string> = new Set(['redis', 'valkey', 'keydb', 'dragonfly']);
/** Their queries are JSON, or objects of JavaScript in a call. */
const DOCUMENTS: ReadonlySet<string> = new Set(
  'mongodb documentdb aws.documentdb elasticsearch opensearch couchdb dynamodb aws.dynamodb rethinkdb meilisearch'.split(
    ' ',
  ),
);
const JSON_START = /^\s{0,64}(?:\{\s{0,16}(?:["'$\w.]{1,64}["'\w]?\s{0,16}:|\}|$)|\[\s{0,16}(?:[{"'\]]|$))/;

/** Commands of Redis as they are sent. */
const WIRE = /^\s{0,16}\*\d{1,6}(?:\r?\n|\\r\\n)\$\d/;

/** What is read as more than literals and words: comments, documents, and addresses. */
const MORE_THAN_SQL = /--|\/\*|#|^\s*[{[]|:\/\//;

/**
 * Whether a masked statement would come out of `maskStatementText` as it is, when this holds for it and for what it was. Of SQL,
 * every literal became a `?`, which is none, and joins nothing that was apart; what stood in a comment can stand in none now.
 */
export function isSettledStatement(text: string, system: string | undefined): boolean {
  return isSqlSystem(system) && !MORE_THAN_SQL.test(text);
}

/**
 * Masks a statement sent to a database by what the database speaks: SQL, Redis, memcached, JSON.
 *
 * @param system `db.system.name` or `db.system` in lower case; undefined: by the look of the statement.
 */
export function maskStatementText(text: string, system: string | undefined, rules: ContentRules): string {
  if (system === undefined ? WIRE.test(text.slice(0, 48)) : REDIS.has(system))
    return maskRedisText(text, rules);
  if (system === 'memcached') return maskMemcachedText(text, rules);
  if (JSON_START.test(text.slice(0, 256))) return maskQueryJson(text, rules);
  // What else such a statement holds, a URL for one, is text.
  if (system !== undefined && DOCUMENTS.has(system)) return rules.maskText(maskQueryJson(text, rules));
  return maskSqlText(text, system === undefined ? {} : { dialect: system }, rules);
}
