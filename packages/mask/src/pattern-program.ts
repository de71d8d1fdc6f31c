import { CharClasses } from './char-classes.js';
import type { CharSet } from './char-set.js';
import { type Edge, mayBeEmpty, type PatternNode } from './pattern-tree.js';

/** What an instruction does. */
export const Op = { set: 0, edge: 1, split: 2, save: 3, match: 4 } as const;

/** Places between two characters, as `first` of an `edge`. */
const EDGES: readonly Edge[] = ['start', 'end', 'line-start', 'line-end', 'word', 'no-word'];
const MIRRORED: ReadonlyMap<Edge, Edge> = new Map([
  ['start', 'end'],
  ['end', 'start'],
  ['line-start', 'line-end'],
  ['line-end', 'line-start'],
]);

/** What is known of a character beside a place: none, a line break, part of a word, any other. */
export const Side = { none: 0, break: 1, word: 2, other: 3 } as const;
const BREAK: CharSet = [[10, 10]];
const WORD: CharSet = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];

type Repeat = Extract<PatternNode, { is: 'repeat' }>;

/** How a pattern is compiled. */
interface ProgramOptions {
  /** For a text that is read from its end. */
  readonly mirrored?: boolean;
  /** Begins anywhere at or behind where the search does, the earlier the better. */
  readonly anywhere?: boolean;
  /** Says where groups begin and end. */
  readonly groups?: boolean;
}

/** A pattern as instructions for a machine that follows every way through it at once. */
export class PatternProgram {
  readonly ops: Uint8Array;
  /** The next instruction. */
  readonly next: Int32Array;
  /** `split`: the way that is tried second. `set`: its place in the sets. `edge`: which. `save`: the slot of the group's edge. */
  readonly rest: Int32Array;
  readonly start: number;
  readonly classes: CharClasses;
  readonly #sets: number;

  constructor(tree: PatternNode, options: ProgramOptions = {}) {
    const writer = new ProgramWriter(options);
    this.start = writer.writeWhole(tree);
    this.ops = Uint8Array.from(writer.ops);
    this.next = Int32Array.from(writer.next);
    this.rest = Int32Array.from(writer.rest);
    this.#sets = writer.sets.length;
    this.classes = new CharClasses(writer.hasEdges ? [...writer.sets, BREAK, WORD] : writer.sets);
  }

  /** True when an instruction of the kind `set` takes the characters of a class. */
  takes(instruction: number, charClass: number): boolean {
    return this.classes.members[this.rest[instruction] ?? 0]?.[charClass] === 1;
  }

  /** What a character of a class is to a place beside it. The class behind the last one is the end of the text. */
  side(charClass: number): number {
    if (charClass === this.classes.count) return Side.none;
    if (this.classes.members[this.#sets]?.[charClass] === 1) return Side.break;
    return this.classes.members[this.#sets + 1]?.[charClass] === 1 ? Side.word : Side.other;
  }

  /** True when an instruction of the kind `edge` lets a way through between two characters. */
  passes(instruction: number, before: number, after: number): boolean {
    switch (EDGES[this.rest[instruction] ?? 0]) {
      case 'start':
        return before === Side.none;
      case 'end':
        return after === Side.none;
      case 'line-start':
        return before <= Side.break;
      case 'line-end':
        return after <= Side.break;
      case 'word':
        return (before === Side.word) !== (after === Side.word);
      default:
        return (before === Side.word) === (after === Side.word);
    }
  }
}

/** Writes a pattern from its end to its beginning, so that every instruction knows the next one. */
class ProgramWriter {
  readonly ops: number[] = [];
  readonly next: number[] = [];
  readonly rest: number[] = [];
  readonly sets: CharSet[] = [];
  hasEdges = false;
  readonly #setNumbers = new Map<string, number>();
  readonly #options: ProgramOptions;

  constructor(options: ProgramOptions) {
    this.#options = options;
  }

  /** Gives the first instruction. */
  writeWhole(tree: PatternNode): number {
    const first = this.#write(tree, this.#add(Op.match, 0, 0));
    if (this.#options.anywhere !== true) return first;
    const loop = this.#add(Op.split, first, 0);
    this.rest[loop] = this.#add(Op.set, loop, this.#set([[0, 0x10ffff]]));
    return loop;
  }

  #add(op: number, next: number, rest: number): number {
    this.next.push(next);
    this.rest.push(rest);
    return this.ops.push(op) - 1;
  }

  #set(set: CharSet): number {
    const name = set.join();
    const number = this.#setNumbers.get(name) ?? this.sets.length;
    if (number === this.sets.length) this.sets.push(set);
    this.#setNumbers.set(name, number);
    return number;
  }

  /** Writes a node before an instruction, and gives the first one of it. */
  #write(node: PatternNode, then: number): number {
    switch (node.is) {
      case 'set':
        return this.#add(Op.set, then, this.#set(node.set));
      case 'edge':
        return this.#edge(node.edge, then);
      case 'sequence':
        return this.#options.mirrored === true
          ? node.parts.reduce((next, part) => this.#write(part, next), then)
          : node.parts.reduceRight((next, part) => this.#write(part, next), then);
      case 'choice':
        return node.parts
          .map((part) => this.#write(part, then))
          .reduceRight((second, first) => this.#add(Op.split, first, second));
      case 'group':
        return this.#group(node, then);
      case 'repeat':
        return this.#repeat(node, then);
    }
  }

  #edge(edge: Edge, then: number): number {
    this.hasEdges = true;
    const read = this.#options.mirrored === true ? (MIRRORED.get(edge) ?? edge) : edge;
    return this.#add(Op.edge, then, EDGES.indexOf(read));
  }

  #group({ of, number }: Extract<PatternNode, { is: 'group' }>, then: number): number {
    if (this.#options.groups !== true) return this.#write(of, then);
    const end = this.#add(Op.save, then, number * 2 + 1);
    return this.#add(Op.save, this.#write(of, end), number * 2);
  }

  #repeat(node: Repeat, then: number): number {
    const { of, min, max } = node;
    if (max === Number.POSITIVE_INFINITY) {
      const [loop, body] = this.#loop(node, then);
      // What may be empty can go once through its empty way, as RE2 has it: `(|a)*` finds nothing at all in `aa`.
      if (min === 0) return mayBeEmpty(of) ? this.#choice(node, body, then) : loop;
      return this.#copies(of, min - 1, body);
    }
    let next = then;
    for (let copy = min; copy < max; copy += 1) next = this.#choice(node, this.#write(of, next), then);
    return this.#copies(of, min, next);
  }

  /** The choice behind each turn of a loop, and what is turned. */
  #loop(node: Repeat, then: number): readonly [number, number] {
    const loop = this.#choice(node, 0, then);
    const body = this.#write(node.of, loop);
    (node.lazy ? this.rest : this.next)[loop] = body;
    return [loop, body];
  }

  #choice({ lazy }: Repeat, again: number, then: number): number {
    return lazy ? this.#add(Op.split, then, again) : this.#add(Op.split, again, then);
  }

  #copies(of: PatternNode, count: number, then: number): number {
    let next = then;
    for (let copy = 0; copy < count; copy += 1) next = this.#write(of, next);
    return next;
  }
}
