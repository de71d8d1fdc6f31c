import { groupEdges } from './group-edges.js';
import { LazyAutomaton } from './lazy-automaton.js';
import type { PatternEngine, PatternMatcher } from './pattern-engine.js';
import { PatternProgram } from './pattern-program.js';
import type { PatternNode } from './pattern-tree.js';

/** A pattern on automata, which read each character once: RE2's way, and its matches. */
export class LinearEngine implements PatternEngine {
  readonly #tree: PatternNode;
  readonly #groups: number;
  readonly #names: Readonly<Record<string, number>>;
  #ends: LazyAutomaton | undefined;
  #starts: LazyAutomaton | undefined;
  #withGroups: PatternProgram | undefined;

  constructor(tree: PatternNode) {
    this.#tree = tree;
    const groups = groupsOf(tree);
    this.#groups = groups.length;
    this.#names = Object.assign(Object.create(null), Object.fromEntries(groups.filter(isNamed)));
  }

  test(text: string): boolean {
    return this.#endsOf().find(text, 0, { to: text.length, any: true }) !== -1;
  }

  testExact(text: string): boolean {
    return this.startOf(text, text.length, 0) === 0;
  }

  groupCount(): number {
    return this.#groups;
  }

  namedGroups(): Readonly<Record<string, number>> {
    return this.#names;
  }

  matcher(text: string): PatternMatcher {
    return new LinearMatcher(this, text);
  }

  /** Offset at which the first match at or behind `from` ends, or -1. */
  endOf(text: string, from: number): number {
    return this.#endsOf().find(text, from, { to: text.length });
  }

  /** The first offset at or behind `from` at which a match that ends at `end` begins, or -1. */
  startOf(text: string, end: number, from: number): number {
    this.#starts ??= new LazyAutomaton(new PatternProgram(this.#tree, { mirrored: true }), false);
    return this.#starts.find(text, end, { to: from, backwards: true });
  }

  /** Offsets at which the groups of a match begin and end, at twice their numbers and behind. */
  groupsOf(text: string, start: number, end: number): readonly (number | undefined)[] {
    this.#withGroups ??= new PatternProgram(this.#tree, { groups: true });
    return groupEdges(this.#withGroups, text, { start, end });
  }

  #endsOf(): LazyAutomaton {
    this.#ends ??= new LazyAutomaton(new PatternProgram(this.#tree, { anywhere: true }), true);
    return this.#ends;
  }
}

class LinearMatcher implements PatternMatcher {
  readonly #engine: LinearEngine;
  readonly #text: string;
  #start = -1;
  #end = -1;
  #edges: readonly (number | undefined)[] | undefined;

  constructor(engine: LinearEngine, text: string) {
    this.#engine = engine;
    this.#text = text;
  }

  find(from = 0): boolean {
    this.#edges = undefined;
    this.#end = from > this.#text.length ? -1 : this.#engine.endOf(this.#text, from);
    this.#start = this.#end === -1 ? -1 : this.#engine.startOf(this.#text, this.#end, from);
    return this.#end !== -1;
  }

  start(): number {
    return this.#start;
  }

  end(): number {
    return this.#end;
  }

  group(group: number): string | null {
    if (this.#end === -1) return null;
    if (group === 0) return this.#text.slice(this.#start, this.#end);
    this.#edges ??= this.#engine.groupsOf(this.#text, this.#start, this.#end);
    const [start, end] = [this.#edges[group * 2], this.#edges[group * 2 + 1]];
    return start === undefined || end === undefined ? null : this.#text.slice(start, end);
  }

  groupCount(): number {
    return this.#engine.groupCount();
  }
}

type NumberedGroup = readonly [name: string | undefined, number: number];

function isNamed(group: NumberedGroup): group is readonly [string, number] {
  return group[0] !== undefined;
}

function groupsOf(node: PatternNode): NumberedGroup[] {
  switch (node.is) {
    case 'set':
    case 'edge':
      return [];
    case 'group':
      return [[node.name, node.number], ...groupsOf(node.of)];
    case 'repeat':
      return groupsOf(node.of);
    default:
      return node.parts.flatMap(groupsOf);
  }
}
