import { type CharSet, everyChar, includes, LAST_CODE_POINT } from './char-set.js';
import type { Edge, PatternNode } from './pattern-tree.js';

/** How an automaton treats what it cannot follow: `more` takes it for passed, `less` for barred. */
export type Approximation = 'more' | 'less';

/** States of a run, as numbers. */
export type Configuration = ReadonlySet<number>;

type EdgeStep = { readonly edge: 'none' | 'start' | 'end'; readonly to: number };
type CharStep = { readonly set: CharSet; readonly to: number };

const MOST_STATES = 600;
/** Longest count that is written out. */
const MOST_COPIES = 32;
/** A state and what is known of its place: that nothing was read yet, and that nothing may be read any more. */
const AT_START = 1;
const AT_END = 2;
const FACTS = 4;

/** Configurations that the search for a sample goes through. */
const MOST_SAMPLED = 300;

/** One code point of each range in which all behave alike, given where ranges begin. */
export function representatives(boundaries: readonly number[]): number[] {
  return [...new Set([0, ...boundaries])].filter((code) => code <= LAST_CODE_POINT);
}

/** Ends the making of an automaton that would be too large. */
class TooLarge extends Error {}

/** The automaton of all texts in which a pattern matches somewhere. */
export class PatternAutomaton {
  readonly #edges: EdgeStep[][] = [];
  readonly #chars: CharStep[][] = [];
  readonly #approximation: Approximation;
  readonly #accept: number;
  readonly #initial: number;
  #sample: { readonly text: readonly number[] | undefined } | undefined;

  private constructor(tree: PatternNode, approximation: Approximation) {
    this.#approximation = approximation;
    this.#initial = this.#state();
    this.#charStep(this.#initial, everyChar, this.#initial);
    const first = this.#state();
    this.#edgeStep(this.#initial, 'none', first);
    this.#accept = this.#build(tree, first);
    this.#charStep(this.#accept, everyChar, this.#accept);
  }

  /** Undefined when the pattern is too large to be looked at. The automaton of a tree is made once. */
  static of(tree: PatternNode, approximation: Approximation): PatternAutomaton | undefined {
    const known = made[approximation].get(tree);
    if (known !== undefined) return known;
    let automaton: PatternAutomaton | undefined;
    try {
      automaton = new PatternAutomaton(tree, approximation);
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
    }
    if (automaton !== undefined) made[approximation].set(tree, automaton);
    return automaton;
  }

  start(): Configuration {
    return this.#closure([this.#initial * FACTS + AT_START]);
  }

  step(from: Configuration, code: number): Configuration {
    const next: number[] = [];
    for (const place of from) {
      if ((place & AT_END) !== 0) continue;
      for (const { set, to } of this.#chars[Math.floor(place / FACTS)] ?? []) {
        if (includes(set, code)) next.push(to * FACTS);
      }
    }
    return this.#closure(next);
  }

  /** True when a text that ends here is accepted. */
  accepts(at: Configuration): boolean {
    for (const place of at) if (Math.floor(place / FACTS) === this.#accept) return true;
    return false;
  }

  /** True when every text that goes on from here is accepted. */
  acceptsAll(at: Configuration): boolean {
    for (const place of at)
      if (Math.floor(place / FACTS) === this.#accept && (place & AT_END) === 0) return true;
    return false;
  }

  acceptsText(codes: readonly number[]): boolean {
    return this.accepts(codes.reduce((at, code) => this.step(at, code), this.start()));
  }

  /** A shortest text that is accepted, if one is found soon. */
  sample(): readonly number[] | undefined {
    this.#sample ??= { text: this.#findSample() };
    return this.#sample.text;
  }

  #findSample(): readonly number[] | undefined {
    const codes = representatives(this.boundaries());
    const seen = new Set<string>();
    let texts: { at: Configuration; text: readonly number[] }[] = [{ at: this.start(), text: [] }];
    while (texts.length > 0 && seen.size < MOST_SAMPLED) {
      const longer: typeof texts = [];
      for (const { at, text } of texts) {
        const key = [...at].join();
        if (this.accepts(at)) return text;
        if (seen.has(key)) continue;
        seen.add(key);
        for (const code of codes) longer.push({ at: this.step(at, code), text: [...text, code] });
      }
      texts = longer;
    }
    return undefined;
  }

  /** Code points at which some set begins or ends: between two of them all behave alike. */
  boundaries(): number[] {
    return this.#chars.flat().flatMap(({ set }) => set.flatMap(([from, to]) => [from, to + 1]));
  }

  #closure(places: readonly number[]): Configuration {
    const reached = new Set<number>();
    const left = [...places];
    for (let place = left.pop(); place !== undefined; place = left.pop()) {
      if (reached.has(place)) continue;
      reached.add(place);
      const facts = place % FACTS;
      for (const { edge, to } of this.#edges[Math.floor(place / FACTS)] ?? []) {
        if (edge === 'start' && (facts & AT_START) === 0) continue;
        left.push(to * FACTS + (edge === 'end' ? facts | AT_END : facts));
      }
    }
    return reached;
  }

  #state(): number {
    if (this.#edges.length >= MOST_STATES) throw new TooLarge();
    this.#edges.push([]);
    return this.#chars.push([]) - 1;
  }

  #edgeStep(from: number, edge: EdgeStep['edge'], to: number): void {
    this.#edges[from]?.push({ edge, to });
  }

  #charStep(from: number, set: CharSet, to: number): void {
    this.#chars[from]?.push({ set, to });
  }

  /** Adds a node behind a state, and gives the state behind the node. */
  #build(node: PatternNode, from: number): number {
    switch (node.is) {
      case 'group':
        return this.#build(node.of, from);
      case 'sequence':
        return node.parts.reduce((at, part) => this.#build(part, at), from);
      case 'repeat':
        return this.#repeat(node, from);
      default: {
        const to = this.#state();
        if (node.is === 'set') this.#charStep(from, node.set, to);
        else if (node.is === 'edge') this.#edge(node.edge, from, to);
        else for (const part of node.parts) this.#edgeStep(this.#build(part, this.#branch(from)), 'none', to);
        return to;
      }
    }
  }

  #edge(edge: Edge, from: number, to: number): void {
    if (edge === 'start' || edge === 'end') this.#edgeStep(from, edge, to);
    else if (this.#approximation === 'more') this.#edgeStep(from, 'none', to);
  }

  #branch(from: number): number {
    const to = this.#state();
    this.#edgeStep(from, 'none', to);
    return to;
  }

  #repeat({ of, min, max }: Extract<PatternNode, { is: 'repeat' }>, from: number): number {
    const isLong = min > MOST_COPIES || (max !== Number.POSITIVE_INFINITY && max > MOST_COPIES);
    if (isLong && this.#approximation === 'less') throw new TooLarge();
    const [least, most] = isLong ? [Math.min(min, MOST_COPIES), Number.POSITIVE_INFINITY] : [min, max];
    let at = from;
    for (let copy = 0; copy < least; copy += 1) at = this.#build(of, at);
    const end = this.#state();
    this.#edgeStep(at, 'none', end);
    if (most === Number.POSITIVE_INFINITY) {
      const again = this.#branch(end);
      this.#edgeStep(this.#build(of, again), 'none', end);
      return end;
    }
    for (let copy = least; copy < most; copy += 1) {
      at = this.#build(of, at);
      this.#edgeStep(at, 'none', end);
    }
    return end;
  }
}

const made = {
  more: new WeakMap<PatternNode, PatternAutomaton>(),
  less: new WeakMap<PatternNode, PatternAutomaton>(),
};
