import { type CharSet, charSet, complement, foldCase } from './char-set.js';
import { readClass, readEscape } from './pattern-class.js';

/** A place between two characters. `other` is one that nothing is known about. */
export type Edge = 'start' | 'end' | 'word' | 'no-word' | 'other';

/** What a pattern says, with its flags worked into the sets of characters. */
export type PatternNode =
  | { readonly is: 'set'; readonly set: CharSet }
  | { readonly is: 'edge'; readonly edge: Edge }
  | { readonly is: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly is: 'choice'; readonly parts: readonly PatternNode[] }
  | { readonly is: 'group'; readonly of: PatternNode; readonly name: string | undefined }
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
const MOST_NODES = 4096;

/**
 * The tree of a pattern in the engine's spelling, as `translatePattern` gives it. Undefined for what is not understood here:
 * whoever asks then knows nothing about the pattern.
 */
export function readPatternTree(source: string, ignoreCase: boolean): PatternNode | undefined {
  try {
    const reader = new TreeReader(source);
    const flags = { ignoreCase, multiline: false, dotAll: false, swapLazy: false };
    const tree = reader.choice(flags);
    return reader.isAtEnd ? tree : undefined;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
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

/** Ends the reading from any depth. */
class NotUnderstood extends Error {}

class TreeReader {
  readonly #source: string;
  #index = 0;
  #nodes = 0;

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
    const char = this.#source[this.#index];
    const count = char === '{' ? COUNT.exec(this.#source.slice(this.#index, this.#index + 24)) : null;
    const range = count === null ? SIGNS.get(char ?? '') : countRange(count);
    if (range === undefined) return of;
    this.#index += count?.[0].length ?? 1;
    const lazy = this.#source[this.#index] === '?';
    if (lazy) this.#index += 1;
    return { is: 'repeat', of, min: range[0], max: range[1], lazy: lazy !== flags.swapLazy };
  }

  #atom(flags: Flags): PatternNode {
    this.#nodes += 1;
    if (this.#nodes > MOST_NODES) throw new NotUnderstood();
    const char = this.#source.charAt(this.#index);
    if (char === '(') return this.#group(flags);
    if (char === '[') return this.#class(flags);
    if (char === '\\') return this.#escape(flags);
    const code = this.#source.codePointAt(this.#index) ?? 0;
    this.#index += code > 0xffff ? 2 : 1;
    if (char === '.') return { is: 'set', set: flags.dotAll ? [[0, 0x10ffff]] : complement([[10, 10]]) };
    if (char === '^') return { is: 'edge', edge: flags.multiline ? 'other' : 'start' };
    if (char === '$') return { is: 'edge', edge: flags.multiline ? 'other' : 'end' };
    return setOf(charSet([[code, code]]), flags);
  }

  #group(flags: Flags): PatternNode {
    const opening = /^\((?:\?(?:P?<(\w+)>|([imsU]*)(?:-([imsU]+))?:))?/.exec(
      this.#source.slice(this.#index, this.#index + 80),
    );
    if (opening === null || this.#nodes > MOST_NODES) throw new NotUnderstood();
    const [whole, name, on = '', off = ''] = opening;
    this.#index += whole.length;
    const of = this.choice(withFlags(flags, on, off));
    if (this.#source[this.#index] !== ')') throw new NotUnderstood();
    this.#index += 1;
    const isCapture = whole === '(' || name !== undefined;
    // A sequence of one: what repeats the group repeats all of it.
    return isCapture ? { is: 'group', of, name } : { is: 'sequence', parts: [of] };
  }

  #class(flags: Flags): PatternNode {
    const read = readClass(this.#source, this.#index, flags.ignoreCase);
    if (read === undefined) throw new NotUnderstood();
    this.#index += read.length;
    const folded = flags.ignoreCase ? foldCase(read.set) : read.set;
    if (folded === undefined) throw new NotUnderstood();
    return { is: 'set', set: read.negated ? complement(folded) : folded };
  }

  #escape(flags: Flags): PatternNode {
    const edge = EDGES.get(this.#source.charAt(this.#index + 1));
    if (edge !== undefined) {
      this.#index += 2;
      return { is: 'edge', edge };
    }
    const read = readEscape(this.#source, this.#index, flags.ignoreCase);
    if (read === undefined) throw new NotUnderstood();
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
  const folded = ignoreCase ? foldCase(set) : set;
  if (folded === undefined) throw new NotUnderstood();
  return { is: 'set', set: folded };
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
