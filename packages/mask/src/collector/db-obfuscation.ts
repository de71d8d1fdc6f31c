import { maskRedisText } from '../content/redis-text.js';
import type { ContentRules } from '../content-rules.js';
import { EVERYWHERE } from '../scan/text-scan.js';
import { foldInsertedValues } from './inserted-values.js';
import { obfuscateJson } from './json-obfuscation.js';
import { obfuscateSql } from './sql-obfuscation.js';

/** The members of `db_sanitizer` that are databases, in the order in which the Collector tries them. */
export const databases = ['sql', 'redis', 'valkey', 'memcached', 'mongo', 'opensearch', 'es'] as const;
export type Database = (typeof databases)[number];

/** One database of `db_sanitizer` that is enabled. */
export interface DatabaseSanitizer {
  readonly database: Database;
  /** Keys of the attributes that it reads. */
  readonly attributes: ReadonlySet<string>;
}

const SYSTEMS: { readonly [database in Database]: ReadonlySet<string> } = {
  sql: new Set(['other_sql', 'mysql', 'postgresql', 'mariadb', 'sqlite']),
  redis: new Set(['redis']),
  valkey: new Set(['valkey']),
  memcached: new Set(['memcached']),
  mongo: new Set(['mongodb']),
  opensearch: new Set(['opensearch']),
  es: new Set(['elasticsearch']),
};

/** Nothing is a secret by its name here: the redaction processor's own lists judge names. */
const NO_RULES: ContentRules = {
  mask: '?',
  maskForName: () => undefined,
  mayMask: () => false,
  judgesWords: () => false,
  marksOf: () => EVERYWHERE,
  maskText: (value) => value,
};

/** Replaces what statements hold of values, as the `db_sanitizer` of the Collector's redaction processor does. */
export class DatabaseObfuscation {
  readonly #sanitizers: readonly DatabaseSanitizer[];
  readonly #withoutSystem: boolean;

  constructor(sanitizers: readonly DatabaseSanitizer[], withoutSystem: boolean) {
    this.#sanitizers = sanitizers;
    this.#withoutSystem = withoutSystem;
  }

  /** @param system lower case, or '' when the attributes name none: then only `allow_fallback_without_system` looks at it. */
  attribute(key: string, text: string, system: string): string {
    if (system === '' && !this.#withoutSystem) return text;
    let result = text;
    for (const { database, attributes } of this.#sanitizers) {
      if (!attributes.has(key) || (system !== '' && !SYSTEMS[database].has(system))) continue;
      result = obfuscate(database, result, system);
      if (database === 'sql') result = foldInsertedValues(result);
    }
    return result;
  }

  /** The name of a span, which can be the statement itself. */
  spanName(name: string, system: string): string {
    const own = this.#sanitizers.find(({ database }) => SYSTEMS[database].has(system));
    return own === undefined ? name : obfuscate(own.database, name, system);
  }
}

function obfuscate(database: Database, text: string, system: string): string {
  switch (database) {
    case 'sql':
      return obfuscateSql(text, system);
    case 'redis':
    case 'valkey':
      return trimLines(maskRedisText(text, NO_RULES));
    case 'memcached':
      // What is stored follows on the next line.
      return (text.split(/\r?\n/, 1)[0] ?? '').trim();
    default:
      return obfuscateJson(text);
  }
}

/** One command on a line, one blank between words that are not quoted. */
function trimLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const joined = lines.filter((line) => line !== '').join('\n');
  return joined.includes('"') ? joined : joined.replace(/[ \t]+/g, ' ');
}
