import { propertyRanges } from './unicode-property.js';

/** Why a pattern is refused. `reason` has nothing of the pattern's text in it. */
export interface Refusal {
  readonly reason: string;
}

/** A piece of a pattern in the engine's spelling, and how much of the pattern it takes. */
export interface PatternPiece {
  readonly text: string;
  readonly length: number;
  /** True when it stands for a set of characters, so that it cannot be the end of a range. */
  readonly isSet?: boolean;
}

const BACK_REFERENCE: Refusal = { reason: 'a back-reference, which no linear-time engine can do' };
/** White space as JavaScript has it; the engine's own `\s` is ASCII. */
const SPACE =
  '\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const NO_SPACE =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
/** Escapes outside of classes that only some languages have. */
const SINGLE: ReadonlyMap<string, string> = new Map([
  ['A', '\\A'],
  ['z', '\\z'],
  // Before a line break at the end in Java, .NET and PCRE, at the very end in Python.
  ['Z', '(?:\\n?\\z)'],
  ['R', '(?:\\r\\n|[\\n-\\r\\x{85}\\x{2028}\\x{2029}])'],
  ['b', '\\b'],
  ['B', '\\B'],
]);
/** Sets of characters, as they stand inside of a class. */
const SETS: ReadonlyMap<string, string> = new Map([
  ['d', '\\d'],
  ['D', '\\D'],
  ['w', '\\w'],
  ['W', '\\W'],
  ['s', SPACE],
  ['S', NO_SPACE],
]);
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['t', '\\t'],
  ['n', '\\n'],
  ['r', '\\r'],
  ['f', '\\f'],
  ['v', '\\v'],
  ['a', '\\x{7}'],
  ['e', '\\x{1b}'],
  ['E', ''],
]);

/** The escape that begins at an offset outside of a class. */
export function escapeOf(source: string, index: number): PatternPiece | Refusal {
  const next = source[index + 1] ?? '';
  if (/[1-9]/.test(next)) return BACK_REFERENCE;
  if (next === 'k' && /^[<{']/.test(source.slice(index + 2, index + 3))) return BACK_REFERENCE;
  if (next === 'g' && /^[<{'\d-]/.test(source.slice(index + 2, index + 3))) return BACK_REFERENCE;
  const single = SINGLE.get(next);
  if (single !== undefined) return { text: single, length: 2 };
  const escaped = classEscape(source, index);
  return 'isSet' in escaped && escaped.isSet === true ? { ...escaped, text: `[${escaped.text}]` } : escaped;
}

/** The escape that begins at an offset inside of a class, written so that it can stand there. */
export function classEscape(source: string, index: number): PatternPiece | Refusal {
  const next = source[index + 1];
  if (next === undefined) return { reason: 'no valid regular expression (trailing backslash)' };
  const set = SETS.get(next);
  if (set !== undefined) return { text: set, length: 2, isSet: true };
  const character = CHARACTERS.get(next);
  if (character !== undefined) return { text: character, length: 2 };
  if (next === 'b') return { text: '\\x{8}', length: 2 };
  if (next === 'p' || next === 'P') return property(source, index);
  if (next === 'Q') return quotation(source, index);
  const numbered = NUMBERED.exec(source.slice(index, index + 16));
  if (numbered !== null) return codePoint(numbered);
  // JavaScript reads an unfinished one as its letter.
  if (/[xuck]/.test(next) || !/[A-Za-z0-9]/.test(next)) return { text: literal(next), length: 2 };
  return { reason: 'an escape of unknown meaning, or that languages read differently' };
}

const NUMBERED =
  /^\\(?:x\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|0([0-7]{0,2})|c([A-Za-z]))/i;

function codePoint([whole, braced, short, high, low, unit, long, octal, control]: readonly (
  | string
  | undefined
)[]): PatternPiece {
  const hex = braced ?? short ?? unit ?? long;
  let code = Number.parseInt(hex ?? '0', 16);
  if (high !== undefined && low !== undefined) code = surrogates(high, low);
  else if (octal !== undefined) code = Number.parseInt(octal === '' ? '0' : octal, 8);
  else if (control !== undefined) code = control.toUpperCase().charCodeAt(0) - 64;
  return { text: `\\x{${code.toString(16)}}`, length: whole?.length ?? 2 };
}

function surrogates(high: string, low: string): number {
  return String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)).codePointAt(0) ?? 0;
}

function property(source: string, index: number): PatternPiece | Refusal {
  const name = /^\\[pP](?:\{(\^?)([\w=& ]{1,64})\}|([A-Z]))/.exec(source.slice(index, index + 72));
  const ranges =
    name === null
      ? undefined
      : propertyRanges(name[2] ?? name[3] ?? '', (source[index + 1] === 'P') !== (name[1] === '^'));
  if (name === null || ranges === undefined) return { reason: 'a Unicode property of unknown name' };
  return { text: ranges, length: name[0].length, isSet: true };
}

/** `\Q…\E`, or to the end of the pattern. */
function quotation(source: string, index: number): PatternPiece {
  const end = source.indexOf('\\E', index + 2);
  const quoted = source.slice(index + 2, end === -1 ? source.length : end);
  return { text: [...quoted].map(literal).join(''), length: (end === -1 ? source.length : end + 2) - index };
}

function literal(char: string): string {
  return /[A-Za-z0-9\s_]/.test(char) || char > '\x7f' ? char : `\\${char}`;
}
