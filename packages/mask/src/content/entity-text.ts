import type { ContentRules } from '../content-rules.js';

const ENTITY = /&(?:quot|apos|lt|gt|amp|#0{0,4}\d{1,3}|#[xX]0{0,4}[0-9A-Fa-f]{1,2});/g;
const NAMED: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
]);

/**
 * What parts a stretch that was escaped from markup that was not; JSON goes on over its lines. `&amp;` alone parts parameters, as
 * `&` does.
 */
const STRETCH = /[^<>"'\n]{1,65536}(?:\n[^<>"'\n]{1,65536}){0,512}/g;
const PARTING = /&(?:quot|apos|lt|#[xX]?[0-9A-Fa-f]{1,6});/;
const BARE_AMPERSAND = /&(?!(?:quot|apos|lt|gt|amp|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});)/;

/**
 * Masks what was escaped for HTML or XML (`&quot;password&quot;:&quot;x&quot;`): each stretch between quotes and tags is read
 * decoded, and escaped again, each character in the way in which it was. What holds nothing to mask comes back as it came.
 *
 * @param text attacker-controlled.
 */
export function maskEntities(text: string, rules: ContentRules): string {
  return PARTING.test(text) ? text.replace(STRETCH, (stretch) => maskStretch(stretch, rules)) : text;
}

function maskStretch(stretch: string, rules: ContentRules): string {
  // A character that stands there in two ways cannot be put back.
  if (!PARTING.test(stretch) || BARE_AMPERSAND.test(stretch)) return stretch;
  const spellings = new Map<string, string>();
  const decoded = stretch.replace(ENTITY, (entity) => {
    const character = decode(entity.slice(1, -1));
    if (!spellings.has(character)) spellings.set(character, entity);
    return character;
  });
  const masked = decoded === stretch ? decoded : rules.maskText(decoded);
  if (masked === decoded) return stretch;
  let out = '';
  for (const character of masked) out += spellings.get(character) ?? character;
  return out;
}

function decode(entity: string): string {
  if (entity[0] !== '#') return NAMED.get(entity) ?? entity;
  const isHex = entity[1] === 'x' || entity[1] === 'X';
  return String.fromCharCode(Number.parseInt(entity.slice(isHex ? 2 : 1), isHex ? 16 : 10));
}
