import { classEscape, escapeOf, type PatternPiece, type Refusal } from './pattern-escape.js';

/** A pattern in the spelling of the engine (RE2's), or why there is none. */
export type TranslatedPattern = { readonly source: string } | Refusal;

const NO_ENGINE = 'which no linear-time engine can do';
/** What may stand behind `(?` besides flags, by its first characters, longest first. Undefined: as it is. */
const GROUPS: readonly (readonly [start: string, reason: string | undefined])[] = [
  ['<=', `look-around, ${NO_ENGINE}`],
  ['<!', `look-around, ${NO_ENGINE}`],
  ['P=', `a back-reference, ${NO_ENGINE}`],
  ['P>', `a recursion, ${NO_ENGINE}`],
  ['P<', undefined],
  ['=', `look-around, ${NO_ENGINE}`],
  ['!', `look-around, ${NO_ENGINE}`],
  ['>', `an atomic group, ${NO_ENGINE}`],
  ['(', `a conditional, ${NO_ENGINE}`],
  ['|', `a branch reset, ${NO_ENGINE}`],
  ['&', `a recursion, ${NO_ENGINE}`],
  ['+', `a recursion, ${NO_ENGINE}`],
  ['C', 'a call-out'],
  ['<', undefined],
  [':', undefined],
];
const POSIX =
  /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/;
const COUNT = /^\{(\d{0,9})(?:(,)(\d{0,9}))?\}/;
/** Flags that say what this engine does anyway: Unicode and ASCII of Python, `d` of Java. */
const IDLE_FLAGS = /[uad]/g;

/**
 * A regular expression in the spelling of JavaScript, Python, Go, Java, PCRE or .NET in that of the engine. What reads the
 * same in all of them stays as it is; what only one language has is translated; what no linear-time engine can do is
 * refused by its name.
 */
export function translatePattern(source: string): TranslatedPattern {
  let out = '';
  for (let index = 0; index < source.length; ) {
    const piece = pieceAt(source, index);
    if ('reason' in piece) return piece;
    out += piece.text;
    index += piece.length;
  }
  return /^(?:\(\?[imsU]+\))*$/.test(out) ? { reason: 'an empty pattern' } : { source: out };
}

function pieceAt(source: string, index: number): PatternPiece | Refusal {
  switch (source[index]) {
    case '\\':
      return escapeOf(source, index);
    case '[':
      return classAt(source, index);
    case '(':
      return groupAt(source, index);
    case '*':
    case '+':
    case '?':
      return withSuffix(source, { text: source.charAt(index), length: 1 }, index + 1);
    case '{':
      return countAt(source, index);
    default:
      return asWritten(source, index, 1);
  }
}

function asWritten(source: string, index: number, length: number): PatternPiece {
  return { text: source.slice(index, index + length), length };
}

/** A quantifier with the sign behind it that makes it lazy. */
function withSuffix(source: string, { text, length }: PatternPiece, end: number): PatternPiece | Refusal {
  if (source[end] === '+') return { reason: `a possessive quantifier, ${NO_ENGINE}` };
  return source[end] === '?' ? { text: `${text}?`, length: length + 1 } : { text, length };
}

function countAt(source: string, index: number): PatternPiece | Refusal {
  const count = COUNT.exec(source.slice(index, index + 24));
  const [whole = '', min = '', comma, max = ''] = count ?? [];
  // `{,5}` counts from 0 in Python and Ruby; `{}` and `{,}` are text everywhere.
  if (count === null || (min === '' && max === '')) return { text: '\\{', length: 1 };
  if (max !== '' && Number(min) > Number(max)) return { reason: 'a count whose ends are out of order' };
  const text = comma === undefined ? `{${min}}` : `{${min === '' ? '0' : min},${max}}`;
  return withSuffix(source, { text, length: whole.length }, index + whole.length);
}

function groupAt(source: string, index: number): PatternPiece | Refusal {
  const rest = source.slice(index, index + 80);
  if (rest.startsWith('(*')) return { reason: 'a control verb' };
  if (!rest.startsWith('(?')) return asWritten(source, index, 1);
  const comment = rest.startsWith('(?#') ? source.indexOf(')', index) : -1;
  if (comment !== -1) return { text: '', length: comment + 1 - index };
  // `(?'name'…)` of .NET and PCRE.
  const quoted = /^\(\?'(\w{1,64})'/.exec(rest);
  if (quoted !== null) return { text: `(?<${quoted[1]}>`, length: quoted[0].length };
  const flags = /^\(\?([A-Za-z-]+)[:)]/.exec(rest);
  if (flags !== null) return flagsAt(flags[0], flags[1] ?? '');
  if (/^\(\?-?\d/.test(rest)) return { reason: `a recursion, ${NO_ENGINE}` };
  const known = GROUPS.find(([start]) => rest.startsWith(start, 2));
  if (known === undefined) return { reason: 'a group of unknown meaning' };
  return known[1] === undefined ? asWritten(source, index, 2) : { reason: known[1] };
}

function flagsAt(whole: string, written: string): PatternPiece | Refusal {
  const end = whole.slice(-1);
  const flags = written.replace(IDLE_FLAGS, '').replace(/-$/, '');
  if (flags.includes('x')) return { reason: 'free spacing (the flag x)' };
  if (flags === 'R') return { reason: `a recursion, ${NO_ENGINE}` };
  if (!/^(?:[imsU]+|[imsU]*-[imsU]+)?$/.test(flags)) return { reason: 'a flag of unknown meaning' };
  if (flags !== '') return { text: `(?${flags}${end}`, length: whole.length };
  return { text: end === ':' ? '(?:' : '', length: whole.length };
}

function classAt(source: string, index: number): PatternPiece | Refusal {
  // `[]` and `[^]` are complete classes in JavaScript.
  if (source.startsWith('[]', index)) return { reason: 'a pattern that can never match (an empty class)' };
  if (source.startsWith('[^]', index)) return { text: '[\\x{0}-\\x{10FFFF}]', length: 3 };
  let out = source[index + 1] === '^' ? '[^' : '[';
  for (let at = index + out.length; at < source.length; ) {
    if (source[at] === ']') return { text: `${out}]`, length: at + 1 - index };
    const item = classItemAt(source, at);
    if ('reason' in item) return item;
    out += item.text;
    at += item.length;
  }
  return { reason: 'no valid regular expression (missing closing ])' };
}

function classItemAt(source: string, index: number): PatternPiece | Refusal {
  const posix = POSIX.exec(source.slice(index, index + 16));
  if (posix !== null) return asWritten(source, index, posix[0].length);
  if (source[index] === '[') return { text: '\\[', length: 1 };
  // A dash beside `\w` is a dash: a range has characters at its ends.
  if (/^-\\[dDwWsSpP]/.test(source.slice(index, index + 3))) return { text: '\\-', length: 1 };
  if (source[index] !== '\\') return asWritten(source, index, 1);
  const escaped = classEscape(source, index);
  if ('reason' in escaped || escaped.isSet !== true || source[index + escaped.length] !== '-') return escaped;
  return { text: `${escaped.text}\\-`, length: escaped.length + 1 };
}
