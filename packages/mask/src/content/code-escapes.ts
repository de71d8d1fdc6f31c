import type { ContentRules } from '../content-rules.js';

/** Words of which one is in every text that concerns the reader; a digit stands for any. */
export const ESCAPE_WORDS: readonly string[] = ['\\x00', '\\u0000'];

/** A quote, or the sign of an address. */
const PARTING = /(?<!\\)\\(?:x|u00)(?:22|27|40)/;
const ESCAPE = /(?<!\\)\\(?:x|u00)([2-7][0-9A-Fa-f])/g;
/** What parts a stretch that was escaped from one that was not. */
const STRETCH = /[^"'\n]{1,65536}/g;

/**
 * Masks what was escaped as servers and programs write it into a log (`{\x22password\x22:\x22x\x22}`, `{\u0022password\u0022:…}`):
 * each stretch between quotes is read decoded, and escaped again, each character in the way in which it was. What holds nothing to
 * mask comes back as it came.
 *
 * @param text attacker-controlled.
 */
export function maskCodeEscapes(text: string, rules: ContentRules): string {
  return PARTING.test(text) ? text.replace(STRETCH, (stretch) => maskStretch(stretch, rules)) : text;
}

function maskStretch(stretch: string, rules: ContentRules): string {
  if (!PARTING.test(stretch)) return stretch;
  const spellings = new Map<string, string>();
  const decoded = stretch.replace(ESCAPE, (spelled: string, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    if (!spellings.has(character)) spellings.set(character, spelled);
    return character;
  });
  const masked = rules.maskText(decoded);
  if (masked === decoded) return stretch;
  // A character that stood there as itself, too, comes back as itself.
  for (const character of spellings.keys()) if (stretch.includes(character)) spellings.delete(character);
  let out = '';
  for (const character of masked) out += spellings.get(character) ?? character;
  return out;
}
