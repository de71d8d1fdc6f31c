import type { ContentRules } from '../content-rules.js';
import { maskStoreKeys } from './redis-text.js';

/**
 * Masks a command of memcached's text protocol: the data block below the command line goes, the command, its key, flags and
 * times stay. A secret in a key is masked as in a key of Redis.
 *
 * @param text attacker-controlled.
 */
export function maskMemcachedText(text: string, rules: ContentRules): string {
  const start = text.search(/\S/);
  if (start < 0) return text;
  const newline = text.indexOf('\n', start);
  const command = newline < 0 || text.slice(newline).trim() === '' ? text : text.slice(0, newline).trimEnd();
  return maskStoreKeys(command, rules);
}
