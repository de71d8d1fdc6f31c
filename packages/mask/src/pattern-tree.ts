import { type CharSet, charSet, complement, everyChar } from './char-set.js';
import { foldCase } from './letter-cases.js';
import { readClass, readEscape } from './pattern-class.js';
import type { Refusal } from './pattern-escape.js';

/** A place between two characters, or at an edge of the text or of one of its lines. */
export type Edge = 'start' | 'end' | 'line-start' | 'line-end' | 'word' | 'no-word';

/** What a pattern says, with its flags worked into the sets of characters. */
export type PatternNode =
  | { readonly is: 'set'; readonly set: CharSet }
  | { readonly is: 'edge'; readonly edge: Edge }
  | { readonly is: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly is: 'choice'; readonly parts: readonly PatternNode[] }
  | {
      readonly is: 'group';
      readonly of: PatternNode;
      readonly name: string | undefined;
      /** In the order of opening parentheses, from 1 on. */
      readonly number: number;
    }
  | {
      readonly is: 'repeat';
      readonly of: PatternNode;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    };

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly swapLazy: boolean;
}

const COUNT = /^\{(\d+)(,(\d*))?\}/;
const MOST_NODES = 100_000;
/** RE2's limit. All that goes through a tree does so by recursion. */
const DEEPEST = 1000;
/** Longest beginning of a group that is read, with its name. */
const LONGEST_OPENING = 256;

/** The tree of a pattern in the spelling of RE2, as `translatePattern` gives it, or why there is none. */
export function readPatternTree(source: string, ignoreCase: boolean): PatternNode | Refusal {
  try {
    const reader = new TreeReader(source);
    const flags = { ignoreCase, multiline: false, dotAll: false, swapLazy: false };
    const tree = reader.choice(flags);
    return reader.isAtEnd ? tree : refusal('unexpected )');
  } catch (error) {
    if (error instanceof Faulty) return error.refusal;
    throw error;
  }
}

function refusal(fault: string): Refusal {
  return { reason: `no valid regular expression (${fault})` };
}

/** Every character that some part of the pattern takes. */
export function charsOf(node: PatternNode): CharSet {
  switch (node.is) {
    case 'set':
      return node.set;
    case 'edge':
      return [];
    case 'group':
    case 'repeat':
      return charsOf(node.of);
    case 'sequence':
    case 'choice':
      return charSet(node.parts.flatMap(charsOf));
  }
}

/** The longest match of a pattern, in code points. */
export function longestMatch(node: PatternNode): number {
  switch (node.is) {
    case 'set':
      return 1;
    case 'edge':
      return 0;
    case 'group':
      return longestMatch(node.of);
    case 'repeat': {
      const length = longestMatch(node.of);
      return length === 0 ? 0 : length * node.max;
    }
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + longestMatch(part), 0);
    case 'choice':
      return Math.max(...node.parts.map(longestMatch));
  }
}

/** True when the pattern matches between two characters. */
export function mayBeEmpty(node: PatternNode): boolean {
  switch (node.is) {
    case 'set':
      return false;
    case 'edge':
      return true;
    case 'group':
      return mayBeEmpty(node.of);
    case 'repeat':
      return node.min === 0 || mayBeEmpty(node.of);
    case 'sequence':
      return node.parts.every(mayBeEmpty);
    case 'choice':
      return node.parts.some(mayBeEmpty);
  }
}

/** The pattern with every node changed, from the innermost ones out. */
export function mapPattern(node: PatternNode, change: (node: PatternNode) => PatternNode): PatternNode {
  switch (node.is) {
    case 'set':
    case 'edge':
      return change(node);
    case 'group':
    case 'repeat':
      return change({ ...node, of: mapPattern(node.of, change) });
    default:
      return change({ ...node, parts: node.parts.map((part) => mapPattern(part, change)) });
  }
}

/** Ends the reading from any depth. */
class Faulty extends Error {
  readonly refusal: Refusal;

  constructor(fault: string) {
    super();
    this.refusal = refusal(fault);
  }
}

