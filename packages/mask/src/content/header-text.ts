import type { ContentRules } from '../content-rules.js';
import { isMaskedValue } from './masked-value.js';
import { TextRewrite } from './text-rewrite.js';

/** Attributes of Set-Cookie (RFC 6265bis, 4.1.2), in lower case. */
const COOKIE_ATTRIBUTES: ReadonlySet<string> = new Set([
  'domain',
  'expires',
  'httponly',
  'max-age',
  'partitioned',
  'path',
  'priority',
  'samesite',
  'secure',
]);
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization']);

/**
 * Masks the value of an HTTP header. Credentials go whole, scheme included; of Cookie and Set-Cookie each value, while
 * cookie names and attributes stay; others by their name, else by what they hold.
 */
export function maskHeaderText(name: string, value: string, rules: ContentRules): string {
  if (isMaskedValue(value, rules)) return value;
  const lower = name.trim().toLowerCase().replaceAll('_', '-');
  if (lower === 'cookie' || lower === 'cookie2') return maskCookies(value, 0, rules);
  if (lower === 'set-cookie' || lower === 'set-cookie2') return maskCookies(value, 1, rules);
  const hit = rules.maskForName(name, 'header', value);
  if (hit !== undefined) return hit;
  return CREDENTIAL_HEADERS.has(lower) ? rules.mask : rules.maskText(value);
}

/** @param attributesFrom index of the first pair that may be an attribute; 0: a Cookie header has none. */
function maskCookies(value: string, attributesFrom: number, rules: ContentRules): string {
  const rewrite = new TextRewrite(value);
  let index = 0;
  for (let start = 0; start <= value.length; index += 1) {
    const end = pairEnd(value, start, attributesFrom > 0);
    const equals = value.slice(start, end).indexOf('=');
    const name = value.slice(start, equals < 0 ? end : start + equals).trim();
    const isAttribute =
      attributesFrom > 0 && index >= attributesFrom && COOKIE_ATTRIBUTES.has(name.toLowerCase());
    const valueStart = equals < 0 ? skipSpaces(value, start) : start + equals + 1;
    const cookie = value.slice(valueStart, end).trimEnd();
    if (!isAttribute && !isMaskedValue(cookie, rules)) {
      const hit = rules.maskForName(name, 'header', cookie) ?? rules.mask;
      rewrite.replace(valueStart, valueStart + cookie.length, hit);
    }
    start = end + 1;
  }
  return rewrite.toString();
}

/** At the next ';', or at a comma where a list of Set-Cookie headers was joined: the one in a date has no `name=` behind it. */
function pairEnd(value: string, start: number, joined: boolean): number {
  let comma = -1;
  for (let at = start; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code === 0x3b) return at;
    if (code === 0x2c && joined) comma = at;
    else if (code === 0x3d && comma >= start) return comma;
    else if (code === 0x20 && comma >= 0 && at > comma + 1) comma = -1;
  }
  return value.length;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}
