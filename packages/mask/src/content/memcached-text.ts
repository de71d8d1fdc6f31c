import type { ContentRules } from '../content-rules.js';
import { maskStoreKeys } from './redis-text.js';

/** A data block that was put on the line of its command: `set k 0 0 3 abc`. */
const BLOCK_ON_LINE =
  /^(\s{0,16}(?:(?:set|add|replace|append|prepend) \S{1,250}(?: -?\d{1,12}){3}|cas \S{1,250}(?: -?\d{1,20}){4}) )(?!noreply\b)\S.*$/is;

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
  return maskStoreKeys(command.replace(BLOCK_ON_LINE, '$1?'), rules);
}