class TreeReader {
  readonly #source: string;
  readonly #names = new Set<string>();
  #index = 0;
  #nodes = 0;
  #depth = 0;
  #groups = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.#index >= this.#source.length;
  }

  choice(given: Flags): PatternNode {
    const parts: PatternNode[] = [];
    // Flags that stand alone hold to the end of the group, over its alternatives.
    let flags = given;
    for (;;) {
      const [part, after] = this.#sequence(flags);
      parts.push(part);
      flags = after;
      if (this.#source[this.#index] !== '|') break;
      this.#index += 1;
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { is: 'choice', parts };
  }

  #sequence(given: Flags): [PatternNode, Flags] {
    const parts: PatternNode[] = [];
    let flags = given;
    while (!this.isAtEnd && !/[|)]/.test(this.#source.charAt(this.#index))) {
      const alone = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(this.#source.slice(this.#index, this.#index + 16));
      if (alone !== null) {
        this.#index += alone[0].length;
        flags = withFlags(flags, alone[1] ?? '', alone[2] ?? '');
        continue;
      }
      parts.push(this.#repeats(this.#atom(flags), flags));
    }
    const [only] = parts;
    return [parts.length === 1 && only !== undefined ? only : { is: 'sequence', parts }, flags];
  }

  #repeats(of: PatternNode, flags: Flags): PatternNode {
    const range = this.#range();
    if (range === undefined) return of;
    const lazy = this.#source[this.#index] === '?';
    if (lazy) this.#index += 1;
    if (this.#range() !== undefined) throw new Faulty('invalid nested repetition operator');
    return { is: 'repeat', of, min: range[0], max: range[1], lazy: lazy !== flags.swapLazy };
  }

  /** The counts of a quantifier, which is gone past. */
  #range(): readonly [number, number] | undefined {
    const char = this.#source.charAt(this.#index);
    const count = char === '{' ? COUNT.exec(this.#source.slice(this.#index, this.#index + 24)) : null;
    const range = count === null ? SIGNS.get(char) : countRange(count);
    if (range !== undefined) this.#index += count?.[0].length ?? 1;
    return range;
  }

  #atom(flags: Flags): PatternNode {
    this.#nodes += 1;
    if (this.#nodes > MOST_NODES) throw new Faulty('expression is too large');
    const char = this.#source.charAt(this.#index);
    if (char === '(') return this.#group(flags);
    if (char === '[') return this.#class(flags);
    if (char === '\\') return this.#escape(flags);
    if (this.#range() !== undefined) throw new Faulty('missing argument to repetition operator');
    const code = this.#source.codePointAt(this.#index) ?? 0;
    this.#index += code > 0xffff ? 2 : 1;
    if (char === '.') return { is: 'set', set: flags.dotAll ? everyChar : complement([[10, 10]]) };
    if (char === '^') return { is: 'edge', edge: flags.multiline ? 'line-start' : 'start' };
    if (char === '$') return { is: 'edge', edge: flags.multiline ? 'line-end' : 'end' };
    return setOf([[code, code]], flags);
  }

  #group(flags: Flags): PatternNode {
    const opening = /^\((?:\?(?:P?<(\w+)>|([imsU]*)(?:-([imsU]+))?:)|(?!\?))/.exec(
      this.#source.slice(this.#index, this.#index + LONGEST_OPENING),
    );
    if (opening === null) throw new Faulty('invalid named capture');
    const [whole, name, on = '', off = ''] = opening;
    const number = whole === '(' || name !== undefined ? ++this.#groups : 0;
    if (name !== undefined && this.#names.has(name)) throw new Faulty('duplicate capture group name');
    if (name !== undefined) this.#names.add(name);
    this.#index += whole.length;
    const of = this.#inside(withFlags(flags, on, off));
    // A sequence of one: what repeats the group repeats all of it.
    return number > 0 ? { is: 'group', of, name, number } : { is: 'sequence', parts: [of] };
  }

  #inside(flags: Flags): PatternNode {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new Faulty('expression nests too deeply');
    const of = this.choice(flags);
    if (this.#source[this.#index] !== ')') throw new Faulty('missing closing )');
    this.#index += 1;
    this.#depth -= 1;
    return of;
  }

  #class(flags: Flags): PatternNode {
    const read = readClass(this.#source, this.#index, flags.ignoreCase);
    if (read === undefined) throw new Faulty('invalid character class');
    this.#index += read.length;
    const folded = flags.ignoreCase ? foldCase(read.set) : read.set;
    return { is: 'set', set: read.negated ? complement(folded) : folded };
  }

  #escape(flags: Flags): PatternNode {
    const edge = EDGES.get(this.#source.charAt(this.#index + 1));
    if (edge !== undefined) {
      this.#index += 2;
      return { is: 'edge', edge };
    }
    const read = readEscape(this.#source, this.#index, flags.ignoreCase);
    if (read === undefined) throw new Faulty('invalid escape sequence');
    this.#index += read.length;
    return setOf(read.set, flags);
  }
}

const EDGES: ReadonlyMap<string, Edge> = new Map([
  ['A', 'start'],
  ['z', 'end'],
  ['b', 'word'],
  ['B', 'no-word'],
]);
const SIGNS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['*', [0, Number.POSITIVE_INFINITY]],
  ['+', [1, Number.POSITIVE_INFINITY]],
  ['?', [0, 1]],
]);

function countRange([, min = '0', open, max = '']: readonly (string | undefined)[]): readonly [
  number,
  number,
] {
  const from = Number(min);
  return [from, open === undefined ? from : max === '' ? Number.POSITIVE_INFINITY : Number(max)];
}

function setOf(set: CharSet, { ignoreCase }: Flags): PatternNode {
  return { is: 'set', set: ignoreCase ? foldCase(set) : set };
}

function withFlags(flags: Flags, on: string, off: string): Flags {
  const read = (flag: string, before: boolean): boolean =>
    (on.includes(flag) || before) && !off.includes(flag);
  return {
    ignoreCase: read('i', flags.ignoreCase),
    multiline: read('m', flags.multiline),
    dotAll: read('s', flags.dotAll),
    swapLazy: read('U', flags.swapLazy),
  };
}
