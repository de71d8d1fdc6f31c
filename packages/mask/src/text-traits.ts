/** '@', also as `%40`. */
export const TRAIT_AT: number = 1 << 0;
/** '=', also as `%3D`. */
export const TRAIT_EQUALS: number = 1 << 1;
/** ':', also as `%3A`. */
export const TRAIT_COLON: number = 1 << 2;
/** '://'. */
export const TRAIT_SCHEME: number = 1 << 3;
/** Nine or more digits, with at most two separators between any two of them. */
export const TRAIT_DIGITS: number = 1 << 4;
/** '{' or '['. */
export const TRAIT_BRACKET: number = 1 << 5;
/** A single, double or back quote. */
export const TRAIT_QUOTE: number = 1 << 6;
/** 'eyJ', base64 of `{"`. */
export const TRAIT_JWT: number = 1 << 7;
/** A word of at least 14 token characters: shorter than every token format, cut off or not. */
export const TRAIT_LONG_WORD: number = 1 << 8;
/** Five dashes in a row. */
export const TRAIT_DASHES: number = 1 << 9;
/** '%'. */
export const TRAIT_PERCENT: number = 1 << 10;
/** White space. */
export const TRAIT_SPACE: number = 1 << 11;
/** '/'. */
export const TRAIT_SLASH: number = 1 << 12;
/** '<'. */
export const TRAIT_ANGLE: number = 1 << 13;
/** '?'. */
export const TRAIT_QUESTION: number = 1 << 14;

const LONG_WORD = 14;
const DIGIT_RUN = 9;
const DASH_RUN = 5;
const MAX_GAP = 2;

const LETTER = 1;
const DIGIT = 2;
const WORD_MARK = 3;

const KINDS: Uint8Array = characterKinds();
const MARKS: Int32Array = characterMarks();

function characterKinds(): Uint8Array {
  const kinds = new Uint8Array(128);
  for (let code = 0; code < 26; code += 1) {
    kinds[0x41 + code] = LETTER;
    kinds[0x61 + code] = LETTER;
  }
  for (let code = 0x30; code <= 0x39; code += 1) kinds[code] = DIGIT;
  for (const mark of '_.~+=/-') kinds[mark.charCodeAt(0)] = WORD_MARK;
  return kinds;
}

function characterMarks(): Int32Array {
  const marks = new Int32Array(128);
  const set = (characters: string, trait: number): void => {
    for (const character of characters) marks[character.charCodeAt(0)] = trait;
  };
  set('@', TRAIT_AT);
  set('=', TRAIT_EQUALS);
  set(':', TRAIT_COLON);
  set('{[', TRAIT_BRACKET);
  set('"\'`', TRAIT_QUOTE);
  set('%', TRAIT_PERCENT);
  set(' \t\n\r\v\f', TRAIT_SPACE);
  set('/', TRAIT_SLASH);
  set('<', TRAIT_ANGLE);
  set('?', TRAIT_QUESTION);
  return marks;
}

const DIGIT_SEPARATORS = ' -.+()/%\u00a0';

/** What a text holds, as `TRAIT_…` bits, found in one pass: clean text skips every detector and reader. */
export function textTraits(text: string): number {
  let traits = 0;
  let digits = 0;
  let gap = 0;
  let word = 0;
  let dashes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = KINDS[code];
    if (kind === DIGIT) {
      gap = 0;
      if (++digits >= DIGIT_RUN) traits |= TRAIT_DIGITS;
    } else if (kind === LETTER) {
      digits = 0;
      if (code === 0x4a && text.startsWith('ey', at - 2) && at >= 2) traits |= TRAIT_JWT;
    } else {
      if (digits > 0 && (++gap > MAX_GAP || !DIGIT_SEPARATORS.includes(text[at] ?? ''))) digits = 0;
      traits |= markTraits(text, at, code);
    }
    dashes = code === 0x2d ? dashes + 1 : 0;
    if (dashes === DASH_RUN) traits |= TRAIT_DASHES;
    word = kind ? word + 1 : 0;
    if (word === LONG_WORD) traits |= TRAIT_LONG_WORD;
  }
  return traits;
}

function markTraits(text: string, at: number, code: number): number {
  const trait = MARKS[code] ?? 0;
  if (trait === TRAIT_PERCENT) return trait | escapeTraits(text, at);
  if (trait === TRAIT_COLON && text.startsWith('//', at + 1)) return trait | TRAIT_SCHEME;
  if (trait === 0 && code >= 0x80 && /\s/.test(text[at] ?? '')) return TRAIT_SPACE;
  return trait;
}

function escapeTraits(text: string, at: number): number {
  if (text.startsWith('40', at + 1)) return TRAIT_AT;
  if (text.charCodeAt(at + 1) !== 0x33) return 0;
  const low = text.charCodeAt(at + 2) | 0x20;
  if (low === 0x64) return TRAIT_EQUALS;
  return low === 0x61 ? TRAIT_COLON : 0;
}
