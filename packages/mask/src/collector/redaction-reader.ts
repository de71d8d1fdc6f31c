import type { FaultList } from '../fault-list.js';
import { compilePattern, type LinearPattern } from '../linear-pattern.js';
import type { CompiledRedaction } from './compiled-redaction.js';
import { databases } from './db-obfuscation.js';
import type { RedactionConfig } from './redaction-config.js';
import { createDigest, hmacKeyLengths } from './redaction-hash.js';
import { summaryKeys } from './redaction-summary.js';

/**
 * Compiles a configuration of the redaction processor of which every part has its right kind; elements that had not are
 * undefined.
 */
export function compileRedaction(
  config: RedactionConfig,
  path: string,
  faults: FaultList,
): CompiledRedaction {
  const patterns = (name: PatternList): LinearPattern[] =>
    (config[name] ?? []).flatMap((source, index) => {
      const pattern = source === undefined ? undefined : compilePattern(source, { ignoreCase: false });
      if (pattern !== undefined && !('reason' in pattern)) return pattern;
      if (pattern !== undefined)
        faults.addReason(`${path}${path === '' ? '' : '.'}${name}[${index}]`, EXPECTED, pattern.reason);
      return [];
    });
  const { url_sanitizer: urls = {}, db_sanitizer: statements = {}, summary } = config;
  return {
    allowedKeys:
      config.allow_all_keys === true ? undefined : new Set([...(config.allowed_keys ?? []), ...summaryKeys]),
    ignoredKeys: new Set(config.ignored_keys),
    ignoredKeyPatterns: patterns('ignored_key_patterns'),
    blockedKeyPatterns: patterns('blocked_key_patterns'),
    blockedValues: patterns('blocked_values'),
    allowedValues: patterns('allowed_values'),
    allTypes: config.redact_all_types === true,
    mask: readMask(config, path === '' ? 'hmac_key' : `${path}.hmac_key`, faults),
    summary: summary === 'debug' || summary === 'info' ? summary : 'none',
    urls:
      urls.enabled === true
        ? { attributes: new Set(urls.attributes), spanNames: urls.sanitize_span_name !== false }
        : undefined,
    statements: {
      sanitizers: databases.flatMap((database) => {
        const own = statements[database];
        return own?.enabled === true ? { database, attributes: new Set(own.attributes) } : [];
      }),
      spanNames: statements.sanitize_span_name !== false,
      withoutSystem: statements.allow_fallback_without_system === true,
    },
  };
}

type PatternList = 'ignored_key_patterns' | 'blocked_key_patterns' | 'blocked_values' | 'allowed_values';
const EXPECTED = 'a regular expression for a linear-time engine';

function readMask(
  { hash_function: name = '', hmac_key: key = '' }: RedactionConfig,
  at: string,
  faults: FaultList,
): CompiledRedaction['mask'] {
  if (name === '') return () => '****';
  const shortest = hmacKeyLengths[name] ?? 0;
  if (key.startsWith('${')) {
    faults.addReason(at, 'the key itself', 'a reference to a variable');
  } else if (Buffer.byteLength(key) < shortest) {
    faults.addReason(at, `a key of at least ${shortest} bytes`, key === '' ? 'none' : 'a shorter key');
  }
  return createDigest(name, key);
}
