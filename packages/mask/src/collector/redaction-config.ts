import type { HashFunction } from './redaction-hash.js';

/** One database of `db_sanitizer`. */
export interface DatabaseSanitizerConfig {
  readonly enabled?: boolean;
  /** Keys of the attributes that hold its statements. */
  readonly attributes?: readonly string[];
}

/**
 * The configuration of the OpenTelemetry Collector's redaction processor, with the names of its YAML. What it does to
 * attributes and span names is done here in the same order: ignored keys, keys that are not allowed (deleted), allowed
 * values, blocked keys, blocked values, URLs, statements.
 */
export interface RedactionConfig {
  /** Default false: attributes whose key is not in `allowed_keys` are deleted. */
  readonly allow_all_keys?: boolean;
  readonly allowed_keys?: readonly string[];
  readonly ignored_keys?: readonly string[];
  /** Regular expressions on keys; case matters. */
  readonly ignored_key_patterns?: readonly string[];
  /** Regular expressions on keys; values under them are masked whole. */
  readonly blocked_key_patterns?: readonly string[];
  /** Regular expressions on values; what they match is masked. */
  readonly blocked_values?: readonly string[];
  /** Regular expressions on values; where one matches, the whole attribute stays, blocked or not. */
  readonly allowed_values?: readonly string[];
  /** Default false: only text is looked at. */
  readonly redact_all_types?: boolean;
  /** Default: `****` instead of a digest. */
  readonly hash_function?: '' | HashFunction;
  /** At least 32 bytes for `hmac-sha256`, 64 for `hmac-sha512`. */
  readonly hmac_key?: string;
  /** Attributes that tell what was done: `debug` with keys, `info` with counts. Default: none. */
  readonly summary?: '' | 'debug' | 'info' | 'silent';
  readonly url_sanitizer?: {
    readonly enabled?: boolean;
    readonly attributes?: readonly string[];
    /** Default true. */
    readonly sanitize_span_name?: boolean;
  };
  readonly db_sanitizer?: {
    readonly sql?: DatabaseSanitizerConfig;
    readonly redis?: DatabaseSanitizerConfig;
    readonly valkey?: DatabaseSanitizerConfig;
    readonly memcached?: DatabaseSanitizerConfig;
    readonly mongo?: DatabaseSanitizerConfig;
    readonly opensearch?: DatabaseSanitizerConfig;
    readonly es?: DatabaseSanitizerConfig;
    /** Default true. */
    readonly sanitize_span_name?: boolean;
    /** Default false: without `db.system` no statement is looked at. */
    readonly allow_fallback_without_system?: boolean;
  };
}
