/** '%'. */
export const SIGN_PERCENT: number = 1 << 0;
/** '<'. */
export const SIGN_ANGLE: number = 1 << 1;
/** A single, double or back quote. */
export const SIGN_QUOTE: number = 1 << 2;
/** '=', '(', '_' or '@'. */
export const SIGN_PAIR: number = 1 << 3;
/** '['. */
export const SIGN_BRACKET: number = 1 << 4;
/** A dash before a letter or a dash, at the beginning of a word. */
export const SIGN_OPTION: number = 1 << 5;
/** Three digits in a row. */
export const SIGN_CODE: number = 1 << 6;
/** Anything but words of letters and the punctuation of a sentence. */
export const SIGN_ODD: number = 1 << 7;

const LOWER = 1 << 8;
const UPPER = 1 << 9;
const PLAIN = 1 << 10;
const DIGIT = SIGN_CODE;

const SIGNS: Uint16Array = new Uint16Array(128).fill(SIGN_ODD);
for (const [characters, sign] of [
  ['abcdefghijklmnopqrstuvwxyz', LOWER],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', UPPER],
  [' \n\t,.;!?', PLAIN],
  ['%', SIGN_PERCENT | SIGN_ODD],
  ['<', SIGN_ANGLE | SIGN_ODD],
  ['"\'`', SIGN_QUOTE | SIGN_ODD],
  ['=(_@', SIGN_PAIR | SIGN_ODD],
  ['[', SIGN_BRACKET | SIGN_ODD],
  ['-', SIGN_OPTION | SIGN_ODD],
  ['0123456789', DIGIT],
] as const) {
  for (const character of characters) SIGNS[character.charCodeAt(0)] = sign;
}
const CODE_DIGITS = 3;

/** The signs of forms that a text holds, found in one pass: most texts have few, and few readers need to look at them. */
export function textSigns(text: string): number {
  let signs = 0;
  let digits = 0;
  let previous = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = SIGNS[text.charCodeAt(at)] ?? SIGN_ODD;
    if (sign === DIGIT) {
      digits += 1;
      signs |= digits === CODE_DIGITS ? SIGN_CODE | SIGN_ODD : SIGN_ODD;
    } else {
      digits = 0;
      // A capital inside of a word: a secret may look like that.
      if (sign === UPPER && previous === LOWER) signs |= SIGN_ODD;
      else if (sign === (SIGN_OPTION | SIGN_ODD)) signs |= dashSigns(text, at);
      else signs |= sign & (LOWER - 1);
    }
    previous = sign;
  }
  return signs;
}

function dashSigns(text: string, at: number): number {
  if (at > 0 && text.charCodeAt(at - 1) > 0x20) return SIGN_ODD;
  const next = at + 1 < text.length ? SIGNS[text.charCodeAt(at + 1)] : SIGN_ODD;
  const opens = next === LOWER || next === UPPER || text[at + 1] === '-';
  return opens ? SIGN_OPTION | SIGN_ODD : SIGN_ODD;
}
