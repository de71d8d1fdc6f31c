import { areDisjoint, type CharSet, charSet, complement } from './char-set.js';
import type { PatternNode } from './pattern-tree.js';

/** A character of one way through a pattern, so many times; without a set it is a place between two characters. */
interface Step {
  readonly set: CharSet | undefined;
  readonly min: number;
  readonly max: number;
  readonly lazy?: boolean;
  /** True for the start of the text: the way has one start only. */
  readonly anchor?: boolean;
}

/** Ways through a pattern that are looked at. */
const MOST_WAYS = 16;
/** Longest part of fixed length of a way, in code points, and of all ways together. */
const MOST_FIXED = 256;
/** Longest run that counts as being of fixed length. */
const SHORT_RUN = 16;

/**
 * True when a search for all matches on a backtracking engine takes time that is linear in the text, whatever the text, with
 * a constant below a thousand steps. Conservative: false says nothing.
 *
 * Every way through the pattern must be a chain of characters. A run of unknown length must end where its next character
 * begins, so that going back finds nothing; and a character that it does not hold must stand before all runs, so that another
 * start inside of the run ends it before it has a run of its own. A run at the very end never fails.
 */
export function isLinearBacktracking(tree: PatternNode): boolean {
  const ways = waysThrough(tree);
  if (ways === undefined) return false;
  const fixed = ways.reduce((sum, way) => sum + fixedLength(way), 0);
  return fixed <= MOST_FIXED && ways.every(isLinearWay);
}

function fixedLength(way: readonly Step[]): number {
  return way.reduce((sum, { min, max }) => sum + (max <= SHORT_RUN ? max : min), 0);
}

function isLinearWay(written: readonly Step[]): boolean {
  const way = written.map((step, index) => lazyStep(step, written.slice(index + 1)));
  const firstRun = way.findIndex(isLongRun);
  return way.every((step, index) => {
    const { set, min, max } = step;
    if (set === undefined || min === max) return true;
    const rest = way.slice(index + 1);
    if (rest.length === 0) return true;
    if (!endsBefore(set, rest)) return false;
    if (!isLongRun(step) || way[0]?.anchor === true) return true;
    return way
      .slice(0, firstRun)
      .some((before) => before.set !== undefined && before.min > 0 && areDisjoint(before.set, set));
  });
}

/** A lazy run before one last character stops at the first such character, as if it did not hold it. */
function lazyStep(step: Step, rest: readonly Step[]): Step {
  const [last] = rest;
  const isBeforeLast = rest.length === 1 && last?.set !== undefined && last.min === 1 && last.max === 1;
  if (step.lazy !== true || step.set === undefined || !isBeforeLast) return step;
  return { ...step, set: complement(charSet([...complement(step.set), ...last.set])) };
}

function isLongRun({ min, max }: Step): boolean {
  return min !== max && max > SHORT_RUN;
}

/** True when no character of the run can be the next one, whichever of the next steps are left out. */
function endsBefore(set: CharSet, rest: readonly Step[]): boolean {
  for (const next of rest) {
    if (next.set === undefined || !areDisjoint(set, next.set)) return false;
    if (next.min > 0) return true;
  }
  // All of the rest may be left out: then the run never fails.
  return true;
}

/** Every way through the pattern, or undefined when there are many or one is no chain. */
function waysThrough(node: PatternNode): readonly (readonly Step[])[] | undefined {
  switch (node.is) {
    case 'set':
      return [[{ set: node.set, min: 1, max: 1 }]];
    case 'edge':
      return node.edge === 'line-start' || node.edge === 'line-end'
        ? undefined
        : [[{ set: undefined, min: 0, max: 0, anchor: node.edge === 'start' }]];
    case 'group':
      return waysThrough(node.of);
    case 'choice':
      return bounded(node.parts.map(waysThrough));
    case 'sequence':
      return product(node.parts.map(waysThrough));
    case 'repeat':
      return repeated(node);
  }
}

function repeated({
  of,
  min,
  max,
  lazy,
}: Extract<PatternNode, { is: 'repeat' }>): readonly (readonly Step[])[] | undefined {
  if (of.is === 'set') return [[{ set: of.set, min, max, lazy }]];
  if (max > 1) return undefined;
  const ways = waysThrough(of);
  if (ways === undefined || min === 1) return ways;
  // The engines differ in whether an empty pass counts as one.
  const mayBeEmpty = ways.some((way) => way.every((step) => step.min === 0));
  return mayBeEmpty ? undefined : bounded([ways, [[]]]);
}

type Ways = readonly (readonly Step[])[] | undefined;

function bounded(all: readonly Ways[]): Ways {
  const ways: (readonly Step[])[] = [];
  for (const some of all) {
    if (some === undefined || ways.length + some.length > MOST_WAYS) return undefined;
    ways.push(...some);
  }
  return ways;
}

function product(all: readonly Ways[]): Ways {
  let ways: readonly (readonly Step[])[] = [[]];
  for (const some of all) {
    if (some === undefined || ways.length * some.length > MOST_WAYS) return undefined;
    ways = ways.flatMap((way) => some.map((more) => [...way, ...more]));
  }
  return ways;
}
