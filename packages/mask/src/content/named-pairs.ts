import type { ContentRules } from '../content-rules.js';
import { decodePercent } from './percent-decoding.js';

const PAIR =
  /(?<![\w.%~+$[\]-])([\w.%~+$[\]-]{1,256})[ \t]{0,4}[=:][ \t]{0,4}(?:"([^"]*)"|'([^']*)'|([^\s&;,#"'<>]+))/g;

/**
 * Masks what the key rules hit in `name=value` and `name: value` pairs (query strings, forms, assignments), and nothing
 * else: for policies that say themselves what is a secret. One pass; the time is linear in the text (attacker-controlled).
 */
export function maskNamedPairs(text: string, rules: ContentRules): string {
  let out = '';
  let copied = 0;
  const pairs = new RegExp(PAIR);
  for (let found = pairs.exec(text); found !== null; found = pairs.exec(text)) {
    const [whole, name = '', double, single, bare] = found;
    const quoted = double ?? single;
    const value = quoted ?? bare ?? '';
    const end = found.index + whole.length - (quoted === undefined ? 0 : 1);
    const start = end - value.length;
    const masked = value === '' ? undefined : rules.maskForName(decodePercent(name), 'assignment', value);
    // Without a hit the value is read on: it may hold pairs itself.
    pairs.lastIndex = masked === undefined ? start : end;
    if (masked === undefined || masked === value) continue;
    out += text.slice(copied, start) + masked;
    copied = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}
