import { type CharSet, charSet, complement, everyChar } from './char-set.js';
import type { PatternNode } from './pattern-tree.js';

const KELVIN = 0x212a;
/** The one letter that is two in lower case. */
const DOTTED_I = 0x130;

/**
 * How the names of a glob are counted. `lower`: names in lower case, exactly, by UTF-16 units, for a comparison with another
 * glob. `more` and `less`: names as written, at least and at most those that the glob takes.
 */
export type GlobReading = 'lower' | 'more' | 'less';

const MOST_KNOWN = 2048;
const known = new Map<string, PatternNode>();

/** A glob over a whole text as a pattern: the same one for the same glob, so that its automaton is made once. */
export function globTree(glob: string, reading: GlobReading): PatternNode {
  const key = `${reading}:${glob}`;
  const tree = known.get(key) ?? makeTree(glob, reading);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, tree);
  return tree;
}

function makeTree(glob: string, reading: GlobReading): PatternNode {
  const parts = glob
    .toLowerCase()
    .split('')
    .map((unit) => unitNode(unit, reading));
  return {
    is: 'sequence',
    parts: [{ is: 'edge', edge: 'start' }, ...parts, { is: 'edge', edge: 'end' }],
  };
}

function unitNode(unit: string, reading: GlobReading): PatternNode {
  const anyChar: PatternNode = { is: 'set', set: everyChar };
  if (unit === '*') return { is: 'repeat', of: anyChar, min: 0, max: Number.POSITIVE_INFINITY, lazy: false };
  if (unit === '?') {
    // A character beyond the first plane is two units, the dotted I becomes two.
    if (reading === 'more') return { is: 'repeat', of: anyChar, min: 0, max: 1, lazy: false };
    return { is: 'set', set: reading === 'lower' ? everyChar : singleUnits };
  }
  if (reading === 'lower') return { is: 'set', set: oneCode(unit) };
  // Beyond ASCII several units can be one character, or come of one.
  if (reading === 'more' && unit >= '\u0080')
    return { is: 'repeat', of: beyondAscii, min: 0, max: 1, lazy: false };
  return { is: 'set', set: casesOf(unit, reading) };
}

const beyondAscii: PatternNode = { is: 'set', set: complement([[0, 0x7f]]) };

const singleUnits: CharSet = complement(
  charSet([
    [DOTTED_I, DOTTED_I],
    [0xd800, 0xdfff],
    [0x10000, 0x10ffff],
  ]),
);

function oneCode(unit: string): CharSet {
  const code = unit.charCodeAt(0);
  return [[code, code]];
}

function casesOf(unit: string, reading: GlobReading): CharSet {
  const code = unit.charCodeAt(0);
  if (code >= 0x80) return [[code, code]];
  const cases = [code, unit.toUpperCase().charCodeAt(0)];
  if (unit === 'k') cases.push(KELVIN);
  if (unit === 'i' && reading === 'more') cases.push(DOTTED_I);
  return charSet(cases.map((one) => [one, one] as const));
}
