import type { ContentRules } from '../content-rules.js';

const ENTITY = /&(?:quot|apos|lt|gt|amp|#0{0,4}\d{1,3}|#[xX]0{0,4}[0-9A-Fa-f]{1,2});/g;
const NAMED: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
]);

/** Whether a text has references to characters that part names from values. `&amp;` alone parts parameters, as `&` does. */
function hasEntities(text: string): boolean {
  return /&(?:quot|apos|lt|#[xX]?[0-9A-Fa-f]{1,6});/.test(text);
}

/**
 * Masks text that was escaped for HTML or XML as a whole (`&quot;password&quot;:&quot;x&quot;`): read decoded, and escaped
 * again, each character in the way in which it was. What holds nothing to mask comes back as it came.
 *
 * @param text attacker-controlled.
 */
export function maskEntities(text: string, rules: ContentRules): string {
  if (!hasEntities(text)) return text;
  const spellings = new Map<string, string>();
  const decoded = text.replace(ENTITY, (entity) => {
    const character = decode(entity.slice(1, -1));
    if (!spellings.has(character)) spellings.set(character, entity);
    return character;
  });
  if (decoded === text) return text;
  const masked = rules.maskText(decoded);
  if (masked === decoded) return text;
  let out = '';
  for (const character of masked) out += spellings.get(character) ?? character;
  return out;
}

function decode(entity: string): string {
  if (entity[0] !== '#') return NAMED.get(entity) ?? entity;
  const isHex = entity[1] === 'x' || entity[1] === 'X';
  return String.fromCharCode(Number.parseInt(entity.slice(isHex ? 2 : 1), isHex ? 16 : 10));
}
