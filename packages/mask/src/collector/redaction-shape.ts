import type { FlagShape, RecordShape, Shape, TextShape, WordShape } from '../policy-shape.js';
import { type Database, databases } from './db-obfuscation.js';
import type { DatabaseSanitizerConfig, RedactionConfig } from './redaction-config.js';
import { hashFunctions } from './redaction-hash.js';

type Members<T> = { readonly [M in keyof Required<T>]: Shape };

const text = (about: string): TextShape => ({ is: 'text', mayBeEmpty: true, expected: 'a string', about });
const pattern = (about: string): TextShape => ({ is: 'text', expected: 'a regular expression', about });
const flag = (about: string, otherwise = false): FlagShape => ({ is: 'flag', otherwise, about });
const word = (words: readonly string[], about: string): WordShape => ({ is: 'word', words, about });
const list = (of: Shape, about: string): Shape => ({ is: 'list', of, about });
const keys = (about: string): Shape => list(text('A key.'), about);
const patterns = (about: string): Shape => list(pattern('A regular expression; case matters.'), about);

const database: Members<DatabaseSanitizerConfig> = {
  enabled: flag('Whether its statements are looked at.'),
  attributes: keys('Attributes that hold statements.'),
};
const spanNames = flag('Whether names of spans are sanitised too.', true);
const databaseShapes = Object.fromEntries(
  databases.map((name): readonly [Database, RecordShape] => [
    name,
    { is: 'record', members: database, about: `Statements of ${name}.` },
  ]),
);

const members: Members<RedactionConfig> = {
  allow_all_keys: flag('Attributes stay whose key is not in allowed_keys.'),
  allowed_keys: keys('Keys of attributes that stay.'),
  ignored_keys: keys('Keys of attributes that are not looked at.'),
  ignored_key_patterns: patterns('Keys of attributes that are not looked at.'),
  blocked_key_patterns: patterns('Keys of attributes that are masked.'),
  blocked_values: patterns('What is masked in values.'),
  allowed_values: patterns('Values that stay as a whole.'),
  redact_all_types: flag('Values that are no text are looked at, too.'),
  hash_function: word(['', ...hashFunctions], 'Digest that stands for what is masked.'),
  hmac_key: text('Key of the hmac functions.'),
  summary: word(['', 'debug', 'info', 'silent'], 'Attributes that tell what was done.'),
  url_sanitizer: {
    is: 'record',
    members: {
      enabled: flag('Whether URLs are looked at.'),
      attributes: keys('Attributes that hold URLs.'),
      sanitize_span_name: spanNames,
    } satisfies Members<NonNullable<RedactionConfig['url_sanitizer']>>,
    about: 'Segments of paths that are no words become stars.',
  },
  db_sanitizer: {
    is: 'record',
    members: {
      ...databaseShapes,
      sanitize_span_name: spanNames,
      allow_fallback_without_system: flag('Statements are looked at without db.system, too.'),
    },
    about: 'Values in statements become question marks.',
  },
};

/** The configuration of the Collector's redaction processor. */
export const redactionShape: RecordShape = {
  is: 'record',
  members,
  about: "A configuration of the OpenTelemetry Collector's redaction processor. It is done before the rest.",
};
